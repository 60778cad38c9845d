import { formatDuration } from '../../lib/model/duration.js';
import { formatInstant } from '../../lib/model/instant.js';
import type { StreamRef } from '../../lib/streams/read-events.js';
import type { TailEvent } from '../../lib/streams/tail.js';
import type { Aside } from '../../lib/terminal/output.js';
import { shardTag } from '../../lib/terminal/record-blocks.js';

type BesideRecords = Exclude<TailEvent, { type: 'records' | 'summary' }>;

/**
 * Says in a sentence, and as an event for machines, what happened beside the records.
 * Undefined for what nobody needs to read.
 */
export function asideOf(event: BesideRecords): Aside | undefined {
  const machine = { ...event, stream: undefined, ...streamFields(event.stream) };
  const note = (text: string): Aside => ({ level: 'note', text, event: machine });
  const warning = (text: string): Aside => ({ level: 'warning', text, event: machine });
  const { tableName } = event.stream;
  switch (event.type) {
    case 'shard-opened':
      return event.parentShardId === undefined || event.position.kind === 'latest'
        ? undefined
        : note(`shard ${shardTag(event.shardId)} of ${tableName} opened, after ${shardTag(event.parentShardId)}`);
    case 'shard-ended':
      return note(`shard ${shardTag(event.shardId)} of ${tableName} ended`);
    case 'caught-up':
      return note(
        `caught up with ${tableName} (${event.stream.region}): ${event.shards} shard${event.shards === 1 ? '' : 's'}`,
      );
    case 'throttled':
      return note(
        `throttled on shard ${shardTag(event.shardId)} of ${tableName}; trying again in ${formatDuration(event.delayMs)}`,
      );
    case 'retrying':
      return note(
        `no answer for shard ${shardTag(event.shardId)} of ${tableName} (${event.reason}); trying again in ${formatDuration(event.delayMs)}`,
      );
    case 'iterator-renewed':
      return undefined;
    case 'gap':
      return warning(gapText(event));
    case 'stream-ended':
      return note(
        event.reason === 'deleted'
          ? `the stream of ${tableName} is gone: it was deleted`
          : `the stream of ${tableName} was disabled and is read to its end`,
      );
    case 'stream-replaced':
      return note(`${tableName} has a new stream, which is read from its beginning: ${event.stream.streamArn}`);
  }
}

function gapText(gap: Extract<BesideRecords, { type: 'gap' }>): string {
  const shard = `shard ${gap.shardId} of ${gap.stream.tableName}`;
  const from =
    gap.fromMs !== undefined
      ? `after ${formatInstant(gap.fromMs)}`
      : gap.fromSequenceNumber !== undefined
        ? `from sequence number ${gap.fromSequenceNumber}`
        : 'from its beginning';
  const to = gap.toMs === undefined ? '' : `, before ${formatInstant(gap.toMs)}`;
  return gap.reason === 'shard-gone'
    ? `gap: ${shard} is no longer there; what it held ${from} is lost`
    : `gap: records of ${shard} ${from}${to} are lost: the stream keeps records for 24 hours`;
}

function streamFields(stream: StreamRef) {
  return { table: stream.tableName, region: stream.region, eventSourceARN: stream.streamArn };
}
