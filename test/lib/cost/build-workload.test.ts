import { describe, expect, it } from 'vitest';
import { buildWorkload } from '../../../src/lib/cost/build-workload.js';
import type { Workload } from '../../../src/lib/cost/workload.js';
import { exact } from '../../../src/lib/model/exact.js';
import { complaintOf } from './complaint.js';

/** Fields as they are typed; a field that is repeated has a list. */
type Typed = Readonly<Record<string, string | readonly string[]>>;

function build(fields: Typed): Workload {
  const texts = new Map(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  );
  return buildWorkload(texts, field => `--${field}`, 'us-east-1');
}

describe('a workload', () => {
  it('is a table of one Region on demand, with items of 1 KB, when nothing is said', () => {
    expect(build({})).toMatchObject({
      regions: [{ region: 'us-east-1', writes: exact(0), reads: exact(0) }],
      consistency: 'eventual',
      capacity: { mode: 'on-demand' },
      tableClass: 'standard',
      itemBytes: 1024,
      readConsistency: 'eventual',
      indexes: [],
      pitr: 'nowhere',
      streamReaders: undefined,
      trigger: undefined,
      measured: false,
    });
  });

  it('puts rates where they were said to be', () => {
    const { regions } = build({
      region: 'eu-west-1',
      replica: ['us-east-1', 'us-west-2'],
      writes: ['1/month', 'us-west-2=2/month'],
      reads: 'us-east-1=3/month',
    });
    expect(regions.map(({ region, writes, reads }) => [region, writes.toNumber(), reads.toNumber()])).toEqual([
      ['eu-west-1', 1, 0],
      ['us-east-1', 0, 3],
      ['us-west-2', 2, 0],
    ]);
  });

  it('reads groups of indexes, and leaves their size to the item where none is given', () => {
    expect(build({ 'item-size': '2KB', gsi: ['2', '1:50%', '1:10%:200B'] }).indexes).toEqual([
      { name: '1', share: exact(1), itemBytes: undefined },
      { name: '2', share: exact(1), itemBytes: undefined },
      { name: '3', share: exact('0.5'), itemBytes: undefined },
      { name: '4', share: exact('0.1'), itemBytes: 200 },
    ]);
  });

  it('counts a backup a day, whole ones', () => {
    expect(build({ 'backup-retention': '35d' }).backupsKept.toFixed()).toBe('35');
    expect(build({ 'backup-retention': '36h' }).backupsKept.toFixed()).toBe('2');
  });

  it('reads readers of the stream and a trigger with what is usual', () => {
    expect(build({ 'stream-readers': '2' }).streamReaders).toEqual({ count: 2, pollIntervalMs: 1000, shards: 1 });
    expect(build({ trigger: '100' }).trigger).toEqual({
      batchSize: 100,
      duration: undefined,
      architecture: 'x86',
      passShare: exact(1),
      failedShare: exact(0),
    });
    expect(build({ trigger: '10:250:512', architecture: 'arm64', 'filter-pass': '12%', failed: '1%' }).trigger).toEqual(
      {
        batchSize: 10,
        duration: { ms: 250, memoryMb: 512 },
        architecture: 'arm64',
        passShare: exact('0.12'),
        failedShare: exact('0.01'),
      },
    );
  });

  it('takes a strong table of three Regions, one of them a witness', () => {
    expect(build({ replica: 'us-east-2', consistency: 'strong', witness: 'us-west-2' })).toMatchObject({
      consistency: 'strong',
      witness: 'us-west-2',
    });
    expect(build({ replica: ['us-east-2', 'us-west-2'], consistency: 'strong' }).regions).toHaveLength(3);
  });
});

