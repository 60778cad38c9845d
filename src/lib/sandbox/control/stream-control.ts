import type { SandboxState } from '../state.js';
import { createGeneratedSegment, type GeneratedEvent } from '../streams/generated-segment.js';
import { after, parseSequence } from '../streams/sequence.js';
import { type Shard, trimShardBefore } from '../streams/shard.js';
import type { TableStream } from '../streams/table-stream.js';
import {
  ControlError,
  controlInput,
  numberOf,
  openShardIn,
  optionalNumberOf,
  optionalTextOf,
  regionIn,
  streamIn,
  tableIn,
} from './control-input.js';
import type { Members } from '../members.js';

const EVENTS: readonly GeneratedEvent[] = ['INSERT', 'MODIFY', 'REMOVE', 'mixed'];
const DEFAULT_RECORD_BYTES = 1_200;
const MAX_SEEDED = 1_000_000_000;

/** A shard that was closed, and the ones that followed it. */
export interface Reshard {
  readonly parent: string;
  readonly children: readonly string[];
}

/** Closes an open shard and opens two children. */
export function splitShard(input: unknown, state: SandboxState): Reshard {
  return reshard(input, state, (stream, shard) => {
    if (shard.range.high - shard.range.low < 2) throw new ControlError(`${shard.id} cannot be split any further`);
    return stream.split(shard);
  });
}

/** Closes an open shard and opens one child. */
export function rollShard(input: unknown, state: SandboxState): Reshard {
  return reshard(input, state, (stream, shard) => [stream.roll(shard)]);
}

function reshard(
  input: unknown,
  state: SandboxState,
  divide: (stream: TableStream, shard: Shard) => readonly Shard[],
): Reshard {
  const members = controlInput(input, ['region', 'table', 'shardId']);
  const stream = streamIn(members, regionIn(members, state));
  const shard = openShardIn(members, stream);
  return { parent: shard.id, children: divide(stream, shard).map(({ id }) => id) };
}

/** Forgets records, as after 24 hours. */
export function trim(input: unknown, state: SandboxState): { readonly trimmed: number } {
  const members = controlInput(input, ['region', 'table', 'shardId', 'upTo', 'olderThanMs', 'all']);
  const region = regionIn(members, state);
  const table = tableIn(members, region);
  const streams = [...region.streams.values()].filter(({ identity }) => identity.arn === table.latestStream?.arn);
  const [stream] = streams;
  if (stream === undefined) throw new ControlError(`${table.name} in ${region.name} has no stream`);
  const end = trimEnd(members, state);
  const id = optionalTextOf(members, 'shardId');
  const shards = stream.shards.filter(shard => id === undefined || shard.id === id);
  if (shards.length === 0) throw new ControlError(`There is no shard ${id ?? ''} in ${stream.identity.arn}`);
  let trimmed = 0;
  for (const shard of shards) {
    trimmed += trimShardBefore(shard, end(shard));
    // An empty closed shard has nothing to lose, and goes as if its time were over.
    if (members['all'] === true && shard.endingPoint !== undefined) shard.trimmedThrough ??= shard.endingPoint;
  }
  stream.dropGoneShards();
  return { trimmed };
}

/** Which records go: the index behind the last of them, in each shard. */
function trimEnd(members: Members, state: SandboxState): (shard: Shard) => number {
  const upTo = optionalTextOf(members, 'upTo');
  const olderThanMs = optionalNumberOf(members, 'olderThanMs', 0);
  const all = members['all'];
  if (all !== undefined && all !== true) throw new ControlError('"all" can only be true');
  if ([upTo, olderThanMs, all].filter(each => each !== undefined).length !== 1) {
    throw new ControlError('Say what to trim: one of "upTo" (a sequence number), "olderThanMs" or "all": true');
  }
  if (olderThanMs !== undefined) return ({ log }) => log.indexWrittenSince(state.clock.now() - olderThanMs);
  if (upTo === undefined) return ({ log }) => log.nextIndex;
  const point = parseSequence(upTo);
  if (point === undefined) throw new ControlError(`"upTo" must be a sequence number, not ${upTo}`);
  return ({ log }) => log.indexAtOrAfter(after(point));
}

/** Makes all iterators of a table, of a Region or of the sandbox expired. */
export function expireIterators(input: unknown, state: SandboxState): { readonly streams: number } {
  const members = controlInput(input, ['region', 'table']);
  const name = optionalTextOf(members, 'table');
  const isOne = members['region'] !== undefined || name !== undefined;
  const regions = isOne ? [regionIn(members, state)] : [...state.regions.values()];
  const streams = regions
    .flatMap(region => [...region.streams.values()])
    .filter(({ identity }) => name === undefined || identity.tableName === name);
  if (streams.length === 0 && name !== undefined) throw new ControlError(`${name} has no stream`);
  for (const stream of streams) stream.iteratorEpoch += 1;
  return { streams: streams.length };
}

/** Appends made-up records to the open shards of a table's stream. */
export function seedRecords(
  input: unknown,
  state: SandboxState,
): { readonly records: number; readonly shards: number } {
  const members = controlInput(input, ['region', 'table', 'count', 'bytes', 'event', 'spanMs']);
  const region = regionIn(members, state);
  const table = tableIn(members, region);
  const stream = streamIn(members, region);
  const count = numberOf(members, 'count', 1);
  if (!Number.isInteger(count) || count > MAX_SEEDED) {
    throw new ControlError(`"count" must be a whole number of at most ${MAX_SEEDED}`);
  }
  const spanMs = optionalNumberOf(members, 'spanMs', 0) ?? 0;
  const event = eventOf(members);
  const records = {
    region: region.name,
    viewType: stream.identity.viewType,
    keys: table.keys,
    keyTypes: table.keyTypes,
    recordBytes: optionalNumberOf(members, 'bytes', 1) ?? DEFAULT_RECORD_BYTES,
    event,
    eventIdPrefix: state.ids.hex(16),
  };
  const shards = stream.openShards.length;
  const counts = stream.openShards.map((_, at) => Math.floor(count / shards) + (at < count % shards ? 1 : 0));
  const endMs = state.clock.now();
  stream.recordRuns(counts, run =>
    createGeneratedSegment(run, records, Math.max(endMs - spanMs, run.notBeforeMs), endMs),
  );
  return { records: count, shards };
}

function eventOf(members: Members): GeneratedEvent {
  const given = optionalTextOf(members, 'event') ?? 'mixed';
  const event = EVENTS.find(each => each === given);
  if (event === undefined) throw new ControlError(`"event" must be one of ${EVENTS.join(', ')}, not ${given}`);
  return event;
}
