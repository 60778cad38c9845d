import { isAwsError } from '../aws/aws-error.js';
import type { RegionTable } from '../aws/region-table.js';
import type { TableLimits } from '../aws/settings-gateway.js';
import { type Check, type Checker, fail, pass, reasonOf, warn } from './check.js';
import { valueOf } from './looked.js';
import type { PreflightFacts, TargetFacts } from './preflight-facts.js';

/** Judges one target Region. */
type TargetChecker = (target: TargetFacts, facts: PreflightFacts) => readonly Check[];

/** The Region can be reached, is enabled, and the name is free in it. */
const checkName: TargetChecker = ({ replica: { region }, existing }, { home }) => {
  if (!existing.known) return [unreachable(region, existing.error)];
  const reached = pass('region', 'enabled for the account', region);
  const member = home.replicas.find(each => each.region === region);
  if (member?.status === 'DELETING') {
    return [
      reached,
      warn('name-free', 'the replica there is being deleted; add-replica waits until it is gone', undefined, region),
    ];
  }
  if (member !== undefined) {
    return [reached, pass('name-free', `a replica is there already (${member.status ?? 'status not known'})`, region)];
  }
  if (existing.value === null) return [reached, pass('name-free', `no table ${home.tableName} there`, region)];
  return [
    reached,
    fail(
      'name-free',
      `another table ${home.tableName} is there (${existing.value.status}), and AWS does not join two tables`,
      existing.value.status === 'DELETING'
        ? 'Wait until it is gone.'
        : 'Move its items away and delete it, or choose another Region.',
      region,
    ),
  ];
};

/** A Region that is off refuses all credentials; one that does not exist has no address. */
function unreachable(region: string, error: unknown): Check {
  if (isAwsError(error, 'credentials')) {
    return fail(
      'region',
      'switched off for this account: it does not know the credentials that other Regions take',
      `aws account enable-region --region-name ${region}, then wait some minutes`,
      region,
    );
  }
  if (isAwsError(error, 'network')) {
    return fail(
      'region',
      `cannot be reached (${error.message})`,
      'Check the name of the Region, and the network.',
      region,
    );
  }
  return warn('region', `could not be asked (${reasonOf(error)}), so AWS will be the judge`, undefined, region);
}

/** The quotas of the Region hold the table (FACTS D.3). */
const checkQuota: TargetChecker = ({ replica, limits, existing }, { home, homeLimits }) => {
  const { region } = replica;
  if (!existing.known) return [];
  if (!limits.known) return [warn('quota', `its limits are not known (${reasonOf(limits.error)})`, undefined, region)];
  const here = limits.value;
  const needs = needsOf(home, replica.readCapacity);
  const raise = 'aws service-quotas request-service-quota-increase --service-code dynamodb (see list-service-quotas)';
  if (needs.write > here.tableMaxWriteUnits || needs.read > here.tableMaxReadUnits) {
    return [
      fail(
        'quota',
        `a table may have ${here.tableMaxReadUnits} read and ${here.tableMaxWriteUnits} write units there, and this one needs ${needs.read} and ${needs.write}`,
        `Raise the quota in ${region}: ${raise}`,
        region,
      ),
    ];
  }
  const other = valueOf(homeLimits);
  if (
    other !== undefined &&
    (here.tableMaxWriteUnits < other.tableMaxWriteUnits || here.tableMaxReadUnits < other.tableMaxReadUnits)
  ) {
    return [
      warn(
        'quota',
        `lower than in ${home.region} (${limitsText(here)} against ${limitsText(other)}); AWS wants them equal`,
        `Raise the quota in ${region}: ${raise}`,
        region,
      ),
    ];
  }
  return [pass('quota', `${limitsText(here)} a table`, region)];
};

/** The throughput that the new replica is given from the start: warm throughput is replicated, too. */
function needsOf(
  home: RegionTable,
  readCapacity: number | undefined,
): { readonly read: number; readonly write: number } {
  return {
    read: Math.max(readCapacity ?? home.capacity?.readUnits ?? 0, home.warmThroughput?.readUnitsPerSecond ?? 0),
    write: Math.max(home.capacity?.writeUnits ?? 0, home.warmThroughput?.writeUnitsPerSecond ?? 0),
  };
}

function limitsText({ tableMaxReadUnits, tableMaxWriteUnits }: TableLimits): string {
  return `${tableMaxReadUnits} read and ${tableMaxWriteUnits} write units`;
}

/** One kind of key for all replicas, and for a customer's key one of each Region (FACTS D.3). */
const checkKey: TargetChecker = ({ replica: { region, kmsKey }, key }, { home, homeKey }) => {
  if (home.replicas.some(each => each.region === region)) return [];
  const id = 'kms-key';
  if (home.encryption === undefined || isManagedByAws(home, homeKey)) {
    const owner = home.encryption === undefined ? 'a key that AWS owns' : 'the AWS managed key alias/aws/dynamodb';
    return kmsKey === undefined
      ? [pass(id, `none needed: the table is encrypted with ${owner}`, region)]
      : [
          fail(
            id,
            `a key was given, but the table is encrypted with ${owner}, and all replicas share one kind`,
            'Leave --kms-key out.',
            region,
          ),
        ];
  }
  if (kmsKey === undefined) {
    if (homeKey?.known === false) {
      return [
        warn(
          id,
          `whether one is needed is not known (${reasonOf(homeKey.error)})`,
          `Add --kms-key ${region}=<key ARN> if the table's key is your own.`,
          region,
        ),
      ];
    }
    return [
      fail(
        id,
        'missing: the table is encrypted with a customer managed key',
        `Add --kms-key ${region}=<ARN of a key in ${region}>`,
        region,
      ),
    ];
  }
  if (key === undefined) return [];
  if (!key.known) {
    return isAwsError(key.error, 'not-found')
      ? [fail(id, `${kmsKey} is not there`, `Name a key of ${region}: aws kms list-aliases --region ${region}`, region)]
      : [warn(id, `${kmsKey} could not be looked at (${reasonOf(key.error)})`, undefined, region)];
  }
  const { state, usage, spec } = key.value;
  if (state !== 'Enabled') {
    return [fail(id, `${kmsKey} is ${state}`, `aws kms enable-key --key-id ${kmsKey} --region ${region}`, region)];
  }
  if (usage !== 'ENCRYPT_DECRYPT' || spec !== 'SYMMETRIC_DEFAULT') {
    return [
      fail(
        id,
        `${kmsKey} is for ${usage} with ${spec}; a table takes a symmetric key`,
        'Choose a symmetric encryption key.',
        region,
      ),
    ];
  }
  return [pass(id, `${kmsKey} is enabled`, region)];
};

function isManagedByAws(home: RegionTable, homeKey: PreflightFacts['homeKey']): boolean {
  return home.encryption?.kmsKeyArn === undefined || (homeKey?.known === true && homeKey.value.manager === 'AWS');
}

/** All checks of every target, Region by Region. */
export const checkTargets: Checker = facts =>
  facts.targets.flatMap(target => [checkName, checkKey, checkQuota].flatMap(check => check(target, facts)));
