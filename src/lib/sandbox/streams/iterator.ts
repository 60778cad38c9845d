import { AwsError, validationError } from '../aws-error.js';
import { compareSequences, type SequencePoint } from './sequence.js';
import type { Shard } from './shard.js';

/** How long an iterator can be used: FACTS A.1. */
const ITERATOR_LIFETIME_MS = 15 * 60 * 1000;

/** What an iterator says: it holds its whole position, so the sandbox keeps none. */
export interface ShardPosition {
  readonly streamArn: string;
  readonly shardId: string;
  /** The next position that is wanted; `undefined` is the oldest record there is. */
  readonly point: SequencePoint | undefined;
  readonly issuedAtMs: number;
  readonly epoch: number;
}

/** Writes a position as an iterator, in the shape of AWS's: the stream's ARN, a number, and what is opaque. */
export function formatIterator(position: ShardPosition): string {
  const { shardId, point, issuedAtMs, epoch } = position;
  const place =
    point === undefined ? '' : `${point.generation}.${Number.isFinite(point.offset) ? point.offset : 'end'}`;
  const opaque = Buffer.from([shardId, place, issuedAtMs, epoch].join('/')).toString('base64');
  return `${position.streamArn}|1|${opaque}`;
}

/** Reads an iterator. */
export function parseIterator(iterator: string): ShardPosition {
  const [streamArn, , opaque] = iterator.split('|');
  const [shardId, place, issuedAt, epoch] = Buffer.from(opaque ?? '', 'base64')
    .toString()
    .split('/');
  if (!streamArn || !shardId || place === undefined || issuedAt === undefined || epoch === undefined) {
    throw validationError('Invalid ShardIterator');
  }
  const [generation, offset] = place.split('.');
  const point =
    place === ''
      ? undefined
      : { generation: Number(generation), offset: offset === 'end' ? Number.POSITIVE_INFINITY : Number(offset) };
  const position = { streamArn, shardId, point, issuedAtMs: Number(issuedAt), epoch: Number(epoch) };
  if ([position.issuedAtMs, position.epoch, point?.generation ?? 0, point?.offset ?? 0].some(Number.isNaN)) {
    throw validationError('Invalid ShardIterator');
  }
  return position;
}

/** Refuses an iterator that is too old, or that a tester has expired. */
export function assertFresh(position: ShardPosition, nowMs: number, epoch: number): void {
  if (position.epoch === epoch && nowMs - position.issuedAtMs < ITERATOR_LIFETIME_MS) return;
  throw new AwsError(
    'ExpiredIteratorException',
    'The shard iterator has expired and can no longer be used to retrieve stream records. Shard iterators are valid for 15 minutes.',
  );
}

/** Refuses a position from which records are lost. */
export function assertNotTrimmed(shard: Shard, point: SequencePoint | undefined): void {
  if (point === undefined || shard.trimmedThrough === undefined) return;
  if (compareSequences(point, shard.trimmedThrough) > 0) return;
  throw trimmedData();
}

/** What AWS answers when records that are asked for are not there any more. */
export function trimmedData(): AwsError {
  return new AwsError(
    'TrimmedDataAccessException',
    'The operation attempted to read past the oldest stream record in a shard.',
  );
}
