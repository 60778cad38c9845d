import { expected, type Step, TABLE } from './stage.js';

/** Orders come in: their records are watched, also while a shard splits. */
export const streamsAct: readonly Step[] = [
  {
    says: 'Which streams are there?',
    argv: ['streams', 'list'],
    problem: outcome => expected(outcome, 0, /Orders/),
  },
  {
    says: 'Orders come in. Watch them; of a MODIFY you see what changed.',
    argv: ['streams', 'tail', TABLE, '--limit', '5', '--output', 'human'],
    problem: outcome => expected(outcome, 0, /order#\d+/),
  },
  {
    says: 'A shard splits under the tail: it is read to its end, then both children. Ctrl-C ends it.',
    argv: ['streams', 'tail', TABLE, '--event', 'insert', '--poll-interval', '300ms', '--output', 'human'],
    meanwhile: async (stage, seen) => {
      await stage.until(() => seen().stdout !== '');
      stage.control.splitShard({ table: TABLE });
      await stage.until(() => /opened, after/.test(seen().stderr));
    },
    interrupted: true,
    problem: outcome => expected(outcome, 130, /opened, after/),
  },
];
