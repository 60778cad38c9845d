import type { OtherReplica } from '../aws/region-table.js';
import { formatBytes } from '../model/size.js';
import { type Check, type Checker, fail, pass, reasonOf, warn } from './check.js';
import { LEGACY_VERSION } from './global-table.js';
import type { PriceIn } from './known-price.js';
import type { PreflightFacts } from './preflight-facts.js';

/** New replicas of an account are filled at no more than this a day in each Region (FACTS D.3). */
const BACKFILL_BYTES_PER_DAY = 10 * 1024 ** 4;
/** A table with a single item took ten minutes, an empty one less than one (FACTS D.2). */
const SHORTEST_BACKFILL_MINUTES = 10;
const BYTES_PER_GB = 1024 ** 3;

/** The present version, or none yet. */
const checkVersion: Checker = ({ home }) => [
  home.globalTableVersion === LEGACY_VERSION
    ? fail(
        'version',
        `a global table of the legacy version ${LEGACY_VERSION}`,
        'Convert it in the console (Global tables > Update version).',
      )
    : pass('version', home.globalTableVersion ?? 'a table of one Region; it becomes a global table 2019.11.21'),
];

/** The table and its indexes rest. */
const checkStatus: Checker = ({ home }) => {
  const wait = `ddbx wait ${home.tableName} --for table-active --region ${home.region}`;
  const { status } = home;
  const passes = status === 'ACTIVE';
  const comes = status === 'CREATING' || status === 'UPDATING';
  const table = passes
    ? pass('table-status', 'the table is ACTIVE')
    : comes
      ? warn('table-status', `the table is ${status}; add-replica waits until it is ACTIVE`, wait)
      : fail('table-status', `the table is ${status}`, 'Bring the table back to ACTIVE first.');
  const busy = home.indexes.filter(index => index.status !== 'ACTIVE');
  if (home.indexes.length === 0) return [table];
  return [
    table,
    busy.length === 0
      ? pass('index-status', `all ${home.indexes.length} indexes are ACTIVE`)
      : warn(
          'index-status',
          `${busy.map(({ name, status: state }) => `${name} is ${state}`).join(', ')}; add-replica waits`,
          wait,
        ),
  ];
};

/** AWS changes one replica at a time (FACTS D.2). */
const checkInFlight: Checker = ({ home, replicas }) => {
  const wanted = new Set(replicas.map(replica => replica.region));
  const failed = home.replicas.filter(replica => replica.status === 'CREATION_FAILED');
  const moving = home.replicas.filter(replica => isMoving(replica) && !wanted.has(replica.region));
  return [
    ...failed.map(({ region, statusDescription }) =>
      fail(
        'replica-in-flight',
        `an earlier try there failed${statusDescription === undefined ? '' : `: ${statusDescription}`}`,
        `ddbx global remove-replica ${home.tableName} ${region}`,
        region,
      ),
    ),
    ...moving.map(({ region, status }) =>
      warn(
        'replica-in-flight',
        `the replica is ${status ?? 'changing'}, and AWS changes one at a time; add-replica waits`,
        undefined,
        region,
      ),
    ),
    ...(failed.length + moving.length === 0 ? [pass('replica-in-flight', 'no other replica is being changed')] : []),
  ];
};

function isMoving({ status }: OtherReplica): boolean {
  return status === 'CREATING' || status === 'UPDATING' || status === 'DELETING';
}

/** On demand, or with a scaling target and a policy for the writes of the table and every index (FACTS D.3). */
const checkBilling: Checker = ({ home, scaling }) => {
  if (home.capacity === undefined) return [pass('billing', 'billed on demand')];
  if (scaling === undefined) return [];
  if (!scaling.known) {
    return [warn('billing', `provisioned; whether its writes are scaled is not known (${reasonOf(scaling.error)})`)];
  }
  const writes = scaling.value.filter(target => target.dimension === 'write');
  const resources = [undefined, ...home.indexes.map(index => index.name)];
  return resources.map(indexName => {
    const what = indexName === undefined ? 'the table' : `index ${indexName}`;
    const id = indexName === undefined ? 'billing' : 'index-billing';
    const target = writes.find(each => each.indexName === indexName);
    if (target?.hasPolicy === true) {
      return pass(id, `the writes of ${what} are scaled between ${target.minUnits} and ${target.maxUnits} units`);
    }
    const missing = target === undefined ? 'no scaling target' : 'a scaling target, but no policy';
    return fail(
      id,
      `the writes of ${what} are provisioned, with ${missing}`,
      `Register ${target === undefined ? 'a target and a policy' : 'a policy'} (aws application-autoscaling ${target === undefined ? 'register-scalable-target, then ' : ''}put-scaling-policy), or bill the table on demand: aws dynamodb update-table --table-name ${home.tableName} --billing-mode PAY_PER_REQUEST --region ${home.region}`,
    );
  });
};

