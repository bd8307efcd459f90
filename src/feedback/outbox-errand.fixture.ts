import { same } from './outbox-case.fixture.ts';
import type { OutboxCase } from './outbox-case.fixture.ts';
import type { Errand } from './errand.ts';

const errand: Errand = {
  version: 1,
  target: { profile: 's3', baseUrl: 'https://store.example', app: 'ktav', headers: { 'x-key': 'a' } },
  unmeteredOnly: false,
  names: ['a'.repeat(64), 'b'.repeat(64)],
  sent: [{ name: 'a'.repeat(64), at: 5 }],
};

/** What is left to the service worker. */
export const errandCases: readonly OutboxCase[] = [
  {
    situation: 'an errand is taken back once, with what was sent on it',
    async run(open) {
      same(await open().takeErrand(), []);
      await open().leaveErrand(errand);
      same(await open().takeErrand(), errand.sent);
      same(await open().takeErrand(), []);
    },
  },
  {
    situation: 'the later errand takes the place of the earlier; deleting everything ends it',
    async run(open) {
      const outbox = open();
      await outbox.leaveErrand(errand);
      await outbox.leaveErrand({ ...errand, sent: [] });
      same(await outbox.takeErrand(), []);
      await outbox.leaveErrand(errand);
      await outbox.clear();
      same(await open().takeErrand(), []);
    },
  },
  {
    situation: 'leaving an errand is no change of the records: nobody is called',
    async run(open) {
      const outbox = open();
      let calls = 0;
      outbox.subscribe(() => calls++);
      await outbox.leaveErrand(errand);
      await outbox.takeErrand();
      same(calls, 0);
    },
  },
];
