import type { Shard } from '../aws/streams-gateway.js';

/** A shard and the shards that took its place. */
export interface ShardNode<S extends Pick<Shard, 'shardId' | 'parentShardId'> = Shard> {
  readonly shard: S;
  readonly children: readonly ShardNode<S>[];
}

/**
 * Builds the trees of lineage, by shard id. A shard whose parent is not listed, because it is trimmed (FACTS A.2), is
 * a root; every shard is in exactly one tree, whatever the parents say.
 */
export function buildShardTree<S extends Pick<Shard, 'shardId' | 'parentShardId'>>(
  shards: readonly S[],
): readonly ShardNode<S>[] {
  const sorted = [...shards].sort((a, b) => (a.shardId < b.shardId ? -1 : a.shardId > b.shardId ? 1 : 0));
  const listed = new Set(sorted.map(shard => shard.shardId));
  const childrenOf = new Map<string, S[]>();
  const roots: S[] = [];
  for (const shard of sorted) {
    const parentId = shard.parentShardId;
    if (parentId === undefined || !listed.has(parentId)) roots.push(shard);
    else childrenOf.set(parentId, [...(childrenOf.get(parentId) ?? []), shard]);
  }
  const placed = new Set<string>();
  const trees = roots.map(root => grow(root, childrenOf, placed));
  // Shards that name each other as parents are no lineage; they are shown all the same.
  for (const shard of sorted) if (!placed.has(shard.shardId)) trees.push(grow(shard, childrenOf, placed));
  return trees;
}

/** Grows a tree without recursion: the lineage of a busy day can be deep. */
function grow<S extends Pick<Shard, 'shardId' | 'parentShardId'>>(
  root: S,
  childrenOf: ReadonlyMap<string, readonly S[]>,
  placed: Set<string>,
): ShardNode<S> {
  const top: Growing<S> = { shard: root, children: [] };
  placed.add(root.shardId);
  const waiting = [top];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const shard of childrenOf.get(node.shard.shardId) ?? []) {
      if (placed.has(shard.shardId)) continue;
      placed.add(shard.shardId);
      const child: Growing<S> = { shard, children: [] };
      node.children.push(child);
      waiting.push(child);
    }
  }
  return top;
}

interface Growing<S> {
  readonly shard: S;
  readonly children: Growing<S>[];
}
