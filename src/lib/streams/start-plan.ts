import pLimit from 'p-limit';
import type { Shard, StreamsGateway } from '../aws/streams-gateway.js';
import { isAwsError } from '../aws/aws-error.js';
import { usageError } from '../model/error.js';
import type { ReadStart, ShardPosition } from './read-events.js';
import { scanPage } from './record-page.js';
import { isOpen } from './shard-listing.js';
import type { StreamRecord } from './stream-record.js';

/** Where each shard is read from. */
export interface StartPlan {
  readonly positions: ReadonlyMap<string, ShardPosition>;
  /** Shards that are known and not listed: mostly gone, as asking for them shows, or the listing lags behind. */
  readonly unlisted: readonly Shard[];
}

/** Looks at the oldest readable record of a shard. */
export type Peek = (shard: Shard) => Promise<StreamRecord | undefined>;

const ENDED: ShardPosition = { kind: 'ended' };
const TRIM_HORIZON: ShardPosition = { kind: 'trim-horizon' };

/** Decides the position of every listed shard for a start. @throws DdbxError `usage` for a shard that is not listed */
export async function planStart(shards: readonly Shard[], start: ReadStart, peek: Peek): Promise<StartPlan> {
  const everyShard = (positionOf: (shard: Shard) => ShardPosition): StartPlan => ({
    positions: new Map(shards.map(shard => [shard.shardId, positionOf(shard)])),
    unlisted: [],
  });
  switch (start.from) {
    case 'latest':
      return everyShard(shard => (isOpen(shard) ? { kind: 'latest' } : ENDED));
    case 'trim-horizon':
      return everyShard(() => TRIM_HORIZON);
    case 'since': {
      const wanted = await shardsSince(shards, start.sinceMs, peek);
      return everyShard(shard => (wanted.has(shard.shardId) ? { kind: 'since', sinceMs: start.sinceMs } : ENDED));
    }
    case 'sequence-number': {
      if (!shards.some(shard => shard.shardId === start.shardId)) {
        throw usageError(
          `The stream has no shard ${start.shardId}.`,
          'ddbx streams describe <table> lists the shards; those older than 24 hours are gone.',
        );
      }
      const below = descendantsOf(start.shardId, shards);
      return everyShard(shard => {
        if (shard.shardId === start.shardId) return { kind: 'at', sequenceNumber: start.sequenceNumber };
        return below.has(shard.shardId) ? TRIM_HORIZON : ENDED;
      });
    }
    case 'positions':
      return planFromPositions(shards, start.positions);
  }
}

/**
 * Finds the shards that can hold records of `sinceMs` or later, from the youngest back: the records of a parent are
 * older than those of its children, so a child that begins before `sinceMs` rules its parent out.
 */
async function shardsSince(shards: readonly Shard[], sinceMs: number, peek: Peek): Promise<ReadonlySet<string>> {
  const byId = new Map(shards.map(shard => [shard.shardId, shard]));
  const children = new Map<string, Shard[]>();
  for (const shard of shards) {
    const parentId = shard.parentShardId;
    if (parentId === undefined || !byId.has(parentId)) continue;
    children.set(parentId, [...(children.get(parentId) ?? []), shard]);
  }
  // Records are stamped with whole seconds, rounded down (FACTS A.3).
  const sinceSecondMs = Math.floor(sinceMs / 1_000) * 1_000;
  const parallel = pLimit(8);
  const wanted = new Set<string>();
  const reachesBack = new Map<string, boolean>();
  let level = shards.filter(shard => !children.has(shard.shardId));
  while (level.length > 0) {
    await Promise.all(
      level.map(shard =>
        parallel(async () => {
          wanted.add(shard.shardId);
          const first = await peek(shard);
          reachesBack.set(shard.shardId, first !== undefined && first.createdAtMs < sinceSecondMs);
        }),
      ),
    );
    const parents = new Set(level.flatMap(shard => shard.parentShardId ?? []));
    level = [...parents].flatMap(parentId => {
      const parent = byId.get(parentId);
      const siblings = children.get(parentId) ?? [];
      const settled = siblings.every(child => reachesBack.has(child.shardId));
      const ruledOut = siblings.some(child => reachesBack.get(child.shardId) === true);
      return parent === undefined || wanted.has(parentId) || !settled || ruledOut ? [] : [parent];
    });
  }
  return wanted;
}

