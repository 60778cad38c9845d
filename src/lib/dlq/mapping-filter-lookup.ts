import { isAwsError } from '../aws/aws-error.js';
import type { EventSourceMapping, MappingsGateway } from '../aws/mappings-gateway.js';
import { compileMatcher } from '../filter/compile-matcher.js';
import { parseFilterCriteria } from '../filter/filter-criteria.js';
import { toLambdaRecord } from '../streams/lambda-event.js';
import { type BatchFilter, everyRecord, type FilterLookup } from './batch-filter.js';
import type { StreamBatchMessage } from './failure-message.js';

/**
 * Looks up the filters of the mappings that messages come from, each mapping once. A mapping that is gone, or whose
 * filters cannot be read, leaves nothing out.
 */
export function mappingFilterLookup(
  mappings: (region: string | undefined) => Promise<MappingsGateway>,
  signal: AbortSignal,
): FilterLookup {
  const known = new Map<string, Promise<BatchFilter>>();
  return message => {
    const key = `${message.batch.streamArn} ${message.failure.consumerArn}`;
    const asked = known.get(key) ?? filterOf(message, mappings, signal);
    known.set(key, asked);
    return asked;
  };
}

async function filterOf(
  { batch, failure }: StreamBatchMessage,
  mappings: (region: string | undefined) => Promise<MappingsGateway>,
  signal: AbortSignal,
): Promise<BatchFilter> {
  if (failure.consumer === 'pipe') return notKnown('the filter of a pipe is not looked up');
  const name = `the mapping from ${batch.tableName} to ${failure.consumerName}`;
  try {
    const gateway = await mappings(batch.region);
    const all = await gateway.list({ eventSourceArn: batch.streamArn }, signal);
    const listed = all.find(mapping => isOf(mapping, failure.consumerArn));
    if (listed === undefined) return notKnown(`${name} is gone, and its filter with it`);
    // A list leaves encrypted filters out (FACTS B.1).
    const mapping = listed.settings.filters === undefined ? await gateway.get(listed.uuid, signal) : listed;
    const { filters } = mapping.settings;
    if (filters === undefined) return notKnown(`the filter of ${name} is encrypted: ${mapping.filterError ?? ''}`);
    const matches = compileMatcher(parseFilterCriteria({ Filters: filters.map(Pattern => ({ Pattern })) }));
    if (filters.length === 0) return { accepts: everyRecord, unknown: undefined };
    return { accepts: record => matches(toLambdaRecord(record.parsed(), batch.streamArn)), unknown: undefined };
  } catch (error) {
    signal.throwIfAborted();
    if (isAwsError(error, 'network', 'credentials')) throw error;
    const why = error instanceof Error && error.message !== '' ? error.message : String(error);
    return notKnown(`the filter of ${name} cannot be looked up: ${why}`);
  }
}

/** A message names the function as it was invoked, with or without the version or alias that the mapping names. */
function isOf({ functionArn }: EventSourceMapping, consumerArn: string): boolean {
  const plain = (arn: string): string => arn.split(':').slice(0, 7).join(':');
  return functionArn === consumerArn || plain(functionArn) === plain(consumerArn);
}

function notKnown(unknown: string): BatchFilter {
  return { accepts: everyRecord, unknown };
}