/** AWS turns the stream on itself and takes any view type that is there (FACTS D.3). */
const checkStream: Checker = ({ home, consistency }) => {
  const { streamViewType } = home;
  if (consistency === 'strong') {
    return [pass('stream', 'not needed: strong consistency does not replicate through streams')];
  }
  if (streamViewType === undefined) {
    return [pass('stream', 'off; AWS turns one on with NEW_AND_OLD_IMAGES, and it stays on')];
  }
  const limit = streamViewType === 'NEW_AND_OLD_IMAGES' ? '' : ' (ddbx global conflicts needs NEW_AND_OLD_IMAGES)';
  return [pass('stream', `on with ${streamViewType}, which stays as it is and cannot be changed any more${limit}`)];
};

/** What it takes the first time (FACTS G). */
const checkRole: Checker = ({ home }) => [
  home.replicas.length > 0
    ? pass('service-linked-role', 'there, since the table has replicas')
    : pass(
        'service-linked-role',
        'AWSServiceRoleForDynamoDBReplication is made with the first replica of the account; that takes iam:CreateServiceLinkedRole',
      ),
];

/** What adding begins (FACTS D.4). */
const checkSourceLock: Checker = ({ home, consistency }) =>
  consistency === 'strong'
    ? []
    : [
        warn(
          'source-lock',
          `${home.region} becomes the source: it cannot be removed for 24 hours, unless the new replicas go first`,
          'To spare it, send the request to another replica with --region.',
        ),
      ];

/** How much is to be copied, and about how long that takes. */
const checkSize: Checker = ({ home, consistency, replicas, restorePrice }) => {
  if (consistency === 'strong') return [];
  const { sizeBytes, itemCount } = home;
  if (itemCount === 0 && sizeBytes === 0) {
    return [pass('size', 'empty by the last count (AWS counts every six hours): a minute or less for each Region')];
  }
  const indexBytes = home.indexes.reduce((sum, index) => sum + index.sizeBytes, 0);
  const minutes = Math.max(SHORTEST_BACKFILL_MINUTES, (sizeBytes / BACKFILL_BYTES_PER_DAY) * 24 * 60);
  const targets = replicas.map(({ region }) => region);
  const fact = [
    `${itemCount} items, ${formatBytes(sizeBytes)}${indexBytes === 0 ? '' : ` and ${formatBytes(indexBytes)} of indexes`}`,
    `at least ${spoken(minutes)} for each Region`,
    `charged once like a restore of ${formatBytes(sizeBytes + indexBytes)} in each: ${restoreText(targets, sizeBytes + indexBytes, restorePrice)}`,
  ].join('; ');
  return [sizeBytes > BACKFILL_BYTES_PER_DAY ? warn('size', fact) : pass('size', fact)];
};

/** What a restore of so much costs in each Region, and by which price. */
function restoreText(regions: readonly string[], bytes: number, restorePrice: PriceIn): string {
  const known = regions.flatMap(region => {
    const price = restorePrice(region);
    if (price === undefined) return [];
    const usd = price.usd.times(bytes).div(BYTES_PER_GB);
    const amount = usd.lt('0.01') ? 'under $0.01' : `$${usd.toFixed(2)}`;
    return [`${region} ${amount} ($${price.usd.toFixed()} a GB as of ${price.asOf})`];
  });
  const unknown = regions.filter(region => restorePrice(region) === undefined);
  const missing = unknown.length === 0 ? [] : [`the price in ${unknown.join(', ')} is not known`];
  return [...known, ...missing].join(', ');
}

function spoken(minutes: number): string {
  if (minutes < 90) return `${Math.ceil(minutes)} minutes`;
  return minutes < 48 * 60 ? `${Math.ceil(minutes / 60)} hours` : `${Math.ceil(minutes / 60 / 24)} days`;
}

/** Regions that hold the table already cannot change their consistency (FACTS D.6). */
const checkConsistency: Checker = ({ home, consistency, replicas, witness }) => {
  if (home.isStronglyConsistent && consistency === 'eventual') {
    return [
      fail(
        'consistency',
        'the table is strongly consistent, and AWS adds no Region to such a group',
        `Take the group down first (ddbx global remove-replica ${home.tableName} --all), then make it anew from an empty table.`,
      ),
    ];
  }
  if (consistency === 'strong' && !isSameGroup({ home, replicas, witness }) && home.replicas.length > 0) {
    return [
      fail(
        'consistency',
        'the table has replicas already, and AWS does not change the consistency or the Regions of a global table',
        `Remove its replicas first: ddbx global remove-replica ${home.tableName} --all`,
      ),
    ];
  }
  return [];
};

/** Whether the strongly consistent group that is asked for is the one that is there. */
export function isSameGroup({
  home,
  replicas,
  witness,
}: Pick<PreflightFacts, 'home' | 'replicas' | 'witness'>): boolean {
  const there = [...home.replicas, ...home.witnesses].map(each => each.region).sort();
  const wanted = [...replicas.map(each => each.region), ...(witness === undefined ? [] : [witness])].sort();
  return home.isStronglyConsistent && there.join() === wanted.join();
}

/** All checks of the table itself, in the order in which they are shown. */
export const tableCheckers: readonly Checker[] = [
  checkVersion,
  checkStatus,
  checkInFlight,
  checkConsistency,
  checkBilling,
  checkStream,
  checkRole,
  checkSourceLock,
  checkSize,
];

/** Whether adding may go on. */
export function hasFailed(checks: readonly Check[]): boolean {
  return checks.some(check => check.level === 'fail');
}
