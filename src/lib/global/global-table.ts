import pLimit from 'p-limit';
import type { TableRef } from '../aws/arn.js';
import { isAwsError } from '../aws/aws-error.js';
import type { Aws } from '../aws/connection.js';
import type { RegionTable } from '../aws/region-table.js';
import { DdbxError } from '../model/error.js';
import { resolveTable } from '../streams/resolve-table.js';
import { type Looked, look } from './looked.js';

/** Regions are asked side by side, so many at once. */
const REGIONS_AT_ONCE = 8;

/** The old version; nobody can make such tables any more (FACTS D.1). */
export const LEGACY_VERSION = '2017.11.29';

/** One Region's part of a global table, as that Region tells of it. */
export interface Member {
  readonly region: string;
  readonly table: Looked<RegionTable>;
}

/**
 * Describes the table in the Region that is asked.
 * @throws DdbxError `table-not-found` with near names, or `other-account` for an ARN of another account
 */
export async function describeHome(
  aws: Pick<Aws, 'replicas' | 'tables'>,
  ref: TableRef,
  region: string,
  signal: AbortSignal,
): Promise<RegionTable> {
  try {
    const table = await (await aws.replicas(region)).describe(ref.tableName, signal);
    if (ref.account === undefined || table.tableArn.includes(`:${ref.account}:`)) return table;
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
  }
  // It knows how to say what is wrong: near names, or the account.
  await resolveTable(await aws.tables(region), ref, signal);
  return (await aws.replicas(region)).describe(ref.tableName, signal);
}

/** The Regions that hold the table, the asked one first. */
export function regionsOf(home: RegionTable): readonly string[] {
  return [home.region, ...home.replicas.map(replica => replica.region).filter(region => region !== home.region)];
}

/** Asks every Region for its own description. */
export async function describeMembers(
  aws: Pick<Aws, 'replicas'>,
  home: RegionTable,
  signal: AbortSignal,
): Promise<readonly Member[]> {
  return inRegions(regionsOf(home), async region => {
    if (region === home.region) return { region, table: { known: true, value: home } };
    return {
      region,
      table: await look(aws.replicas(region).then(gateway => gateway.describe(home.tableName, signal))),
    };
  });
}

/** Does the same in several Regions, side by side; the results come in the order of the Regions. */
export function inRegions<Result>(
  regions: readonly string[],
  work: (region: string) => Promise<Result>,
): Promise<readonly Result[]> {
  const parallel = pLimit(REGIONS_AT_ONCE);
  return Promise.all(regions.map(region => parallel(() => work(region))));
}

/** @throws DdbxError `not-global` when the table has no replica */
export function requireGlobal(home: RegionTable): void {
  if (home.replicas.length > 0) return;
  throw new DdbxError({
    code: 'not-global',
    message: `${home.tableName} in ${home.region} is no global table: it has no replica.`,
    hint: `ddbx global add-replica ${home.tableName} <region> gives it one; ddbx global check says what that takes.`,
  });
}

/** @throws DdbxError `legacy-global-table` for a table of the version that AWS has given up */
export function refuseLegacy(home: RegionTable): void {
  if (home.globalTableVersion !== LEGACY_VERSION) return;
  throw new DdbxError({
    code: 'legacy-global-table',
    message: `${home.tableName} in ${home.region} is a global table of the legacy version ${LEGACY_VERSION}, whose replicas AWS manages by other operations.`,
    hint: 'Convert it in the console (Global tables > Update version), then run the same command.',
  });
}
