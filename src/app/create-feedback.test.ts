import { expect, test, vi } from 'vitest';
import { memoryOutbox } from '#feedback/memory-outbox';
import type { Sync, SyncState, SyncTarget } from '#feedback/sync-contract';
import { defaultConfig } from './config.ts';
import { createFeedback } from './create-feedback.ts';
import { planOf } from './feedback-target.ts';
import type { OwnTarget } from './feedback-target.ts';
import { createPreferenceActions } from './preference-actions.ts';
import { defaultPreferences } from './preferences.ts';
import { createAppStore } from './store.ts';

const page = 'https://letters.example.org/ktav/';
const targetAt = (baseUrl: string): SyncTarget => ({
  profile: 'nginx',
  baseUrl,
  app: 'ktav',
  headers: {},
  capBytes: 2_000_000,
  gzip: false,
});
const idle: SyncState = { phase: 'off', done: 0, total: 0, nextTry: null, lastSent: null, problem: null };

function setUp(sync: SyncTarget | null) {
  const config = { ...defaultConfig, sync };
  const app = createAppStore({ phase: 'starting' }, 'en', defaultPreferences, { config, problems: [] });
  const storage = { load: () => defaultPreferences, save: () => true };
  const configure = vi.fn<Sync['configure']>();
  const load = vi.fn<() => void>();
  let own: OwnTarget = { kind: 'site' };
  const feedback = createFeedback({
    app,
    preferences: createPreferenceActions(app, storage),
    drawing: { clear: () => true, undo: () => true },
    pen: { sheetSide: 300 },
    load: async () => {
      load();
      return {
        planner: {
          plan: () => planOf(app.getState().config.sync, own, page),
          change(wished) {
            own = wished;
            return true;
          },
        },
        open: async () => ({
          outbox: memoryOutbox(),
          restored: 0,
          sync: {
            start: () => undefined,
            now: () => Promise.resolve(idle),
            cancel: () => undefined,
            state: () => idle,
            subscribe: () => () => undefined,
            configure,
            close: () => undefined,
          },
          recordOf: () => {
            throw new Error('nothing is judged here');
          },
          askToPersist: () => undefined,
          storage: () => Promise.resolve({ persisted: null, used: null, left: null }),
        }),
      };
    },
  });
  const told = () => {
    const [target, wishes] = configure.mock.lastCall ?? [];
    return { to: target?.baseUrl ?? null, allowed: wishes?.allowed };
  };
  return { app, feedback, told, load };
}

const inbox = 'https://letters.example.org/inbox';
const elsewhere = 'https://elsewhere.example.org/inbox';

test('without consent nothing is even loaded, however the page begins', () => {
  const { feedback, load } = setUp(targetAt(inbox));
  feedback.begin();
  expect(load).not.toHaveBeenCalled();
});

test('turning it on asks first; records leave only after the person agreed', async () => {
  const { app, feedback, told } = setUp(targetAt(inbox));
  await feedback.room();
  await feedback.turn(true);
  expect(feedback.store.getState()).toMatchObject({ consentAsked: true, plan: { destination: inbox } });
  expect(app.getState().preferences.feedback).toBe(false);
  expect(told()).toEqual({ to: inbox, allowed: false });
  feedback.decline();
  expect(app.getState().preferences).toMatchObject({ feedback: false, feedbackConsent: null });
  await feedback.turn(true);
  feedback.agree();
  expect(app.getState().preferences).toMatchObject({ feedback: true, feedbackConsent: inbox });
  expect(told()).toEqual({ to: inbox, allowed: true });
  await feedback.turn(false);
  expect(told()).toEqual({ to: inbox, allowed: false });
});

test('who has agreed is not asked again, until the site names another place', async () => {
  const { app, feedback, told } = setUp(targetAt(inbox));
  await feedback.turn(true);
  feedback.agree();
  await feedback.turn(false);
  await feedback.turn(true);
  expect(app.getState().preferences.feedback).toBe(true);
  expect(feedback.store.getState().consentAsked).toBe(false);
  await feedback.room();
  app.setState({ config: { ...defaultConfig, sync: targetAt(elsewhere) } });
  expect(told()).toEqual({ to: elsewhere, allowed: false });
  await feedback.turn(false);
  await feedback.turn(true);
  expect(feedback.store.getState().consentAsked).toBe(true);
  feedback.agree();
  expect(told()).toEqual({ to: elsewhere, allowed: true });
});

test('a place of the person’s own is agreed to by setting it, but sets nobody’s consent', async () => {
  const { app, feedback, told } = setUp(null);
  await feedback.room();
  await feedback.sendTo({ kind: 'own', target: targetAt(elsewhere) });
  expect(app.getState().preferences.feedbackConsent).toBeNull();
  expect(told()).toEqual({ to: elsewhere, allowed: false });
  await feedback.turn(true);
  feedback.agree();
  await feedback.sendTo({ kind: 'own', target: targetAt(inbox) });
  expect(told()).toEqual({ to: inbox, allowed: true });
  await feedback.sendTo({ kind: 'nowhere' });
  expect(told()).toEqual({ to: null, allowed: false });
});

test('where the site has switched feedback off, nothing begins and nothing leaves', async () => {
  const { app, feedback, told, load } = setUp(targetAt(inbox));
  await feedback.turn(true);
  feedback.agree();
  const features = { ...defaultConfig.features, feedback: false };
  app.setState({ config: { ...app.getState().config, features } });
  const before = load.mock.calls.length;
  feedback.begin();
  expect(load.mock.calls).toHaveLength(before);
  await feedback.room();
  expect(told()).toEqual({ to: inbox, allowed: false });
});

test('when it cannot be found out where records go, nobody can agree to it', async () => {
  const { app } = setUp(null);
  const feedback = createFeedback({
    app,
    preferences: createPreferenceActions(app, { load: () => defaultPreferences, save: () => true }),
    drawing: { clear: () => true, undo: () => true },
    pen: { sheetSide: 300 },
    load: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
  });
  await feedback.turn(true);
  expect(feedback.store.getState()).toMatchObject({ consentAsked: true, planFailed: true, plan: null });
  feedback.agree();
  expect(app.getState().preferences).toMatchObject({ feedback: false, feedbackConsent: null });
});
