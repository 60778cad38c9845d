import type { SandboxState } from '../state.js';
import type { Mapping } from './mapping.js';

/** The metrics that a mapping with EventCount reports: FACTS F. */
export type EventCountMetric =
  | 'PolledEventCount'
  | 'FilteredOutEventCount'
  | 'InvokedEventCount'
  | 'FailedInvokeEventCount'
  | 'DroppedEventCount'
  | 'OnFailureDestinationDeliveredEventCount';

const NAMESPACE = 'AWS/Lambda';

/** Counts events, when the mapping is set to. */
export function countEvents(state: SandboxState, mapping: Mapping, name: EventCountMetric, count: number): void {
  if (count === 0 || !mapping.settings.metrics.includes('EventCount')) return;
  const dimensions = { EventSourceMappingUUID: mapping.uuid };
  state.metrics.record({ region: mapping.region, namespace: NAMESPACE, name, dimensions }, count);
}

/** Records how far behind a mapping is: the age of the last record of a batch when it is handed over. */
export function recordIteratorAge(state: SandboxState, mapping: Mapping, writtenAtMs: number): void {
  const dimensions = { FunctionName: mapping.functionName };
  const id = { region: mapping.region, namespace: NAMESPACE, name: 'IteratorAge', dimensions };
  state.metrics.record(id, Math.max(0, state.clock.now() - writtenAtMs));
}

/** Counts a message to a failure destination that did not get there. */
export function countDeliveryFailure(state: SandboxState, mapping: Mapping): void {
  const dimensions = { FunctionName: mapping.functionName };
  const id = { region: mapping.region, namespace: NAMESPACE, name: 'DestinationDeliveryFailures', dimensions };
  state.metrics.record(id, 1);
}
