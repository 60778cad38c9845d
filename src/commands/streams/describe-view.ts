import { formatInstant } from '../../lib/model/instant.js';
import type { ShardDescription, StreamDescription } from '../../lib/streams/describe-stream.js';
import { buildShardTree, type ShardNode } from '../../lib/streams/shard-tree.js';
import { formatAge, hoursLeft, plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes, type Palette } from '../../lib/terminal/palette.js';
import { keyValues } from '../../lib/terminal/table.js';
import { renderTree, type TreeNode } from '../../lib/terminal/tree.js';

/** A shard as json and ndjson show it. */
export function shardJson(shard: ShardDescription) {
  const { oldestRecord, oldestRecordLeftMs } = shard;
  return {
    shardId: shard.shardId,
    parentShardId: shard.parentShardId ?? null,
    open: shard.open,
    startingSequenceNumber: shard.startingSequenceNumber ?? null,
    endingSequenceNumber: shard.endingSequenceNumber ?? null,
    oldestRecordAt: oldestRecord?.kind === 'record' ? formatInstant(oldestRecord.createdAtMs) : null,
    hoursLeft: oldestRecordLeftMs === undefined ? null : Math.round(oldestRecordLeftMs / 360_000) / 10,
    /** `record`, or why there is none; null when nobody looked. */
    look: oldestRecord?.kind ?? null,
  };
}

/** The shards under their parents, by id. */
interface LineageJson {
  readonly shardId: string;
  readonly children: readonly LineageJson[];
}

/** The description as one document: the shards in a list, and their lineage as a tree of ids. */
export function describeDocument(description: StreamDescription, region: string) {
  const { createdAtMs } = description;
  return {
    stream: {
      table: description.tableName,
      region,
      streamArn: description.streamArn,
      label: description.label,
      status: description.status,
      viewType: description.viewType ?? null,
      createdAt: createdAtMs === undefined ? null : formatInstant(createdAtMs),
      openShards: description.openShards,
      closedShards: description.closedShards,
      getRecordsRequests: description.getRecordsRequests,
    },
    shards: description.shards.map(shardJson),
    lineage: mapTrees(buildShardTree(description.shards), (shard, children): LineageJson => {
      return { shardId: shard.shardId, children };
    }),
  };
}

/** The stream and the tree of its shards for people. */
export function describeText(description: StreamDescription, region: string, peeked: boolean, io: Io): string {
  const paint = makePalettes(io).stdout;
  const { createdAtMs, nowMs, openShards, closedShards } = description;
  const head = keyValues(
    [
      ['table', `${paint.bold(description.tableName)} (${region})`],
      ['stream', description.streamArn],
      ['status', description.status === 'ENABLED' ? paint.good(description.status) : paint.warn(description.status)],
      ['view type', description.viewType ?? '-'],
      [
        'created',
        createdAtMs === undefined
          ? '-'
          : `${formatInstant(createdAtMs)} (${formatAge(Math.max(0, nowMs - createdAtMs))} ago)`,
      ],
      ['shards', `${plural(openShards + closedShards, 'shard')}: ${openShards} open, ${closedShards} closed`],
    ],
    io,
  );
  const nodes = mapTrees(buildShardTree(description.shards), (shard, children): TreeNode => {
    return { label: shardLabel(shard, peeked, paint), children };
  });
  return nodes.length === 0 ? head : `${head}\n\n${renderTree(nodes, io)}`;
}

function shardLabel(shard: ShardDescription, peeked: boolean, paint: Palette): string {
  const state = shard.open ? paint.good('open') : paint.dim('closed');
  const start = shard.startingSequenceNumber ?? '?';
  const range = paint.dim(`${start} .. ${shard.endingSequenceNumber ?? ''}`.trimEnd());
  const parts = [paint.shard(shard.shardId)(shard.shardId), state, range];
  return (peeked ? [...parts, oldestText(shard, paint)] : parts).join('  ');
}

function oldestText({ open, oldestRecord, oldestRecordLeftMs }: ShardDescription, paint: Palette): string {
  switch (oldestRecord?.kind) {
    case 'record':
      return `oldest ${formatInstant(oldestRecord.createdAtMs)}, ${hoursLeft(oldestRecordLeftMs ?? 0)}`;
    case 'none':
      return paint.dim('empty');
    case 'not-found':
      return paint.dim(open ? 'nothing yet' : 'nothing in the first pages');
    case 'gone':
      return paint.dim('trimmed');
    case 'unknown':
      return paint.warn(`not readable: ${oldestRecord.reason}`);
    case undefined:
      return '';
  }
}

/** Builds something of each tree from the leaves up, without recursion: a lineage can be deep. */
function mapTrees<T>(
  roots: readonly ShardNode<ShardDescription>[],
  make: (shard: ShardDescription, children: readonly T[]) => T,
): readonly T[] {
  const order: ShardNode<ShardDescription>[] = [];
  const waiting = [...roots];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    order.push(node);
    waiting.push(...node.children);
  }
  const made = new Map<ShardNode<ShardDescription>, T>();
  const of = (nodes: readonly ShardNode<ShardDescription>[]): readonly T[] =>
    nodes.map(node => made.get(node)).filter(value => value !== undefined);
  for (const node of order.reverse()) made.set(node, make(node.shard, of(node.children)));
  return of(roots);
}
