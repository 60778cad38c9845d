import type { Pattern } from '../filter/pattern.js';
import type { Clock } from '../model/clock.js';
import { DdbxError } from '../model/error.js';
import { ExportLedger } from './export-ledger.js';
import { type ExportManifest, type ExportRequest, startAfter } from './export-manifest.js';
import { type ExportTarget, type OpenExport, openExport } from './export-target.js';
import type { ReadEvent, ReadOptions } from './read-events.js';
import { readStream } from './read-stream.js';
import { compileRecordFilter, type RecordTest } from './record-filter.js';
import { lambdaSplice, type StreamRecord, writeNdjson } from './stream-record.js';

/** Reads a stream; `readStream`, or what a test puts in its place. */
export type ReadEvents = (options: ReadOptions) => AsyncIterable<ReadEvent>;

/** What is exported, and where to. */
export interface ExportOptions {
  readonly source: Omit<ReadOptions, 'start' | 'follow' | 'endAtMs' | 'onlyShardId'>;
  readonly target: ExportTarget;
  /** What was typed, and the instants that it means now; a resumed export keeps the instants of its first run. */
  readonly request: ExportRequest;
  readonly sinceMs: number | undefined;
  readonly untilMs: number | undefined;
  /** Records that pass one of them; all, when left out. The same as in `request.filters`. */
  readonly patterns?: readonly Pattern[] | undefined;
  readonly redact?: ((record: StreamRecord) => StreamRecord) | undefined;
}

/** How an export stood when it stopped. */
export type ExportOutcome =
  | 'complete'
  /** It was complete before; nothing was read. */
  | 'unchanged'
  | 'interrupted';

/** What an export tells. */
export type ExportEvent =
  | { readonly type: 'export-started'; readonly manifest: ExportManifest; readonly resumed: boolean }
  /** Records written so far, resumed ones included, and the bytes of their lines in this run. */
  | { readonly type: 'export-progress'; readonly records: number; readonly bytes: number; readonly newestMs: number }
  /** So much is safe on the disk, and the manifest says so. */
  | { readonly type: 'export-committed'; readonly records: number; readonly committedBytes: number }
  | Exclude<ReadEvent, { type: 'page' }>
  | { readonly type: 'summary'; readonly outcome: ExportOutcome; readonly manifest: ExportManifest };

/** A commit is made after so many bytes of lines, or after so long. */
const COMMIT_BYTES = 8 * 1024 * 1024;
const COMMIT_MS = 5_000;

/**
 * Writes what a stream holds, to its end as it was at the start, as NDJSON in the form in which Lambda delivers records (FACTS B.7)
 * with `shardId` added; each shard in order. A file is resumable: its manifest never claims more than is on the disk. The last event is
 * the summary, also after an abort.
 * @throws DdbxError as `openExport` does, `stream-deleted`; AwsError, DdbxError as reading does
 */
export async function* exportStream(
  options: ExportOptions,
  read: ReadEvents = readStream,
): AsyncGenerator<ExportEvent, void, undefined> {
  const { source, target, request, redact } = options;
  const { clock, stream, signal } = source;
  const { sinceMs, untilMs } = options;
  const begin = { stream, request, startedAtMs: clock.now(), sinceMs, untilMs };
  const open = await openExport(target, begin);
  const resumed = open.manifest.records > 0 || Object.keys(open.manifest.shards).length > 0;
  if (open.manifest.complete) {
    yield { type: 'summary', outcome: 'unchanged', manifest: open.manifest };
    return;
  }
  const run = new ExportRun(open, clock);
  try {
    yield { type: 'export-started', manifest: open.manifest, resumed };
    const accepts = accepting(open.manifest, options.patterns);
    let isDeleted = false;
    try {
      for await (const event of read({ ...source, start: startAfter(open.manifest), follow: false })) {
        if (event.type === 'page') {
          const chosen =
            accepts === undefined ? event.records : event.records.filter(each => accepts(each, stream.streamArn));
          const records = redact === undefined ? chosen : chosen.map(redact);
          if (records.length > 0) yield await run.write(stream.streamArn, event.shardId, records);
        } else {
          run.note(event);
          isDeleted ||= event.type === 'stream-ended' && event.reason === 'deleted';
          yield event;
        }
        if (target.kind === 'file' && run.isDue) yield await run.commit(false);
      }
    } finally {
      // Also when reading failed or nobody wants more: what was read need not be read again.
      if (run.isDirty) await run.commit(false);
    }
    if (isDeleted) throw streamDeleted(stream.tableName);
    if (!signal.aborted) yield await run.commit(true);
    yield { type: 'summary', outcome: signal.aborted ? 'interrupted' : 'complete', manifest: run.manifest };
  } finally {
    await open.close();
  }
}

