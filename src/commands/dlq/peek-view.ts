import type { BatchGroup, BatchGrouping } from '../../lib/dlq/group-batches.js';
import type { PeekResult, WaitingBatch } from '../../lib/dlq/peek.js';
import { formatInstant } from '../../lib/model/instant.js';
import { formatAge, formatCount, hoursLeft, plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes, type Palette } from '../../lib/terminal/palette.js';
import { shardTag } from '../../lib/terminal/record-blocks.js';
import { type Column, renderTable } from '../../lib/terminal/table.js';

const URGENT_MS = 3_600_000;
const SOON_MS = 6 * URGENT_MS;

/** One row a batch. */
export function batchTable(batches: readonly WaitingBatch[], nowMs: number, io: Io): Promise<string> {
  const paint = makePalettes(io).stdout;
  const columns: readonly Column[] = [
    { header: 'TIME LEFT', key: true },
    { header: 'FUNCTION' },
    { header: 'TABLE' },
    { header: 'SHARD' },
    { header: 'RECORDS', align: 'right', key: true },
    { header: 'FROM' },
    { header: 'CONDITION' },
    { header: 'TRIES', align: 'right', key: true },
    { header: 'GIVEN UP', key: true },
  ];
  const rows = batches.map(({ message: { batch, failure }, expiry }) => [
    leftText(expiry?.firstAtMs, nowMs, paint) + (expiry?.exact === false ? ' at most' : ''),
    failure.consumer === 'pipe' ? `${failure.consumerName} (pipe)` : failure.consumerName,
    batch.tableName,
    io.stdoutIsTty ? paint.shard(batch.shardId)(shardTag(batch.shardId)) : batch.shardId,
    batch.batchSize === undefined ? '?' : formatCount(batch.batchSize),
    batch.startSequenceNumber,
    failure.condition,
    failure.attempts === undefined ? '?' : formatCount(failure.attempts),
    failure.failedAtMs === undefined ? '?' : `${formatAge(nowMs - failure.failedAtMs)} ago`,
  ]);
  return renderTable(columns, rows, io);
}

/** One row a group. */
export function groupTable(
  groups: readonly BatchGroup[],
  by: BatchGrouping | undefined,
  nowMs: number,
  io: Io,
): Promise<string> {
  const paint = makePalettes(io).stdout;
  const columns: readonly Column[] = [
    { header: (by ?? 'group').toUpperCase(), key: true },
    { header: 'BATCHES', align: 'right', key: true },
    { header: 'RECORDS', align: 'right', key: true },
    { header: 'TIME LEFT', key: true },
    { header: 'FIRST GIVEN UP' },
  ];
  const rows = groups.map(group => [
    group.name,
    formatCount(group.batches),
    formatCount(group.records),
    leftText(group.soonestExpiryMs, nowMs, paint),
    group.firstFailureMs === undefined ? '?' : `${formatAge(nowMs - group.firstFailureMs)} ago`,
  ]);
  return renderTable(columns, rows, io);
}

/** How long the stream still remembers something, in the colour of its urgency. */
export function leftText(atMs: number | undefined, nowMs: number, paint: Palette): string {
  if (atMs === undefined) return 'not known';
  const leftMs = atMs - nowMs;
  const text = hoursLeft(leftMs);
  if (leftMs <= URGENT_MS) return paint.bad(text);
  return leftMs <= SOON_MS ? paint.warn(text) : text;
}

/** A batch as JSON. */
export function batchJson({ messageId, message, sentAtMs, receiveCount, expiry }: WaitingBatch, nowMs: number) {
  const { batch, failure, wrapped, records } = message;
  return {
    messageId,
    consumer: failure.consumer,
    function: failure.consumerName,
    consumerArn: failure.consumerArn,
    table: batch.tableName,
    streamArn: batch.streamArn,
    shardId: batch.shardId,
    startSequenceNumber: batch.startSequenceNumber,
    endSequenceNumber: batch.endSequenceNumber,
    records: batch.batchSize ?? null,
    condition: failure.condition,
    attempts: failure.attempts ?? null,
    functionError: failure.functionError ?? null,
    givenUpAt: instantOf(failure.failedAtMs),
    firstWrittenAt: instantOf(batch.firstArrivalMs),
    expiresAt: instantOf(expiry?.firstAtMs),
    expiresAtIsExact: expiry?.exact ?? false,
    timeLeftMs: expiry === undefined ? null : Math.max(0, expiry.firstAtMs - nowMs),
    sentAt: instantOf(sentAtMs),
    receiveCount: receiveCount ?? null,
    throughTopic: wrapped,
    carriesRecords: records !== undefined,
  };
}

/** A group as JSON. */
export function groupJson(group: BatchGroup, nowMs: number) {
  return {
    name: group.name,
    batches: group.batches,
    records: group.records,
    expiresAt: instantOf(group.soonestExpiryMs),
    timeLeftMs: group.soonestExpiryMs === undefined ? null : Math.max(0, group.soonestExpiryMs - nowMs),
    firstGivenUpAt: instantOf(group.firstFailureMs),
  };
}

/** Sentences about messages that are none of ours. */
export function foreignText({ kinesis, other }: PeekResult['foreign']): readonly string[] {
  return [
    ...(kinesis === 0 ? [] : [`${plural(kinesis, 'message')} of Kinesis streams; ddbx leaves them alone.`]),
    ...(other === 0
      ? []
      : [
          `${plural(other, 'message')} of another kind, which no mapping or pipe of a stream has sent; ddbx leaves them alone.`,
        ]),
  ];
}

function instantOf(ms: number | undefined): string | null {
  return ms === undefined ? null : formatInstant(ms);
}
