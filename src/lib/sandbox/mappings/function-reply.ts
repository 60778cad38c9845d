import { isMembers } from '../members.js';
import type { BatchRecord, Outcome } from './batch.js';

/**
 * Reads what a function with ReportBatchItemFailures has returned: the lowest sequence number in its list is where the
 * retry begins. A list that is empty or missing is success; an identifier that is empty, null, under another name or not
 * of this batch fails the whole (FACTS B.4).
 *
 * @param json the JSON text of the reply.
 */
export function outcomeOf(json: string, records: readonly BatchRecord[]): Outcome {
  const reply: unknown = JSON.parse(json);
  const failures = isMembers(reply) ? reply['batchItemFailures'] : undefined;
  if (failures === undefined || failures === null) return { kind: 'succeeded' };
  if (!Array.isArray(failures)) return wholeBatch;
  if (failures.length === 0) return { kind: 'succeeded' };
  const indexes = failures.map((failure: unknown) => {
    const identifier = isMembers(failure) ? failure['itemIdentifier'] : undefined;
    return records.findIndex(({ sequenceNumber }) => sequenceNumber === identifier);
  });
  if (indexes.includes(-1)) return wholeBatch;
  return { kind: 'failed', from: Math.min(...indexes), functionError: null };
}

const wholeBatch: Outcome = { kind: 'failed', from: undefined, functionError: null };

/** The JSON text of the `state` that a function returned in a tumbling window; `undefined` when there is none. */
export function stateOf(json: string): string | undefined {
  const reply: unknown = JSON.parse(json);
  const state = isMembers(reply) ? reply['state'] : undefined;
  return isMembers(state) ? JSON.stringify(state) : undefined;
}
