import { STRONG_REGION_COUNT, strongRegions } from '../model/strong-regions.js';
import { type Checker, fail, pass, reasonOf, warn } from './check.js';
import { isSameGroup } from './table-checks.js';

/** Exactly three Regions. */
const checkCount: Checker = ({ home, replicas, witness }) => {
  const names = [home.region, ...replicas.map(replica => replica.region), ...(witness === undefined ? [] : [witness])];
  if (names.length === STRONG_REGION_COUNT) return [pass('strong-regions', `${names.join(', ')}: three, as AWS wants`)];
  return [
    fail(
      'strong-regions',
      `${names.join(', ')}: ${names.length}, and a strongly consistent table has exactly three`,
      'Name two more Regions, or one and --witness <region>.',
    ),
  ];
};

/** Regions that no page names are worth a word. */
const checkRegionSet: Checker = ({ home, replicas, witness }) => {
  const names = [home.region, ...replicas.map(replica => replica.region), ...(witness === undefined ? [] : [witness])];
  return names
    .filter(region => !strongRegions.has(region))
    .map(region =>
      warn(
        'strong-region-set',
        'not among the Regions that AWS names for strong consistency; AWS will be the judge',
        undefined,
        region,
      ),
    );
};

/** Conversion takes an empty table. */
const checkEmpty: Checker = ({ home, holdsItems, replicas, witness }) => {
  if (holdsItems === undefined || isSameGroup({ home, replicas, witness })) return [];
  if (!holdsItems.known)
    return [warn('strong-empty', `whether the table is empty is not known (${reasonOf(holdsItems.error)})`)];
  return [
    holdsItems.value
      ? fail(
          'strong-empty',
          'the table holds items, and AWS makes only empty tables strongly consistent',
          'Begin with an empty table, and copy the items over afterwards.',
        )
      : pass('strong-empty', 'the table is empty; nobody may write to it until the group is there'),
  ];
};

/** What strong consistency does not go with. */
const checkFeatures: Checker = ({ home, timeToLive }) => [
  ...(timeToLive?.known === true && timeToLive.value !== null
    ? [
        fail(
          'strong-ttl',
          `time to live is on (${timeToLive.value})`,
          `aws dynamodb update-time-to-live --table-name ${home.tableName} --region ${home.region} --time-to-live-specification Enabled=false,AttributeName=${timeToLive.value}`,
        ),
      ]
    : []),
  ...(timeToLive?.known === false
    ? [warn('strong-ttl', `whether time to live is on is not known (${reasonOf(timeToLive.error)})`)]
    : []),
  ...(home.localIndexNames.length > 0
    ? [
        fail(
          'strong-local-indexes',
          `the table has local secondary indexes (${home.localIndexNames.join(', ')})`,
          'They cannot be dropped from a table: begin with one that has none.',
        ),
      ]
    : []),
  warn(
    'strong-transactions',
    'transactions fail on a strongly consistent table; whether yours are used cannot be seen from here',
  ),
];

/** All checks of a strongly consistent group; none for an eventually consistent one. */
export const checkStrong: Checker = facts =>
  facts.consistency === 'strong'
    ? [checkCount, checkRegionSet, checkEmpty, checkFeatures].flatMap(check => check(facts))
    : [];
