import { expected, type Step, TABLE } from './stage.js';

/** A Region is added, and what it costs is shown. */
export const regionsAct: readonly Step[] = [
  {
    says: 'A second Region. What could stop it is checked first, then it is followed to ACTIVE.',
    argv: ['global', 'add-replica', TABLE, 'eu-west-1', '--yes'],
    problem: outcome => expected(outcome, 0, /eu-west-1: ACTIVE/),
  },
  {
    says: 'The table in all its Regions.',
    argv: ['global', 'status', TABLE],
    problem: outcome => expected(outcome, 0, /eu-west-1 .*ACTIVE/),
  },
  {
    says: 'What that costs at 100 million writes a day. The prices come with ddbx; AWS is not asked.',
    argv: [
      ...['cost', 'estimate', '--region', 'us-east-1', '--replica', 'eu-west-1'],
      ...['--writes', '100M/day', '--item-size', '1.5KB'],
    ],
    problem: outcome => expected(outcome, 0, /total +\$/),
  },
];
