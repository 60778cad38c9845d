import { isMembers, type Members } from '../members.js';
import type { BatchRecord } from './batch.js';

/** What an event of a tumbling window says beside its records: FACTS B.4. */
export interface WindowFrame {
  readonly startMs: number;
  readonly endMs: number;
  /** JSON text. */
  readonly state: string;
  readonly shardId: string;
  readonly streamArn: string;
  readonly isFinal: boolean;
  readonly isTerminatedEarly: boolean;
}

/** A record of GetRecords as Lambda hands it to functions: it says where it is from, and writes who acted in its own way. */
export function lambdaRecord(record: Members, streamArn: string): Members {
  const { userIdentity } = record;
  return {
    eventID: record['eventID'],
    eventName: record['eventName'],
    eventVersion: record['eventVersion'],
    eventSource: record['eventSource'],
    awsRegion: record['awsRegion'],
    dynamodb: record['dynamodb'],
    ...(isMembers(userIdentity)
      ? { userIdentity: { type: userIdentity['Type'], principalId: userIdentity['PrincipalId'] } }
      : {}),
    eventSourceARN: streamArn,
  };
}

/** The JSON text of an event: FACTS B.7, and in a tumbling window B.4. */
export function eventJson(records: readonly BatchRecord[], window?: WindowFrame): string {
  const list = `"Records":[${records.map(({ json }) => json).join(',')}]`;
  if (window === undefined) return `{${list}}`;
  const rest = JSON.stringify({
    window: { start: instant(window.startMs), end: instant(window.endMs) },
    shardId: window.shardId,
    eventSourceARN: window.streamArn,
    isFinalInvokeForWindow: window.isFinal,
    isWindowTerminatedEarly: window.isTerminatedEarly,
  });
  return `{${list},"state":${window.state},${rest.slice(1)}`;
}

/** Windows and arrivals are told to the second. */
export function instant(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
