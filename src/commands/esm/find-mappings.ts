import type { TableRef } from '../../lib/aws/arn.js';
import { isAwsError } from '../../lib/aws/aws-error.js';
import type { MappingsGateway } from '../../lib/aws/mappings-gateway.js';
import { isFunction } from '../../lib/esm/mapping-ref.js';
import { type StreamMapping, toStreamMapping } from '../../lib/esm/stream-mapping.js';

/** Which mappings are wanted; nothing said is all of the Region's. */
export interface MappingScope {
  readonly table?: TableRef | undefined;
  readonly functionName?: string | undefined;
}

/** The mappings of DynamoDB streams within a scope, by table and function; old streams of a table among them. @throws AwsError */
export async function findMappings(
  mappings: MappingsGateway,
  { table, functionName }: MappingScope,
  signal: AbortSignal,
): Promise<readonly StreamMapping[]> {
  const all = await listed(mappings, functionName, signal);
  return all
    .flatMap(mapping => toStreamMapping(mapping) ?? [])
    .filter(mapping => table === undefined || isOfTable(mapping, table))
    .filter(mapping => functionName === undefined || isFunction(mapping.functionName, functionName))
    .toSorted(
      (a, b) => order(a.tableName, b.tableName) || order(a.functionName, b.functionName) || order(a.uuid, b.uuid),
    );
}

/** A function that is gone may have left mappings behind, so then all are looked through. */
async function listed(mappings: MappingsGateway, functionName: string | undefined, signal: AbortSignal) {
  if (functionName === undefined) return mappings.list({}, signal);
  try {
    const found = await mappings.list({ functionName }, signal);
    return found.length > 0 ? found : await mappings.list({}, signal);
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
    return mappings.list({}, signal);
  }
}

function isOfTable(mapping: StreamMapping, { tableName, streamArn }: TableRef): boolean {
  return streamArn === undefined ? mapping.tableName === tableName : mapping.eventSourceArn === streamArn;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
