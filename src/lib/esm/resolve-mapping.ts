import { isAwsError } from '../aws/aws-error.js';
import type { EventSourceMapping, MappingsGateway } from '../aws/mappings-gateway.js';
import { DdbxError, ExitCode } from '../model/error.js';
import { nearNames } from '../model/near-names.js';
import { isFunction, type MappingRef } from './mapping-ref.js';
import { kindOfSource, type StreamMapping, toStreamMapping } from './stream-mapping.js';

/**
 * Finds the one mapping that an argument names, as Get shows it.
 * @throws DdbxError `mapping-not-found`; `several-mappings` (exit 2) with all that fit; `not-a-dynamodb-mapping` (exit 2)
 * @throws AwsError for everything else
 */
export async function resolveMapping(
  mappings: MappingsGateway,
  ref: MappingRef,
  signal?: AbortSignal,
): Promise<StreamMapping> {
  if (ref.kind === 'pair') {
    const found = await mappingsOfPair(mappings, ref, signal);
    const [first] = found;
    if (first === undefined || found.length > 1) throw severalMappings(ref, found);
    // A list leaves encrypted filters out (FACTS B.1).
    return first.settings.filters === undefined ? onDynamoDb(await mappings.get(first.uuid, signal)) : first;
  }
  try {
    return onDynamoDb(await mappings.get(ref.uuid, signal));
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
    throw new DdbxError({
      code: 'mapping-not-found',
      message: `There is no event source mapping ${ref.uuid} in ${mappings.region}.`,
      hint: 'ddbx esm list shows those of the Region. Check the Region (--region) and the account (--profile).',
      cause: error,
      awsRequestId: error.requestId,
    });
  }
}

/**
 * The mappings between a table and a function, of the table's old streams too.
 * @throws DdbxError `mapping-not-found`, with what was probably meant
 */
async function mappingsOfPair(
  gateway: MappingsGateway,
  ref: Extract<MappingRef, { kind: 'pair' }>,
  signal: AbortSignal | undefined,
): Promise<readonly StreamMapping[]> {
  const fitting = (all: readonly EventSourceMapping[]): readonly StreamMapping[] =>
    all.flatMap(mapping => {
      const found = toStreamMapping(mapping);
      return found !== undefined && isPair(found, ref) ? [found] : [];
    });
  try {
    const found = fitting(await gateway.list({ functionName: ref.functionName }, signal));
    if (found.length > 0) return found;
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
  }
  // Lambda may take a name without an alias to the letter, and a mapping outlives its function: so all are looked at.
  const all = await gateway.list({}, signal);
  const found = fitting(all);
  if (found.length === 0) throw pairNotFound(ref, gateway.region, all);
  return found;
}

function isPair(mapping: StreamMapping, ref: Extract<MappingRef, { kind: 'pair' }>): boolean {
  if (ref.table.streamArn !== undefined && ref.table.streamArn !== mapping.eventSourceArn) return false;
  return mapping.tableName === ref.table.tableName && isFunction(mapping.functionName, ref.functionName);
}

/** @throws DdbxError `not-a-dynamodb-mapping` for a mapping of another source */
export function onDynamoDb(mapping: EventSourceMapping): StreamMapping {
  const found = toStreamMapping(mapping);
  if (found !== undefined) return found;
  const { uuid, eventSourceArn } = mapping;
  throw new DdbxError({
    code: 'not-a-dynamodb-mapping',
    message: `Mapping ${uuid} reads ${kindOfSource(eventSourceArn)}${eventSourceArn === undefined ? '' : ` (${eventSourceArn})`}, not a DynamoDB stream.`,
    hint: 'ddbx esm works on mappings of DynamoDB streams only; ddbx esm list shows them.',
    exitCode: ExitCode.usage,
  });
}

/** Several mappings are no reason to guess. */
function severalMappings(
  { table, functionName }: Extract<MappingRef, { kind: 'pair' }>,
  found: readonly StreamMapping[],
): DdbxError {
  const lines = found.map(
    ({ uuid, state, functionName: name, stream }) => `  ${uuid}  ${name} (${state}), stream ${stream.label}`,
  );
  return new DdbxError({
    code: 'several-mappings',
    message: `${found.length} event source mappings lead from ${table.tableName} to ${functionName}:\n${lines.join('\n')}`,
    hint: 'Name the one that is meant by its UUID.',
    exitCode: ExitCode.usage,
  });
}

function pairNotFound(
  { table, functionName }: Extract<MappingRef, { kind: 'pair' }>,
  region: string,
  all: readonly EventSourceMapping[],
): DdbxError {
  const known = all.flatMap(mapping => toStreamMapping(mapping) ?? []);
  const near = nearNames(
    `${table.tableName}:${functionName}`,
    known.map(mapping => `${mapping.tableName}:${mapping.functionName}`),
  );
  const list = `ddbx esm list ${table.tableName} shows the mappings of the table; ddbx esm attach makes one.`;
  return new DdbxError({
    code: 'mapping-not-found',
    message: `No event source mapping leads from ${table.tableName} to ${functionName} in ${region}.`,
    hint: near.length === 0 ? list : `Did you mean ${[...new Set(near)].join(' or ')}? ${list}`,
  });
}
