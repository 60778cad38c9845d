import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import type { Shard, StreamPage, StreamStatus, StreamsGateway } from '../../src/lib/aws/streams-gateway.js';
import type { Clock } from '../../src/lib/model/clock.js';
import type { WireRecord, WireStreamData } from '../../src/lib/streams/stream-record.js';
import { fakeRecord } from './fake-record.js';

type Operation = 'ListStreams' | 'DescribeStream' | 'GetShardIterator' | 'GetRecords';
type DescribeInput = Parameters<StreamsGateway['describeStream']>[0];
type IteratorInput = Parameters<StreamsGateway['getShardIterator']>[0];
type RecordsInput = Parameters<StreamsGateway['getRecords']>[0];

/** One call that a test may look at, or make fail. */
export interface FakeCall {
  readonly operation: Operation;
  /** Counted from 1, each operation for itself. */
  readonly nth: number;
  readonly shardId: string | undefined;
  readonly atMs: number;
  /** The type of the iterator that was asked for. */
  readonly start?: string;
}

/** How the fake differs from an endpoint that answers everything at once. */
export interface FakeStreamsOptions {
  readonly clock: Clock;
  /** eu-central-1 when left out. */
  readonly region?: string;
  /** Records of one page; 1,000 when left out. */
  readonly pageSize?: number;
  /** Shards of one page of DescribeStream; 100 when left out. */
  readonly describePageSize?: number;
  /** How long after its opening a shard is listed, also among the children of its parent. */
  readonly listingDelayMs?: number;
  /** How long after its opening the whole listing names a shard; where ShardFilter is ahead of it. */
  readonly fullListingDelayMs?: number;
  /** How long each call takes. */
  readonly latencyMs?: number;
  /** Empty pages before each page that holds something. */
  readonly emptyPagesBetween?: (shardId: string) => number;
  /** The endpoint does not know ShardFilter: it refuses it, or answers with all shards. */
  readonly shardFilter?: 'known' | 'ignored' | 'refused';
}

interface Issued {
  readonly shardId: string;
  /** Index of the next record, counted from the shard's first record, trimmed ones too. */
  readonly next: number;
  readonly issuedAtMs: number;
  readonly emptyLeft: number;
}

interface Written {
  readonly sequenceNumber: string;
  readonly atMs: number;
  readonly wire: WireRecord;
}

interface FakeShard {
  readonly shardId: string;
  readonly parentShardId: string | undefined;
  readonly openedAtMs: number;
  readonly firstSequenceNumber: string;
  readonly records: Written[];
  trimmed: number;
  endingSequenceNumber: string | undefined;
  isGone: boolean;
}

const ITERATOR_LIFETIME_MS = 15 * 60_000;

/** A stream in memory that behaves as FACTS A.1 and A.2 say, and speaks in the bytes of the wire. */
export class FakeStreams implements StreamsGateway {
  readonly region: string;
  readonly streamArn: string;
  readonly tableName = 'Orders';
  readonly calls: FakeCall[] = [];
  /** Everything that was ever written, by shard, in order. */
  readonly written = new Map<string, Written[]>();
  status: StreamStatus = 'ENABLED';
  /** Asked before each call; what it returns is thrown. */
  fails: (call: FakeCall) => AwsErrorKind | undefined = () => undefined;
  readonly #options: FakeStreamsOptions;
  readonly #clock: Clock;
  readonly #shards = new Map<string, FakeShard>();
  readonly #iterators = new Map<string, Issued>();
  readonly #plans: { readonly atMs: number; readonly act: () => void }[] = [];
  readonly #counts = new Map<Operation, number>();
  #sequence = 800000000000000000000n;
  #isDeleted = false;
  /** What is planned happens at its own time, though it is done when the next call comes in. */
  #actingAtMs: number | undefined;

  constructor(options: FakeStreamsOptions, label = '2026-11-20T10:11:12.123') {
    this.#options = options;
    this.#clock = options.clock;
    this.region = options.region ?? 'eu-central-1';
    this.streamArn = `arn:aws:dynamodb:${this.region}:111122223333:table/${this.tableName}/stream/${label}`;
  }

