import { HASTY_HANDLER, MENDED_HANDLER } from './handlers.js';
import { expected, FUNCTION, type Step, TABLE } from './stage.js';

const MAPPING = `${TABLE}:${FUNCTION}`;
const QUEUE = `${FUNCTION}-failures`;
const QUIET_MS = 2 * 60_000;
const STUCK_MS = 4 * 60_000;

/** A poison record blocks a shard, a queue takes its batch, and the drain names the record and brings all of it back. */
export const failuresAct: readonly Step[] = [
  {
    says: 'A function is to read the table, with the settings that Lambda has when nobody says anything.',
    argv: [
      ...['esm', 'attach', TABLE, FUNCTION],
      ...['--retries', 'infinite', '--record-age', 'infinite', '--no-bisect'],
    ],
    before: stage => stage.deploy(HASTY_HANDLER),
    problem: outcome => expected(outcome, 0, /attached, Enabled/),
  },
  {
    says: 'An order comes without an address. Four minutes later its shard still stands. At which record?',
    argv: ['esm', 'blocked', MAPPING],
    before: async stage => {
      await stage.orders.pause();
      await stage.control.settleMappings({ advanceMs: QUIET_MS });
      await stage.orders.stumble();
      await stage.control.settleMappings({ advanceMs: STUCK_MS });
    },
    problem: outcome => expected(outcome, 0, /: blocked/),
  },
  {
    says: 'Retries that end, and a queue for what is given up. The shard moves on.',
    argv: ['esm', 'tune', MAPPING, '--retries', '2', '--record-age', '12h', '--on-failure', 'create'],
    problem: outcome => expected(outcome, 0, /tuned, Enabled/),
  },
  {
    says: 'The queue fills. A message holds no records: it points into the stream, and the stream forgets.',
    argv: ['dlq', 'peek', QUEUE],
    before: stage => stage.control.settleMappings({ advanceMs: QUIET_MS }),
    problem: outcome => expected(outcome, 0, /TIME LEFT[\s\S]*order-events/),
  },
  {
    says: 'The drain reads the records back and replays them. The one that fails is named; its batch stays.',
    argv: ['dlq', 'drain', QUEUE, '--to', `lambda:${FUNCTION}`, '--bisect', '--idle-timeout', '1s'],
    problem: outcome => expected(outcome, 3, /poison record/),
  },
  {
    says: 'The function is mended. The same again, and the queue is empty.',
    argv: ['dlq', 'drain', QUEUE, '--to', `lambda:${FUNCTION}`, '--idle-timeout', '1s'],
    before: stage => stage.deploy(MENDED_HANDLER),
    problem: outcome => expected(outcome, 0, /1 deleted/),
  },
];
