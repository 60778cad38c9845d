import { describe, expect, it } from 'vitest';
import type { Shard } from '../../../src/lib/aws/streams-gateway.js';
import { Lineage } from '../../../src/lib/streams/lineage.js';

function aShard(shardId: string, parentShardId?: string): Shard {
  return { shardId, parentShardId, startingSequenceNumber: undefined, endingSequenceNumber: undefined };
}

const fromTheStart = () => ({ kind: 'trim-horizon' }) as const;
const ready = (lineage: Lineage): readonly string[] => lineage.takeReady().map(({ shard }) => shard.shardId);

describe('lineage', () => {
  it('hands out each shard once, children when their parent has ended', () => {
    const lineage = new Lineage();
    lineage.add([aShard('c', 'a'), aShard('a'), aShard('b', 'gone')], fromTheStart);
    expect(ready(lineage)).toEqual(['a', 'b']);
    expect(ready(lineage)).toEqual([]);
    lineage.end('b');
    expect(ready(lineage)).toEqual([]);
    lineage.end('a');
    expect(ready(lineage)).toEqual(['c']);
    expect(lineage.hasChild('a')).toBe(true);
    expect(lineage.hasChild('c')).toBe(false);
  });

  it('takes a shard at its end for read, and knows a shard that it was told before', () => {
    const lineage = new Lineage();
    lineage.add([aShard('a')], () => ({ kind: 'ended' }));
    lineage.add([aShard('a'), aShard('b', 'a')], fromTheStart);
    expect(ready(lineage)).toEqual(['b']);
  });

  it('forgets what is read and was left out of three listings, not what a listing is yet to name', () => {
    const lineage = new Lineage();
    lineage.add([aShard('old'), aShard('new'), aShard('reading')], fromTheStart);
    ready(lineage);
    lineage.end('old');
    lineage.end('new');
    lineage.forget(new Set(['old', 'reading']));
    for (let listing = 0; listing < 3; listing += 1) {
      lineage.add([aShard('old'), aShard('new'), aShard('reading')], fromTheStart);
      expect(ready(lineage)).toEqual([]);
      lineage.forget(new Set());
    }
    lineage.add([aShard('old'), aShard('new'), aShard('reading')], fromTheStart);
    expect(ready(lineage)).toEqual(['old']);
  });
});
