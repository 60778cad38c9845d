import { queueDepth } from '../../lib/esm/destination.js';
import type { SurveyedMapping } from '../../lib/esm/survey.js';
import { formatInstant } from '../../lib/model/instant.js';

/** A mapping as json and ndjson show it, with what stands beside it. */
export function mappingJson({ mapping, orphaned, age, destination }: SurveyedMapping) {
  const { lastModifiedMs } = mapping;
  return {
    table: mapping.tableName,
    function: mapping.functionName,
    region: mapping.region,
    uuid: mapping.uuid,
    mappingArn: mapping.mappingArn ?? null,
    streamArn: mapping.eventSourceArn,
    functionArn: mapping.functionArn,
    state: mapping.state,
    stateTransitionReason: mapping.stateTransitionReason ?? null,
    lastProcessingResult: mapping.lastProcessingResult ?? null,
    lastModifiedAt: lastModifiedMs === undefined ? null : formatInstant(lastModifiedMs),
    startingPosition: mapping.startingPosition ?? null,
    orphaned,
    iteratorAgeMs: age?.value ?? null,
    iteratorAgeAt: age === undefined ? null : formatInstant(age.atMs),
    failureQueueDepth: destination.kind === 'queue' ? (queueDepth(destination.attributes) ?? null) : null,
    destinationKind: destination.kind,
    settings: { ...mapping.settings, filters: mapping.settings.filters ?? null },
    filterError: mapping.filterError ?? null,
  };
}