const BAD: readonly (readonly [Typed, string])[] = [
  [
    { 'item-size': '401KB' },
    '--item-size: "401KB" is more than an item can have. DynamoDB takes items of up to 400KB.',
  ],
  [{ 'item-size': '1' }, '--item-size: "1" is not a size.'],
  [{ transactional: '101%' }, '--transactional: "101%" is more than all of it. A share is between 0% and 100%.'],
  [{ writes: '-1/day' }, '--writes: "-1/day" is not a rate.'],
  [{ writes: ['1/day', '2/day'] }, '--writes: us-east-1 has two rates. Give their sum.'],
  [{ reads: 'eu-west-1=1/day' }, '--reads: the table is not in eu-west-1. It is in us-east-1.'],
  [{ replica: 'us-east-1' }, '--replica: us-east-1 is named twice.'],
  [{ replica: ['eu-west-1', 'eu-west-1'] }, '--replica: eu-west-1 is named twice.'],
  [{ gsi: '0' }, '--gsi: "0" does not describe indexes.'],
  [{ gsi: '1:50%:200B:x' }, 'does not describe indexes'],
  [{ gsi: '1:150%' }, '--gsi: "150%" is more than all of it.'],
  [{ gsi: '1:50%:2KB' }, '--gsi: "2KB" is more than the item has that it is taken from. An index holds the item (1KB'],
  [{ gsi: '999999999999' }, '--gsi: "999999999999" is more indexes than a table has.'],
  [{ gsi: ['60', '60'] }, '120 indexes are more than a table has.'],
  [{ capacity: 'reserved' }, '--capacity: "reserved" is none of on-demand, provisioned.'],
  [{ utilization: '50%' }, '--utilization is of provisioned capacity only. Add --capacity provisioned.'],
  [{ capacity: 'provisioned', utilization: '0%', writes: '1/s' }, 'at 0% no capacity would ever be enough'],
  [{ capacity: 'provisioned' }, '--capacity: how much to provision follows from the rates, and there is none.'],
  [
    { witness: 'us-west-2' },
    '--witness: only a table with strong consistency has a witness. Add --consistency strong.',
  ],
  [{ consistency: 'strong' }, 'has exactly three Regions, not 1'],
  [{ consistency: 'strong', replica: 'us-east-2' }, 'not 2. Name two replicas, or one replica and a --witness.'],
  [
    { consistency: 'strong', replica: 'us-east-2', witness: 'us-east-2' },
    '--witness: us-east-2 holds a replica already; a witness is another Region.',
  ],
  [
    { consistency: 'strong', replica: ['us-east-2', 'us-west-2'], 'ttl-deletes': '1/day' },
    'with strong consistency has no TTL',
  ],
  [
    { consistency: 'strong', replica: ['us-east-2', 'us-west-2'], transactional: '1%' },
    'with strong consistency has no transactions',
  ],
  [{ 'poll-interval': '1s' }, '--poll-interval is of readers of their own, and there are none.'],
  [{ shards: '4' }, '--shards is of readers of their own'],
  [{ 'stream-readers': '0' }, '--stream-readers: "0" is not a whole number above 0.'],
  [{ 'stream-readers': '1.5' }, 'not a whole number above 0'],
  [{ 'stream-readers': '1', 'poll-interval': '0s' }, '--poll-interval: nobody asks without a pause.'],
  [{ 'filter-pass': '10%' }, '--filter-pass is of a trigger, and there is none. Add --trigger'],
  [{ trigger: '100:200' }, '--trigger: "100:200" does not describe a trigger.'],
  [{ trigger: '20000' }, 'A batch has 1 to 10,000 records.'],
  [{ trigger: '100:200:64' }, 'A function has 128 to 10,240 MB.'],
  [{ trigger: '100:900001:128' }, 'An invocation ends after 15 minutes at the latest.'],
  [{ storage: '12KB' }, '--storage: "12KB" is not a storage size.'],
];

describe('a workload that cannot be', () => {
  it.each(BAD)('%j: %s', (fields, complaint) => {
    expect(complaintOf(() => build(fields))).toContain(complaint);
  });
});
