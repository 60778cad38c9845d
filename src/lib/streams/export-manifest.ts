import { DdbxError } from '../model/error.js';
import { formatInstant } from '../model/instant.js';
import { isJsonObject } from '../model/json-object.js';
import type { ReadStart, ShardPosition, StreamRef } from './read-events.js';

/** What was asked for, as it was typed: the same command again asks for the same. */
export interface ExportRequest {
  readonly since: string | null;
  readonly until: string | null;
  readonly redact: readonly string[];
  /** Filter patterns, as text. */
  readonly filters: readonly string[];
}

/** What an export holds of one shard; sequence numbers and times are of records in the file. */
export interface ExportedShard {
  readonly records: number;
  readonly firstSequenceNumber: string | null;
  readonly lastSequenceNumber: string | null;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  /** Read to its end: it never gets another record. */
  readonly ended: boolean;
}

/** Records that are not in the file because the stream no longer had them. */
export interface ExportedGap {
  readonly shardId: string;
  readonly reason: 'trimmed' | 'shard-gone';
  readonly fromSequenceNumber: string | null;
  readonly fromAt: string | null;
  readonly toSequenceNumber: string | null;
  readonly toAt: string | null;
}

/** The manifest that stands beside an export: what the first `committedBytes` of the file hold, and how to go on. */
export interface ExportManifest {
  readonly version: 1;
  readonly streamArn: string;
  readonly tableName: string;
  readonly region: string;
  readonly startedAt: string;
  readonly complete: boolean;
  readonly committedBytes: number;
  /** The span as instants; it stays that of the first run when an export is resumed. */
  readonly since: string | null;
  readonly until: string | null;
  readonly request: ExportRequest;
  readonly records: number;
  readonly shards: Readonly<Record<string, ExportedShard>>;
  readonly gaps: readonly ExportedGap[];
}

/** What an empty export knows. */
export interface NewExport {
  readonly stream: StreamRef;
  readonly startedAtMs: number;
  readonly sinceMs: number | undefined;
  readonly untilMs: number | undefined;
  readonly request: ExportRequest;
}

/** The manifest of an export that has not begun. */
export function newManifest({ stream, startedAtMs, sinceMs, untilMs, request }: NewExport): ExportManifest {
  return {
    version: 1,
    streamArn: stream.streamArn,
    tableName: stream.tableName,
    region: stream.region,
    startedAt: formatInstant(startedAtMs),
    complete: false,
    committedBytes: 0,
    since: instantOrNull(sinceMs),
    until: instantOrNull(untilMs),
    request,
    records: 0,
    shards: {},
    gaps: [],
  };
}

/** Where reading goes on behind what the manifest says is in the file. */
export function startAfter(manifest: ExportManifest): ReadStart {
  const sinceMs = manifest.since === null ? undefined : Date.parse(manifest.since);
  const unread: ShardPosition = sinceMs === undefined ? { kind: 'trim-horizon' } : { kind: 'since', sinceMs };
  const shards = Object.entries(manifest.shards);
  // Without records there is nothing to be behind of.
  if (manifest.records === 0) return sinceMs === undefined ? { from: 'trim-horizon' } : { from: 'since', sinceMs };
  const positions = new Map<string, ShardPosition>();
  for (const [shardId, { ended, lastSequenceNumber, lastAt }] of shards) {
    if (ended) positions.set(shardId, { kind: 'ended' });
    else if (lastSequenceNumber === null || lastAt === null) positions.set(shardId, unread);
    else positions.set(shardId, { kind: 'after', sequenceNumber: lastSequenceNumber, atMs: Date.parse(lastAt) });
  }
  return { from: 'positions', positions };
}

