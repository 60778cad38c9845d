import { isJsonObject } from '../model/json-object.js';

/** What a function's answer says about its batch when the mapping reports batch item failures (FACTS B.4). */
export type BatchVerdict =
  | { readonly kind: 'success' }
  /** The records before `fromIndex` are done; Lambda goes on from that one, the lowest that was returned. */
  | { readonly kind: 'partial'; readonly fromIndex: number; readonly sequenceNumber: string }
  /** The whole batch counts as failed. */
  | { readonly kind: 'failed'; readonly reason: string };

const SUCCESS: BatchVerdict = { kind: 'success' };

/**
 * Reads an answer as Lambda does: no answer, `null`, `{}` and an empty or null list are success; an identifier that is empty, null,
 * under another key, or not in the batch fails the whole batch; else the lowest returned one tells where to go on (FACTS B.4).
 * What FACTS does not tell of (text, a list, an object of other members) names no failure, and is success.
 *
 * @param sequenceNumbers of the batch, in order
 */
export function judgeAnswer(body: string, sequenceNumbers: readonly string[]): BatchVerdict {
  const failures = batchItemFailures(body);
  if (failures === undefined || failures === null) return SUCCESS;
  if (!Array.isArray(failures)) return failed('its batchItemFailures is not a list');
  let lowest: number | undefined;
  for (const failure of failures as readonly unknown[]) {
    const identifier = isJsonObject(failure) ? failure['itemIdentifier'] : undefined;
    if (identifier === undefined) return failed('a batch item failure has no "itemIdentifier"');
    if (typeof identifier !== 'string') return failed(`itemIdentifier is ${JSON.stringify(identifier)}, not text`);
    if (identifier === '') return failed('an itemIdentifier is empty');
    const index = sequenceNumbers.indexOf(identifier);
    if (index < 0) return failed(`itemIdentifier ${identifier} is not in the batch`);
    if (lowest === undefined || index < lowest) lowest = index;
  }
  const sequenceNumber = lowest === undefined ? undefined : sequenceNumbers[lowest];
  if (lowest === undefined || sequenceNumber === undefined) return SUCCESS;
  return { kind: 'partial', fromIndex: lowest, sequenceNumber };
}

function batchItemFailures(body: string): unknown {
  if (!body.includes('batchItemFailures')) return undefined;
  try {
    const answer: unknown = JSON.parse(body);
    return isJsonObject(answer) ? answer['batchItemFailures'] : undefined;
  } catch {
    return undefined;
  }
}

function failed(reason: string): BatchVerdict {
  return { kind: 'failed', reason };
}
