import type { TableRef } from '../aws/arn.js';
import { isAwsError } from '../aws/aws-error.js';
import type { Table, TablesGateway } from '../aws/tables-gateway.js';
import { DdbxError } from '../model/error.js';
import { nearNames } from '../model/near-names.js';
import type { StreamRef } from './read-events.js';

/** A hundred names a page: enough to find a near name, few enough not to keep anybody waiting. */
const MOST_NAME_PAGES = 20;

/**
 * Looks a table up.
 * @throws DdbxError `table-not-found`, with the names that were probably meant; `other-account` when the ARN names a
 * table of another account than the credentials'
 * @throws AwsError for everything else
 */
export async function resolveTable(tables: TablesGateway, ref: TableRef, signal?: AbortSignal): Promise<Table> {
  let table: Table;
  try {
    table = await tables.describeTable(ref.tableName, signal);
  } catch (error) {
    if (isAwsError(error, 'not-found')) throw await tableNotFound(tables, ref.tableName, error, signal);
    throw error;
  }
  const account = /^arn:[^:]+:dynamodb:[^:]*:(\d{12}):/.exec(table.tableArn)?.[1];
  if (ref.account !== undefined && account !== undefined && ref.account !== account) {
    throw new DdbxError({
      code: 'other-account',
      message: `The ARN of ${ref.tableName} names account ${ref.account}, but these credentials belong to ${account}.`,
      hint: 'Choose credentials of that account with --profile. A stream of another account can be read by its stream ARN, if its resource policy allows it.',
    });
  }
  return table;
}

/** The table's enabled stream. @throws DdbxError `stream-not-enabled`, also when an older stream is known by its ARN */
export function currentStream(table: Table): StreamRef {
  const { tableName, region, latestStreamArn } = table;
  // LatestStreamArn stays after a stream is disabled, so it says nothing about "enabled" (FACTS A.4).
  if (table.streamViewType !== undefined && latestStreamArn !== undefined) {
    return { streamArn: latestStreamArn, tableName, region };
  }
  const enable = `ddbx streams enable ${tableName} --view new-and-old-images turns one on.`;
  throw new DdbxError({
    code: 'stream-not-enabled',
    message: `${tableName} in ${region} has no enabled stream.`,
    hint:
      latestStreamArn === undefined
        ? enable
        : `${enable} Its last stream is off, but its records stay readable for up to 24 hours, by its ARN: ${latestStreamArn}`,
  });
}

async function tableNotFound(
  tables: TablesGateway,
  tableName: string,
  cause: unknown,
  signal: AbortSignal | undefined,
): Promise<DdbxError> {
  const near = nearNames(tableName, await listTableNames(tables, signal));
  const elsewhere = 'Check the Region (--region) and the account (--profile).';
  return new DdbxError({
    code: 'table-not-found',
    message: `There is no table ${tableName} in ${tables.region}.`,
    hint: near.length === 0 ? elsewhere : `Did you mean ${near.join(' or ')}? ${elsewhere}`,
    cause,
    awsRequestId: isAwsError(cause) ? cause.requestId : undefined,
  });
}

/** The names of the Region's tables, as far as they can be listed: suggestions are not worth a second failure. */
async function listTableNames(tables: TablesGateway, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    let after: string | undefined;
    for (let page = 0; page < MOST_NAME_PAGES; page += 1) {
      const { tableNames, lastEvaluatedTableName } = await tables.listTables({ after }, signal);
      names.push(...tableNames);
      if (lastEvaluatedTableName === undefined) break;
      after = lastEvaluatedTableName;
    }
  } catch (error) {
    if (!isAwsError(error) || error.kind === 'aborted') throw error;
  }
  return names;
}
