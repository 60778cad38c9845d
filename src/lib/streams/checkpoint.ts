import { DdbxError } from '../model/error.js';
import { isJsonObject } from '../model/json-object.js';
import { isSequenceNumber } from '../model/sequence-number.js';
import type { ReadEvent, ShardPosition } from './read-events.js';

/** What a checkpoint file holds: for each stream, where the reading of each shard goes on. */
export interface Checkpoint {
  readonly streams: ReadonlyMap<string, ReadonlyMap<string, ShardPosition>>;
}

/** Records of a start at LATEST are found again by time; clocks that disagree may differ by so much. */
const LATEST_MARGIN_MS = 60_000;
/** What ended so long ago holds no record any more (FACTS A.2): should it still be listed, reading it gives nothing. */
const ENDED_IS_KEPT_MS = 48 * 3_600_000;

/** Writes a checkpoint down; `parseCheckpoint` reads it back. */
export function formatCheckpoint(checkpoint: Checkpoint, nowMs: number): string {
  const streams = Object.fromEntries(
    [...checkpoint.streams].map(([streamArn, shards]) => [streamArn, { shards: Object.fromEntries(shards) }]),
  );
  return `${JSON.stringify({ ddbxCheckpoint: 1, updatedAt: new Date(nowMs).toISOString(), streams }, undefined, 2)}\n`;
}

/** Reads a checkpoint. @throws DdbxError `checkpoint-damaged` that names the file */
export function parseCheckpoint(text: string, file: string): Checkpoint {
  const damaged = (what: string, cause?: unknown): DdbxError =>
    new DdbxError({
      code: 'checkpoint-damaged',
      message: `${file} is not a checkpoint that can be gone on from: ${what}.`,
      hint: 'Nothing was read and the file was left as it is. Choose another --checkpoint file to begin anew.',
      cause,
    });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw damaged('it is not JSON', error);
  }
  if (!isJsonObject(parsed) || parsed['ddbxCheckpoint'] !== 1) throw damaged('it has no "ddbxCheckpoint": 1');
  if (!isJsonObject(parsed['streams'])) throw damaged('it has no "streams"');
  const streams = new Map<string, Map<string, ShardPosition>>();
  for (const [streamArn, entry] of Object.entries(parsed['streams'])) {
    if (!isJsonObject(entry) || !isJsonObject(entry['shards'])) throw damaged(`"${streamArn}" has no "shards"`);
    const shards = new Map<string, ShardPosition>();
    for (const [shardId, position] of Object.entries(entry['shards'])) {
      const read = readPosition(position);
      if (read === undefined) throw damaged(`the position of ${shardId} is unreadable`);
      shards.set(shardId, read);
    }
    streams.set(streamArn, shards);
  }
  return { streams };
}

/**
 * The position of each shard after the events that the consumer has dealt with.
 * @param nowMs the endpoint's time, for shards that are read from LATEST and have shown no record yet
 */
export class Progress {
  readonly #streams = new Map<string, Map<string, ShardPosition>>();
  #changes = 0;

  constructor(checkpoint?: Checkpoint) {
    for (const [streamArn, shards] of checkpoint?.streams ?? []) this.#streams.set(streamArn, new Map(shards));
  }

  /** Counts what has changed, so that a writer knows whether there is something to write. */
  get changes(): number {
    return this.#changes;
  }

  /** Takes note of an event that has left the process, or needed not to. */
  note(event: ReadEvent, nowMs: number): void {
    switch (event.type) {
      case 'shard-opened': {
        const { position } = event;
        const findable: ShardPosition =
          position.kind === 'latest'
            ? { kind: 'since', sinceMs: (position.atMs ?? nowMs) - LATEST_MARGIN_MS }
            : position;
        this.#set(event.stream.streamArn, event.shardId, findable);
        break;
      }
      case 'page': {
        const last = event.records.at(-1);
        if (last !== undefined) {
          const position = { kind: 'after', sequenceNumber: last.sequenceNumber, atMs: last.createdAtMs } as const;
          this.#set(event.stream.streamArn, event.shardId, position);
        }
        break;
      }
      case 'shard-ended':
        this.#end(event.stream.streamArn, event.shardId, nowMs);
        break;
      case 'gap':
        // A gap that was told is told once: what is gone is not looked for again.
        if (event.reason === 'shard-gone') this.#end(event.stream.streamArn, event.shardId, nowMs);
        break;
      case 'caught-up':
      case 'throttled':
      case 'retrying':
      case 'iterator-renewed':
      case 'stream-ended':
        break;
    }
  }

  /** Moves a shard to a position inside a page, for a run that stops there. */
  moveTo(streamArn: string, shardId: string, position: ShardPosition): void {
    this.#set(streamArn, shardId, position);
  }

  /** A stream that was read to its end and has been replaced is not gone on with. */
  forget(streamArn: string): void {
    if (this.#streams.delete(streamArn)) this.#changes += 1;
  }

  /** The positions as they are now; later notes do not change it. */
  checkpoint(): Checkpoint {
    return { streams: new Map([...this.#streams].map(([streamArn, shards]) => [streamArn, new Map(shards)])) };
  }

  /** Also forgets what ended long ago, so that the checkpoint of a tail of weeks stays small. */
  #end(streamArn: string, shardId: string, nowMs: number): void {
    this.#set(streamArn, shardId, { kind: 'ended', atMs: nowMs });
    const shards = this.#streams.get(streamArn) ?? new Map<string, ShardPosition>();
    for (const [each, position] of shards) {
      if (position.kind === 'ended' && (position.atMs ?? nowMs) < nowMs - ENDED_IS_KEPT_MS) shards.delete(each);
    }
  }

  #set(streamArn: string, shardId: string, position: ShardPosition): void {
    const shards = this.#streams.get(streamArn) ?? new Map<string, ShardPosition>();
    shards.set(shardId, position);
    this.#streams.set(streamArn, shards);
    this.#changes += 1;
  }
}

function readPosition(value: unknown): ShardPosition | undefined {
  if (!isJsonObject(value)) return undefined;
  const { kind, sequenceNumber, atMs, sinceMs } = value;
  const isPlace = typeof sequenceNumber === 'string' && isSequenceNumber(sequenceNumber);
  switch (kind) {
    case 'trim-horizon':
      return { kind };
    case 'ended':
      if (atMs === undefined) return { kind };
      return isInstant(atMs) ? { kind, atMs } : undefined;
    case 'at':
      return isPlace ? { kind, sequenceNumber } : undefined;
    case 'after':
      return isPlace && isInstant(atMs) ? { kind, sequenceNumber, atMs } : undefined;
    case 'since':
      return isInstant(sinceMs) ? { kind, sinceMs } : undefined;
    default:
      return undefined;
  }
}

/** Milliseconds since the epoch; JSON can also say 1e999, which is none. */
function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