/** Writes a manifest down; `parseManifest` reads it back. */
export function formatManifest(manifest: ExportManifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Reads a manifest. @throws DdbxError `export-manifest-damaged` that names the file */
export function parseManifest(text: string, path: string): ExportManifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw damaged(path, 'it is not JSON', error);
  }
  if (!isJsonObject(parsed)) throw damaged(path, 'it is not a JSON object');
  if (parsed['version'] !== 1) throw damaged(path, 'it does not say "version": 1');
  const members = new Members(parsed, path);
  const shards = Object.entries(members.object('shards')).map(([shardId, shard]): [string, ExportedShard] => {
    if (!isJsonObject(shard)) throw damaged(path, `shard ${shardId} is not an object`);
    return [shardId, readShard(new Members(shard, path, `shard ${shardId} `))];
  });
  const manifest: ExportManifest = {
    version: 1,
    streamArn: members.text('streamArn'),
    tableName: members.text('tableName'),
    region: members.text('region'),
    startedAt: members.instant('startedAt') ?? '',
    complete: members.flag('complete'),
    committedBytes: members.count('committedBytes'),
    since: members.instant('since'),
    until: members.instant('until'),
    request: readRequest(new Members(members.object('request'), path, 'its request ')),
    records: members.count('records'),
    shards: Object.fromEntries(shards),
    gaps: members.list('gaps').map((gap, index) => {
      if (!isJsonObject(gap)) throw damaged(path, `gap ${index + 1} is not an object`);
      return readGap(new Members(gap, path, `gap ${index + 1} `));
    }),
  };
  const counted = shards.reduce((sum, [, shard]) => sum + shard.records, 0);
  if (counted !== manifest.records) {
    throw damaged(path, `it says ${manifest.records} records, and its shards have ${counted}`);
  }
  return manifest;
}

function readRequest(members: Members): ExportRequest {
  return {
    since: members.textOrNull('since'),
    until: members.textOrNull('until'),
    redact: members.list('redact').map(String),
    // Exports of before filters were known do not name them.
    filters: members.listOrNone('filters').map(String),
  };
}

function readShard(members: Members): ExportedShard {
  return {
    records: members.count('records'),
    firstSequenceNumber: members.digits('firstSequenceNumber'),
    lastSequenceNumber: members.digits('lastSequenceNumber'),
    firstAt: members.instant('firstAt'),
    lastAt: members.instant('lastAt'),
    ended: members.flag('ended'),
  };
}

function readGap(members: Members): ExportedGap {
  return {
    shardId: members.text('shardId'),
    reason: members.text('reason') === 'shard-gone' ? 'shard-gone' : 'trimmed',
    fromSequenceNumber: members.digits('fromSequenceNumber'),
    fromAt: members.instant('fromAt'),
    toSequenceNumber: members.digits('toSequenceNumber'),
    toAt: members.instant('toAt'),
  };
}

/** Reads members of an object by what they must be, and names the one that is not. */
class Members {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #whose: string;

  constructor(object: Readonly<Record<string, unknown>>, path: string, whose = '') {
    this.#object = object;
    this.#path = path;
    this.#whose = whose;
  }

  text(name: string): string {
    const value = this.#object[name];
    return typeof value === 'string' && value !== '' ? value : this.#refuse(name);
  }

  textOrNull(name: string): string | null {
    return this.#object[name] === null ? null : this.text(name);
  }

  digits(name: string): string | null {
    const value = this.textOrNull(name);
    return value === null || /^\d{1,40}$/.test(value) ? value : this.#refuse(name);
  }

  instant(name: string): string | null {
    const value = this.textOrNull(name);
    return value === null || !Number.isNaN(Date.parse(value)) ? value : this.#refuse(name);
  }

  count(name: string): number {
    const value = this.#object[name];
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : this.#refuse(name);
  }

  flag(name: string): boolean {
    const value = this.#object[name];
    return typeof value === 'boolean' ? value : this.#refuse(name);
  }

  object(name: string): Readonly<Record<string, unknown>> {
    const value = this.#object[name];
    return isJsonObject(value) ? value : this.#refuse(name);
  }

  list(name: string): readonly unknown[] {
    const value = this.#object[name];
    return Array.isArray(value) ? value : this.#refuse(name);
  }

  listOrNone(name: string): readonly unknown[] {
    return this.#object[name] === undefined ? [] : this.list(name);
  }

  #refuse(name: string): never {
    throw damaged(this.#path, `${this.#whose}"${name}" is missing or not as it should be`);
  }
}

/** ISO 8601, or null where there is no instant. */
export function instantOrNull(instantMs: number | undefined): string | null {
  return instantMs === undefined ? null : formatInstant(instantMs);
}

function damaged(path: string, what: string, cause?: unknown): DdbxError {
  return new DdbxError({
    code: 'export-manifest-damaged',
    message: `${path} is not a manifest that an export can go on from: ${what}.`,
    hint: 'Nothing was changed. Export to another file, or begin this one anew with --overwrite.',
    cause,
  });
}
