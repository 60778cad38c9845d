import { findFunction, parseFunctionRef } from '../lambda/find-function.js';
import { invokeFunction } from '../lambda/invoke-function.js';
import type { BatchRecord, LastInvocation, Outcome } from './batch.js';
import { outcomeOf, stateOf } from './function-reply.js';
import { eventJson, type WindowFrame } from './lambda-event.js';
import { deliveredRange, type LaneContext } from './lane-context.js';
import { countEvents, recordIteratorAge } from './mapping-metrics.js';

/** One try at handing records to a mapping's function. */
export interface HandOver {
  readonly outcome: Outcome;
  /** Absent when the function was not reached. */
  readonly invocation?: LastInvocation;
  /** JSON text of the state that it returned in a tumbling window. */
  readonly windowState?: string | undefined;
}

/** The name under which a tester lets the calls of mappings fail, apart from those of clients. */
const FAULT_OPERATION = 'MappingInvoke';

/** Invokes the mapping's function with some records, and tells what came of it. */
export async function handOver(
  context: LaneContext,
  records: readonly BatchRecord[],
  attempt: number,
  frame?: WindowFrame,
): Promise<HandOver> {
  const { state, region, mapping } = context;
  const { deliveries } = context;
  const definition = findFunction(state, region, parseFunctionRef(mapping.functionArn));
  const fault = state.faults.take(FAULT_OPERATION);
  if (definition === undefined || fault !== undefined) {
    const reason = definition === undefined ? 'Function not found' : 'Function was throttled';
    mapping.lastProcessingResult = `PROBLEM: ${reason}`;
    const range = deliveredRange(context, records);
    deliveries.add({ type: 'invocation', ...range, attempt, requestId: '', outcome: 'not-reached', reason });
    return { outcome: { kind: 'not-reached', reason } };
  }
  const last = records.at(-1);
  if (last !== undefined) recordIteratorAge(state, mapping, last.writtenAtMs);
  const requestId = state.ids.requestId();
  const { result } = await invokeFunction(state, region, definition, {
    requestId,
    event: eventJson(records, frame),
  });
  const windowState = frame === undefined || result.kind === 'failure' ? undefined : stateOf(result.json);
  const outcome = readResult(
    context,
    records,
    result,
    frame !== undefined && !frame.isFinal && windowState === undefined,
  );
  const functionError = outcome.kind === 'failed' ? outcome.functionError : null;
  report(context, records, { attempt, requestId, outcome });
  return { outcome, invocation: { requestId, functionError }, windowState };
}

function readResult(
  { mapping }: LaneContext,
  records: readonly BatchRecord[],
  result: Awaited<ReturnType<typeof invokeFunction>>['result'],
  lacksState: boolean,
): Outcome {
  if (result.kind === 'failure') return { kind: 'failed', from: undefined, functionError: 'Unhandled' };
  // In a tumbling window, a reply without a state counts as a failed invocation (FACTS B.4).
  if (lacksState) return { kind: 'failed', from: undefined, functionError: null };
  return mapping.settings.reportsItemFailures ? outcomeOf(result.json, records) : { kind: 'succeeded' };
}

function report(
  context: LaneContext,
  records: readonly BatchRecord[],
  { attempt, requestId, outcome }: { attempt: number; requestId: string; outcome: Outcome },
): void {
  const { state, mapping, deliveries } = context;
  const isFailed = outcome.kind === 'failed';
  const from = isFailed ? (outcome.from ?? 0) : records.length;
  mapping.lastProcessingResult = isFailed ? 'PROBLEM: Function call failed' : 'OK';
  countEvents(state, mapping, 'InvokedEventCount', records.length);
  countEvents(state, mapping, 'FailedInvokeEventCount', records.length - from);
  const failedFrom = records[from]?.sequenceNumber;
  deliveries.add({
    type: 'invocation',
    ...deliveredRange(context, records),
    attempt,
    requestId,
    outcome: isFailed ? (from > 0 ? 'partly-failed' : 'failed') : 'succeeded',
    ...(failedFrom === undefined ? {} : { failedFrom }),
  });
}