  // What happens to the stream.

  /** Opens a shard. */
  open(parentShardId?: string): string {
    const shardId = `shardId-${String(this.#shards.size + 1).padStart(20, '0')}-abcdef01`;
    this.#shards.set(shardId, {
      shardId,
      parentShardId,
      openedAtMs: this.#now(),
      firstSequenceNumber: this.#nextSequenceNumber(),
      records: [],
      trimmed: 0,
      endingSequenceNumber: undefined,
      isGone: false,
    });
    this.written.set(shardId, []);
    return shardId;
  }

  /** Writes records into an open shard, stamped as AWS does it: in whole seconds. @returns their sequence numbers */
  write(shardId: string, count = 1, bytesEach = 0): readonly string[] {
    const { records } = this.#shard(shardId);
    return Array.from({ length: count }, () =>
      this.#append(shardId, (sequenceNumber, seconds) =>
        fakeRecord(records.length, sequenceNumber, seconds, bytesEach),
      ),
    );
  }

  /** Writes one change into an open shard: key and images are those that are given. @returns its sequence number */
  change(shardId: string, data: Pick<WireStreamData, 'Keys' | 'OldImage' | 'NewImage'>): string {
    return this.#append(shardId, (sequenceNumber, seconds) => {
      const { dynamodb, ...record } = fakeRecord(0, sequenceNumber, seconds, 0);
      const { NewImage: _replaced, ...common } = dynamodb;
      return { ...record, dynamodb: { ...common, ...data } };
    });
  }

  #append(shardId: string, record: (sequenceNumber: string, seconds: number) => WireRecord): string {
    const shard = this.#shard(shardId);
    if (shard.endingSequenceNumber !== undefined) throw new Error(`${shardId} is closed`);
    const sequenceNumber = this.#nextSequenceNumber();
    const seconds = Math.floor(this.#now() / 1_000);
    const written = { sequenceNumber, atMs: seconds * 1_000, wire: record(sequenceNumber, seconds) };
    shard.records.push(written);
    this.written.get(shardId)?.push(written);
    return sequenceNumber;
  }

  /** Closes a shard and opens its children: one for a rollover, more for a split. */
  split(shardId: string, children = 2): readonly string[] {
    this.close(shardId);
    return Array.from({ length: children }, () => this.open(shardId));
  }

  close(shardId: string): void {
    this.#shard(shardId).endingSequenceNumber ??= this.#nextSequenceNumber();
  }

  /** Trims the oldest records of a shard, `count` of those that are left. */
  trim(shardId: string, count: number): void {
    const shard = this.#shard(shardId);
    shard.trimmed = Math.min(shard.records.length, shard.trimmed + count);
  }

  /** The shard is no longer there, and not listed. */
  remove(shardId: string): void {
    this.#shard(shardId).isGone = true;
  }

  /** Turns the stream off: its open shards close, its records stay readable (FACTS A.4). */
  disable(): void {
    for (const shard of this.#shards.values()) this.close(shard.shardId);
    this.status = 'DISABLED';
  }

  /** The stream is no longer there. */
  delete(): void {
    this.#isDeleted = true;
  }

  /** Does something when the time has come; it is looked at whenever a call comes in. */
  at(atMs: number, act: () => void): void {
    this.#plans.push({ atMs, act });
    this.#plans.sort((a, b) => a.atMs - b.atMs);
  }

  /** Whether something is still planned. */
  get isQuiet(): boolean {
    return this.#plans.length === 0;
  }

  isOpen(shardId: string): boolean {
    return this.#shard(shardId).endingSequenceNumber === undefined;
  }

  /** The oldest closed shard that is still there, whose ancestors are all gone. */
  oldestClosed(): string | undefined {
    const isThere = (shardId: string | undefined): boolean =>
      shardId !== undefined && this.#shards.get(shardId)?.isGone === false;
    return [...this.#shards.values()].find(
      shard => !shard.isGone && shard.endingSequenceNumber !== undefined && !isThere(shard.parentShardId),
    )?.shardId;
  }

  /** The sequence numbers that can be read at present, by shard. */
  readable(): ReadonlyMap<string, readonly string[]> {
    return new Map(
      [...this.#shards.values()]
        .filter(shard => !shard.isGone)
        .map(shard => [shard.shardId, shard.records.slice(shard.trimmed).map(record => record.sequenceNumber)]),
    );
  }

  wasTrimmed(shardId: string, sequenceNumber: string): boolean {
    const shard = this.#shard(shardId);
    return shard.records.slice(0, shard.trimmed).some(record => record.sequenceNumber === sequenceNumber);
  }

  /** The ids of all shards, also of those that are gone, in the order of their opening. */
  get shardIds(): readonly string[] {
    return [...this.#shards.keys()];
  }

  /** How often an operation was called, for one shard or for all. */
  count(operation: Operation, shardId?: string): number {
    return this.calls.filter(
      call => call.operation === operation && (shardId === undefined || call.shardId === shardId),
    ).length;
  }

  // The gateway.

  serverNow(): number {
    return this.#clock.now();
  }

  async listStreams(): Promise<never> {
    throw new Error('nobody who reads a stream lists streams');
  }

  async describeStream(input: DescribeInput, signal?: AbortSignal): Promise<StreamPage> {
    await this.#enter({ operation: 'DescribeStream', shardId: input.childrenOf }, signal);
    this.#refuseUnlessThere();
    const { describePageSize = 100, listingDelayMs = 0, fullListingDelayMs = 0, shardFilter } = this.#options;
    const byParent = input.childrenOf !== undefined && shardFilter !== 'ignored';
    if (byParent && shardFilter === 'refused') throw this.#error('validation', 'ValidationException');
    const delayMs = byParent ? listingDelayMs : Math.max(listingDelayMs, fullListingDelayMs);
    const now = this.#clock.now();
    const listed = [...this.#shards.values()]
      .filter(shard => !shard.isGone && (shard.parentShardId === undefined || shard.openedAtMs + delayMs <= now))
      .filter(shard => !byParent || shard.parentShardId === input.childrenOf);
    const from = input.after === undefined ? 0 : listed.findIndex(shard => shard.shardId > (input.after ?? ''));
    const page = from < 0 ? [] : listed.slice(from, from + describePageSize);
    const last = page.at(-1);
    return {
      streamArn: this.streamArn,
      label: '2026-11-20T10:11:12.123',
      tableName: this.tableName,
      status: this.status,
      viewType: 'NEW_AND_OLD_IMAGES',
      createdAtMs: 0,
      shards: page.map(listedShard),
      lastEvaluatedShardId: last === undefined || last === listed.at(-1) ? undefined : last.shardId,
    };
  }

  async getShardIterator(input: IteratorInput, signal?: AbortSignal): Promise<string> {
    const { shardId, start } = input;
    await this.#enter({ operation: 'GetShardIterator', shardId, start: start.type }, signal);
    this.#refuseUnlessThere();
    const shard = this.#listed(shardId);
    return this.#issue(shard, this.#indexOf(shard, start));
  }

  async getRecords(input: RecordsInput, signal?: AbortSignal): Promise<Buffer> {
    const issued = this.#iterators.get(input.iterator);
    await this.#enter({ operation: 'GetRecords', shardId: issued?.shardId }, signal);
    if (issued === undefined) throw this.#error('validation', 'ValidationException', 'Invalid ShardIterator');
    if (this.#clock.now() - issued.issuedAtMs > ITERATOR_LIFETIME_MS) {
      throw this.#error('expired-iterator', 'ExpiredIteratorException');
    }
    this.#refuseUnlessThere();
    const shard = this.#listed(issued.shardId);
    if (issued.next < shard.trimmed) throw this.#error('trimmed', 'TrimmedDataAccessException');
    const isEmpty = issued.emptyLeft > 0 && issued.next < shard.records.length;
    const size = Math.min(this.#options.pageSize ?? 1_000, input.limit ?? 1_000);
    const records = isEmpty ? [] : shard.records.slice(issued.next, issued.next + size);
    const next = issued.next + records.length;
    const isEnd = shard.endingSequenceNumber !== undefined && next >= shard.records.length;
    const nextIterator = isEnd ? undefined : this.#issue(shard, next, isEmpty ? issued.emptyLeft - 1 : undefined);
    return Buffer.from(
      JSON.stringify({ NextShardIterator: nextIterator, Records: records.map(record => record.wire) }),
    );
  }

  /** What an operation throws; also for tests that replace a method. */
  #error(kind: AwsErrorKind, code: string, message = `made to fail: ${kind}`): AwsError {
    const about = {
      service: 'dynamodbstreams',
      operation: 'GetRecords',
      region: this.region,
      resource: this.streamArn,
    };
    return new AwsError({ kind, code, message, ...about });
  }

  async #enter(call: Omit<FakeCall, 'nth' | 'atMs'>, signal: AbortSignal | undefined): Promise<void> {
    const nth = (this.#counts.get(call.operation) ?? 0) + 1;
    this.#counts.set(call.operation, nth);
    const entered = { ...call, nth, atMs: this.#clock.now() };
    this.calls.push(entered);
    await Promise.resolve();
    // As the SDK does: the reason of the signal is dropped.
    const refuseAborted = (): void => {
      if (signal?.aborted === true) throw this.#error('aborted', 'AbortError', 'Request aborted');
    };
    refuseAborted();
    if (this.#options.latencyMs !== undefined) {
      await this.#clock.sleep(this.#options.latencyMs, signal).catch(refuseAborted);
    }
    this.#catchUp();
    const kind = this.fails(entered);
    if (kind !== undefined) throw this.#error(kind, `Fake-${kind}`);
  }

  #catchUp(): void {
    for (let plan = this.#plans[0]; plan !== undefined && plan.atMs <= this.#clock.now(); plan = this.#plans[0]) {
      this.#plans.shift();
      this.#actingAtMs = plan.atMs;
      plan.act();
      this.#actingAtMs = undefined;
    }
  }

  #refuseUnlessThere(): void {
    if (!this.#isDeleted) return;
    const text = `Requested resource not found: Stream: ${this.streamArn} not found`;
    throw this.#error('not-found', 'ResourceNotFoundException', text);
  }

  #listed(shardId: string): FakeShard {
    const shard = this.#shards.get(shardId);
    if (shard !== undefined && !shard.isGone) return shard;
    throw this.#error('not-found', 'ResourceNotFoundException', `Requested resource not found: Shard: ${shardId}`);
  }

  #indexOf(shard: FakeShard, start: IteratorInput['start']): number {
    if (start.type === 'TRIM_HORIZON') return shard.trimmed;
    if (start.type === 'LATEST') return shard.records.length;
    if (!('sequenceNumber' in start)) throw new Error(`${start.type} needs a sequence number`);
    const at = shard.records.findIndex(record => record.sequenceNumber === start.sequenceNumber);
    if (at < 0) throw this.#error('validation', 'ValidationException', 'Invalid SequenceNumber');
    if (at < shard.trimmed) throw this.#error('trimmed', 'TrimmedDataAccessException');
    return start.type === 'AT_SEQUENCE_NUMBER' ? at : at + 1;
  }

  #issue(shard: FakeShard, next: number, emptyLeft?: number): string {
    const iterator = `${this.streamArn}|1|${this.#iterators.size}`;
    const { shardId } = shard;
    this.#iterators.set(iterator, {
      shardId,
      next,
      issuedAtMs: this.#clock.now(),
      emptyLeft: emptyLeft ?? this.#options.emptyPagesBetween?.(shardId) ?? 0,
    });
    return iterator;
  }

  #now(): number {
    return this.#actingAtMs ?? this.#clock.now();
  }

  #shard(shardId: string): FakeShard {
    const shard = this.#shards.get(shardId);
    if (shard === undefined) throw new Error(`the test knows no shard ${shardId}`);
    return shard;
  }

  #nextSequenceNumber(): string {
    this.#sequence += 1n;
    return String(this.#sequence);
  }
}

function listedShard(shard: FakeShard): Shard {
  return {
    shardId: shard.shardId,
    parentShardId: shard.parentShardId,
    startingSequenceNumber: shard.firstSequenceNumber,
    endingSequenceNumber: shard.endingSequenceNumber,
  };
}
