import { expect } from 'vitest';

/** An item with the key `pk`, on the wire. */
export interface WireItem {
  readonly pk: { readonly S: string };
}

/** A stream record, on the wire. */
export interface WireRecord {
  readonly eventName: string;
  readonly dynamodb: {
    readonly Keys: WireItem;
    readonly NewImage?: WireItem;
    readonly OldImage?: WireItem;
    readonly SequenceNumber: string;
  };
}

/** A shard, on the wire. */
export interface WireShard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
}

/** What the answers to the calls of property tests hold. */
export interface WireAnswer {
  readonly TableDescription?: { readonly LatestStreamArn: string };
  readonly Table?: { readonly LatestStreamArn: string };
  readonly StreamDescription?: { readonly Shards: readonly WireShard[] };
  readonly ShardIterator?: string;
  readonly NextShardIterator?: string;
  readonly Records?: readonly WireRecord[];
  readonly Items?: readonly WireItem[];
}

/** Makes a call without an SDK, for tests that make thousands; fails the test unless it succeeds. */
export async function wireCall(url: string, target: string, body: object, region = 'us-east-1'): Promise<WireAnswer> {
  const credential = `AKIAIOSFODNN7EXAMPLE/20261120/${region}/dynamodb/aws4_request`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': target, authorization: `AWS4-HMAC-SHA256 Credential=${credential}` },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  const answered: WireAnswer = JSON.parse(text);
  return answered;
}
