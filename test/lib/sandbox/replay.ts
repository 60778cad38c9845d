import { expect } from 'vitest';
import { type WireItem, type WireRecord, type WireShard, wireCall } from './wire.js';

/** A stream in a running sandbox. */
export interface WireStream {
  readonly url: string;
  readonly arn: string;
  readonly region?: string;
}

const call = ({ url, region }: WireStream, operation: string, body: object) =>
  wireCall(url, `DynamoDBStreams_20120810.${operation}`, body, region);

/** The shards of a stream, oldest first. */
export async function wireShards(stream: WireStream): Promise<readonly WireShard[]> {
  return (await call(stream, 'DescribeStream', { StreamArn: stream.arn })).StreamDescription?.Shards ?? [];
}

/** Everything in a stream, shard by shard; the shards' ids are in the order of their birth, so parents come first. */
export async function wireRecords(stream: WireStream, limit: number): Promise<readonly WireRecord[]> {
  const records: WireRecord[] = [];
  for (const { ShardId } of await wireShards(stream)) {
    const start = { StreamArn: stream.arn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    let iterator = (await call(stream, 'GetShardIterator', start)).ShardIterator;
    while (iterator !== undefined) {
      const page = await call(stream, 'GetRecords', { ShardIterator: iterator, Limit: limit });
      records.push(...(page.Records ?? []));
      iterator = page.Records?.length === 0 ? undefined : page.NextShardIterator;
    }
  }
  return records;
}

/** Applies records to `items`; each must fit onto what the ones before it left. */
export function replay(records: readonly WireRecord[], before: readonly WireItem[] = []) {
  const items = new Map(before.map(item => [item.pk.S, item]));
  const numbers: string[] = [];
  for (const { eventName, dynamodb: change } of records) {
    const key = change.Keys.pk.S;
    const known = items.get(key);
    expect(change.OldImage).toEqual(known);
    expect(change.NewImage).not.toEqual(known);
    expect(eventName).toBe(change.NewImage === undefined ? 'REMOVE' : known === undefined ? 'INSERT' : 'MODIFY');
    if (change.NewImage === undefined) items.delete(key);
    else items.set(key, change.NewImage);
    numbers.push(change.SequenceNumber);
  }
  return { items, numbers };
}