/**
 * Goes on from a checkpoint. A listed shard that it does not name is older than the checkpoint when one of its
 * descendants is named, and younger otherwise: then all of it is still to be read.
 */
function planFromPositions(shards: readonly Shard[], known: ReadonlyMap<string, ShardPosition>): StartPlan {
  const byId = new Map(shards.map(shard => [shard.shardId, shard]));
  const older = new Set<string>();
  for (const shardId of known.keys()) {
    let parentId = byId.get(shardId)?.parentShardId;
    while (parentId !== undefined && !older.has(parentId)) {
      older.add(parentId);
      parentId = byId.get(parentId)?.parentShardId;
    }
  }
  const isYoung = (shard: Shard): boolean => !known.has(shard.shardId) && !older.has(shard.shardId);
  // A young shard's parent that is neither listed nor known came and went between the checkpoint and now.
  const unseen = shards
    .filter(isYoung)
    .flatMap(({ parentShardId }) => (parentShardId === undefined || byId.has(parentShardId) ? [] : [parentShardId]))
    .filter(parentId => !known.has(parentId));
  const unlisted = [...new Set([...known.keys(), ...unseen])].filter(shardId => !byId.has(shardId));
  return {
    positions: new Map([
      ...unlisted.map(shardId => [shardId, known.get(shardId) ?? TRIM_HORIZON] as const),
      ...shards.map(
        shard => [shard.shardId, known.get(shard.shardId) ?? (isYoung(shard) ? TRIM_HORIZON : ENDED)] as const,
      ),
    ]),
    unlisted: unlisted.map(shardId => ({
      shardId,
      parentShardId: undefined,
      startingSequenceNumber: undefined,
      endingSequenceNumber: undefined,
    })),
  };
}

function descendantsOf(shardId: string, shards: readonly Shard[]): ReadonlySet<string> {
  const found = new Set([shardId]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const shard of shards) {
      if (shard.parentShardId === undefined || found.has(shard.shardId) || !found.has(shard.parentShardId)) continue;
      found.add(shard.shardId);
      grew = true;
    }
  }
  return found;
}

/** Empty pages to look behind before an open shard counts as empty; a closed one is followed to its end. */
const EMPTY_PAGES_OF_OPEN_SHARD = 10;
const EMPTY_PAGES_OF_CLOSED_SHARD = 1_000;

/** The oldest record that can still be read from a shard; undefined when there is none. @throws AwsError */
export async function peekFirstRecord(
  gateway: Pick<StreamsGateway, 'getShardIterator' | 'getRecords'>,
  streamArn: string,
  shard: Shard,
  signal?: AbortSignal,
): Promise<StreamRecord | undefined> {
  try {
    let iterator: string | undefined = await gateway.getShardIterator(
      { streamArn, shardId: shard.shardId, start: { type: 'TRIM_HORIZON' } },
      signal,
    );
    const patience = isOpen(shard) ? EMPTY_PAGES_OF_OPEN_SHARD : EMPTY_PAGES_OF_CLOSED_SHARD;
    for (let empty = 0; iterator !== undefined && empty < patience; empty += 1) {
      const page = scanPage(await gateway.getRecords({ iterator, limit: 1, streamArn }, signal));
      const [first] = page.records;
      if (first !== undefined) return first;
      iterator = page.nextShardIterator;
    }
    return undefined;
  } catch (error) {
    // It was trimmed away while it was looked at.
    if (isAwsError(error, 'trimmed', 'not-found')) return undefined;
    throw error;
  }
}
