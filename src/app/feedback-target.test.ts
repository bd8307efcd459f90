import { describe, expect, test } from 'vitest';
import { planOf, readOwnTarget } from './feedback-target.ts';
import { fieldsOf, targetOfFields } from './feedback-target-form.ts';

const page = 'https://letters.example.org/ktav/';
const typed = {
  profile: 's3',
  baseUrl: 'https://bucket.example.org/',
  app: 'ktav',
  headers: 'X-Api-Key: abc: def\n\nX-Team: letters',
  kilobytes: '500',
  gzip: true,
};

describe('the form of a place', () => {
  test('becomes a target, and the same form again', () => {
    const target = targetOfFields(typed, page);
    expect(target).toMatchObject({
      profile: 's3',
      baseUrl: 'https://bucket.example.org',
      headers: { 'X-Api-Key': 'abc: def', 'X-Team': 'letters' },
      capBytes: 500_000,
      gzip: true,
    });
    if ('code' in target) throw new Error(target.code);
    expect(targetOfFields(fieldsOf(target), page)).toEqual(target);
  });

  test.each([
    [{ baseUrl: ' ' }, 'baseUrl', 'shape'],
    [{ baseUrl: 'http://elsewhere.example.org' }, 'baseUrl', 'insecure'],
    [{ baseUrl: 'https://me:secret@elsewhere.example.org' }, 'baseUrl', 'credentials'],
    [{ app: 'My App' }, 'app', 'app'],
    [{ headers: 'no colon here' }, 'headers', 'header'],
    [{ headers: 'Host: other' }, 'headers', 'header'],
    [{ headers: 'A: 1\nA: 2' }, 'headers', 'header'],
    [{ kilobytes: 'much' }, 'capBytes', 'shape'],
    [{ kilobytes: '1' }, 'capBytes', 'shape'],
    [{ profile: 'ftp' }, 'profile', 'shape'],
  ])('says what is wrong with %o', (change, field, code) => {
    expect(targetOfFields({ ...typed, ...change }, page)).toEqual({ field, code });
  });
});

describe('what was set at the last visit', () => {
  test('is read back', () => {
    const target = targetOfFields(typed, page);
    if ('code' in target) throw new Error(target.code);
    const own = { kind: 'own', target } as const;
    expect(readOwnTarget(JSON.parse(JSON.stringify(own)), page)).toEqual(own);
    expect(readOwnTarget({ kind: 'nowhere' }, page)).toEqual({ kind: 'nowhere' });
  });

  test('sends nothing anywhere when it cannot be understood', () => {
    expect(readOwnTarget({ kind: 'own', target: { baseUrl: 7 } }, page)).toEqual({ kind: 'nowhere' });
  });

  test.each([null, 'x', {}, { kind: 'own' }, { kind: 'later' }])('is a first visit for %o', (stored) => {
    expect(readOwnTarget(stored, page)).toEqual({ kind: 'site' });
  });
});

test('the person outranks the site, and a site that names nonsense sends nothing', () => {
  const site = {
    profile: 'nginx',
    baseUrl: '/inbox',
    app: 'ktav',
    headers: {},
    capBytes: 2_000_000,
    gzip: false,
  } as const;
  expect(planOf(site, { kind: 'site' }, page)).toMatchObject({
    destination: 'https://letters.example.org/inbox',
    siteProblem: null,
  });
  expect(planOf(site, { kind: 'nowhere' }, page)).toMatchObject({ target: null, destination: '' });
  const wrong = planOf({ ...site, baseUrl: 'http://insecure.example.org/' }, { kind: 'site' }, page);
  expect(wrong.target).toBeNull();
  expect(wrong.siteProblem).toMatch(/baseUrl .*https/);
});
