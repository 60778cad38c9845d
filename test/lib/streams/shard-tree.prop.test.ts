import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildShardTree, type ShardNode } from '../../../src/lib/streams/shard-tree.js';

interface Lineage {
  readonly shardId: string;
  readonly parentShardId: string | undefined;
}

/** Shards whose parents may be older shards, trimmed ones, themselves, or each other. */
const lineages = fc.array(fc.option(fc.nat({ max: 30 }), { nil: undefined }), { maxLength: 25 }).chain(parents =>
  fc.shuffledSubarray(
    parents.map((parent, index): Lineage => {
      return { shardId: `shard-${index}`, parentShardId: parent === undefined ? undefined : `shard-${parent}` };
    }),
    { minLength: 0 },
  ),
);

/** Every parent is an older shard; the younger ones come first by their names. */
const acyclic = fc.array(fc.nat(), { maxLength: 25 }).map(picks =>
  picks.map((pick, index): Lineage => {
    return { shardId: `shard-${99 - index}`, parentShardId: index === 0 ? undefined : `shard-${99 - (pick % index)}` };
  }),
);

function flatten(nodes: readonly ShardNode<Lineage>[]): readonly ShardNode<Lineage>[] {
  return nodes.flatMap(node => [node, ...flatten(node.children)]);
}

describe('buildShardTree', () => {
  it('places every shard exactly once', () => {
    fc.assert(
      fc.property(lineages, shards => {
        const placed = flatten(buildShardTree(shards)).map(node => node.shard.shardId);
        expect([...placed].sort()).toEqual(shards.map(shard => shard.shardId).sort());
      }),
    );
  });

  it('hangs a shard under its parent and nothing else; roots are those whose parent is not listed', () => {
    fc.assert(
      fc.property(lineages, shards => {
        const trees = buildShardTree(shards);
        const listed = new Map(shards.map(shard => [shard.shardId, shard]));
        for (const { shard, children } of flatten(trees)) {
          for (const child of children) expect(child.shard.parentShardId).toBe(shard.shardId);
        }
        const rootIds = new Set(trees.map(tree => tree.shard.shardId));
        for (const shard of shards) {
          if (shard.parentShardId === undefined || !listed.has(shard.parentShardId)) {
            expect(rootIds.has(shard.shardId)).toBe(true);
          }
        }
      }),
    );
  });

  it('has no other roots, as long as no shard descends from itself', () => {
    fc.assert(
      fc.property(acyclic, fc.nat({ max: 3 }), (lineage, trimmed) => {
        const shards = lineage.slice(trimmed);
        const listed = new Set(shards.map(shard => shard.shardId));
        const roots = shards.filter(({ parentShardId }) => parentShardId === undefined || !listed.has(parentShardId));
        const found = buildShardTree(shards).map(tree => tree.shard.shardId);
        expect([...found].sort()).toEqual(roots.map(shard => shard.shardId).sort());
      }),
    );
  });

  it('does not depend on the order in which the shards are listed', () => {
    fc.assert(
      fc.property(acyclic, shards => {
        expect(buildShardTree([...shards].reverse())).toEqual(buildShardTree(shards));
      }),
    );
  });

  it('survives a lineage of ten thousand generations', () => {
    const shards = Array.from({ length: 10_000 }, (_, index): Lineage => {
      return { shardId: `shard-${index}`, parentShardId: index === 0 ? undefined : `shard-${index - 1}` };
    });
    let depth = 0;
    for (let nodes = buildShardTree(shards); nodes.length > 0; nodes = nodes[0]?.children ?? []) depth += 1;
    expect(depth).toBe(10_000);
  });
});