/** The state of one run: what was written, and since when it waits for a commit. */
class ExportRun {
  readonly #open: OpenExport;
  readonly #clock: Clock;
  readonly #ledger: ExportLedger;
  readonly #splices = new Map<string, Buffer>();
  #manifest: ExportManifest;
  #bytes = 0;
  #newestMs = 0;
  #uncommittedBytes = 0;
  #changed = false;
  #failed = false;
  #committedAtMs: number;

  constructor(open: OpenExport, clock: Clock) {
    this.#open = open;
    this.#clock = clock;
    this.#ledger = new ExportLedger(open.manifest);
    this.#manifest = open.manifest;
    this.#committedAtMs = clock.now();
  }

  /** What is safe. */
  get manifest(): ExportManifest {
    return this.#manifest;
  }

  /** Something waits for a commit that can still be made. */
  get isDirty(): boolean {
    return this.#changed && !this.#failed;
  }

  get isDue(): boolean {
    if (!this.isDirty) return false;
    return this.#uncommittedBytes >= COMMIT_BYTES || this.#clock.now() - this.#committedAtMs >= COMMIT_MS;
  }

  async write(streamArn: string, shardId: string, records: readonly StreamRecord[]): Promise<ExportEvent> {
    const splice = this.#splices.get(shardId) ?? lambdaSplice(streamArn, shardId);
    this.#splices.set(shardId, splice);
    const lines = writeNdjson(records, splice);
    await this.#guarded(() => this.#open.write(lines));
    this.#ledger.count(shardId, records);
    this.#changed = true;
    this.#bytes += lines.length;
    this.#uncommittedBytes += lines.length;
    this.#newestMs = Math.max(this.#newestMs, records.at(-1)?.createdAtMs ?? 0);
    return {
      type: 'export-progress',
      records: this.#ledger.records,
      bytes: this.#bytes,
      newestMs: this.#newestMs,
    };
  }

  note(event: Exclude<ReadEvent, { type: 'page' }>): void {
    if (this.#ledger.note(event)) this.#changed = true;
  }

  async commit(complete: boolean): Promise<ExportEvent> {
    this.#manifest = await this.#guarded(() =>
      this.#open.commit(committedBytes => this.#ledger.manifest(committedBytes, complete)),
    );
    this.#changed = false;
    this.#uncommittedBytes = 0;
    this.#committedAtMs = this.#clock.now();
    const { records, committedBytes } = this.#manifest;
    return { type: 'export-committed', records, committedBytes };
  }

  /** After a failed write nobody knows what is in the file, so nothing is claimed any more. */
  async #guarded<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }
}

/** The records of the span that pass a filter; undefined when all of them are wanted. */
function accepting({ since, until }: ExportManifest, patterns: readonly Pattern[] | undefined): RecordTest | undefined {
  if (since === null && until === null && patterns === undefined) return undefined;
  return compileRecordFilter({
    patterns,
    sinceMs: since === null ? undefined : Date.parse(since),
    untilMs: until === null ? undefined : Date.parse(until),
  });
}

function streamDeleted(tableName: string): DdbxError {
  return new DdbxError({
    code: 'stream-deleted',
    message: `The stream of ${tableName} was deleted while it was exported; what it still held is lost.`,
    hint: 'What was read until then is in the file, and its manifest counts it.',
  });
}
