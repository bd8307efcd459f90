import { describe, expect, it } from 'vitest';
import { succeed } from './succession.ts';
import type { Succession } from './succession.ts';

type Gate<T> = {
  readonly promise: Promise<T>;
  readonly open: (value: T) => void;
  readonly fail: (why: unknown) => void;
};
function gate<T>(): Gate<T> {
  let open: (value: T) => void = () => undefined;
  let fail: (why: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open: (value) => open(value), fail: (why) => fail(why) };
}

/** A device on which version 1 answered before and version 2 is to answer now; teams are named after their versions. */
function visit(more: Partial<Succession<string, string>> = {}, here: readonly string[] = ['1']) {
  const choice = gate<string>();
  const patience = gate<void>();
  const teams = { '1': gate<string>(), '2': gate<string>() };
  const served: string[] = [];
  const whys: unknown[] = [];
  const brought: string[] = [];
  const over = succeed<string, string>({
    kept: async () => null,
    calm: async () => undefined,
    choose: () => choice.promise,
    lastGood: async (instead) => (instead === '1' ? null : '1'),
    isHere: async (version) => here.includes(version),
    isSame: (one, other) => one === other,
    async bring(version) {
      brought.push(version);
      return version === '1' ? teams['1'].promise : teams['2'].promise;
    },
    serve(team, why) {
      served.push(team);
      whys.push(why);
    },
    replace: async (_failed, why) => {
      throw why;
    },
    patience: () => patience.promise,
    ...more,
  });
  over.catch(() => undefined);
  return { over, choice, patience, teams, served, whys, brought };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('a version that still has to be downloaded', () => {
  it('is stood in for by the last good one, and takes over when it is ready', async () => {
    const { over, choice, teams, served, whys } = visit();
    choice.open('2');
    teams['1'].open('one');
    await turn();
    expect(served).toEqual(['one']);
    teams['2'].open('two');
    await over;
    expect(served).toEqual(['one', 'two']);
    expect(whys).toEqual([null, null]);
  });

  it('is stood in for while even its name is slow to come', async () => {
    const { over, choice, patience, teams, served } = visit();
    teams['1'].open('one');
    await turn();
    expect(served).toEqual([]);
    patience.open();
    await turn();
    expect(served).toEqual(['one']);
    choice.open('2');
    teams['2'].open('two');
    await over;
    expect(served).toEqual(['one', 'two']);
  });

  it('that fails leaves its stand-in in place, with the reason', async () => {
    const { over, choice, teams, served, whys } = visit();
    choice.open('2');
    teams['1'].open('one');
    teams['2'].fail('self-test-failed');
    await over;
    expect(served.at(-1)).toBe('one');
    expect(whys.at(-1)).toBe('self-test-failed');
  });

  it('that comes before its stand-in is not pushed aside by it', async () => {
    const { over, choice, teams, served } = visit();
    choice.open('2');
    teams['2'].open('two');
    await over;
    teams['1'].open('one');
    await turn();
    expect(served).toEqual(['two']);
  });

  it('answers alone where the stand-in cannot be brought', async () => {
    const { over, choice, teams, served } = visit();
    choice.open('2');
    teams['1'].fail('broken');
    teams['2'].open('two');
    await over;
    expect(served).toEqual(['two']);
  });

  it('is not stood in for by one that would have to be downloaded as well', async () => {
    const { over, choice, teams, brought } = visit({}, []);
    choice.open('2');
    teams['2'].open('two');
    await over;
    expect(brought).toEqual(['2']);
  });
});

describe('a version that lies on the device', () => {
  it('is brought alone', async () => {
    const { over, choice, patience, teams, brought } = visit({}, ['1', '2']);
    choice.open('2');
    await turn();
    patience.open();
    teams['2'].open('two');
    await over;
    expect(brought).toEqual(['2']);
  });

  it('is brought once, though it was called as its own stand-in', async () => {
    const { over, choice, patience, teams, brought, served } = visit();
    patience.open();
    await turn();
    choice.open('1');
    teams['1'].open('one');
    await over;
    expect([brought, served]).toEqual([['1'], ['one']]);
  });
});

describe('with nobody to stand in', () => {
  const none = { lastGood: async () => null };

  it('a version that fails is replaced, with the reason', async () => {
    const { over, choice, teams, served, whys } = visit({ ...none, replace: async () => 'older' });
    choice.open('2');
    teams['2'].fail('offline');
    await over;
    expect([served, whys]).toEqual([['older'], ['offline']]);
  });

  it('and nothing to replace it, the reason is what whoever waits is told', async () => {
    const { over, choice, teams } = visit(none);
    choice.open('2');
    teams['2'].fail('offline');
    await expect(over).rejects.toBe('offline');
  });

  it('a choice that fails is told as it is', async () => {
    const { over, choice } = visit(none);
    choice.fail('catalog-invalid');
    await expect(over).rejects.toBe('catalog-invalid');
  });
});

describe('a version that the last visit kept', () => {
  const calm = gate<void>();
  const here = { kept: async () => '1', calm: () => calm.promise };

  it('answers before the server is asked for another, and goes on where it names the same', async () => {
    const calm = gate<void>();
    let asked = 0;
    const choose = async () => (asked++, '1');
    const { over, teams, served, brought } = visit({ ...here, calm: () => calm.promise, choose });
    teams['1'].open('one');
    await turn();
    expect([served, asked]).toEqual([['one'], 0]);
    calm.open();
    await over;
    expect([served, asked, brought]).toEqual([['one'], 1, ['1']]);
  });

  it('gives way to the one that the server names, once that is ready', async () => {
    const { over, choice, teams, served, brought } = visit(here);
    teams['1'].open('one');
    calm.open();
    choice.open('2');
    await turn();
    expect(served).toEqual(['one']);
    teams['2'].open('two');
    await over;
    expect([served, brought]).toEqual([
      ['one', 'two'],
      ['1', '2'],
    ]);
  });

  it.each([
    ['the one that the server names fails', (v: ReturnType<typeof visit>) => (v.choice.open('2'), v.teams['2'])],
    ['the choice itself fails', (v: ReturnType<typeof visit>) => v.choice],
  ])('goes on where %s, with the reason', async (_, failing) => {
    const visitor = visit(here);
    visitor.teams['1'].open('one');
    calm.open();
    failing(visitor).fail('refused');
    await visitor.over;
    expect([visitor.served, visitor.whys]).toEqual([
      ['one', 'one'],
      [null, 'refused'],
    ]);
  });

  it('and fails is not brought a second time: the reason is told, or another takes its place', async () => {
    const { over, choice, teams, served, whys, brought } = visit({ ...here, replace: async () => 'older' });
    teams['1'].fail('self-test-failed');
    choice.open('1');
    await over;
    expect([served, whys, brought]).toEqual([['older'], ['self-test-failed'], ['1']]);
  });
});
