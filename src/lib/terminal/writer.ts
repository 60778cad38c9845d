import { DdbxError, ExitCode } from '../model/error.js';
import type { OutputStream } from './io.js';

/** The reader of our output has gone (`ddbx ... | head`): ends quietly with the status of SIGPIPE. */
export class BrokenPipeError extends DdbxError {
  constructor(cause?: unknown) {
    super({
      code: 'broken-pipe',
      message: 'the reader of the output has gone away',
      cause,
      exitCode: ExitCode.brokenPipe,
    });
    this.name = 'BrokenPipeError';
  }
}

/** Writes to one stream at the pace of its reader. */
export interface Writer {
  /**
   * Resolves when the stream has taken the chunk and has room for the next.
   * Rejects with `BrokenPipeError` when the reader is gone, with a `DdbxError` `output-failed` when writing fails.
   */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Writes without waiting and without failing: for messages that must not stop the work. */
  post(chunk: string | Uint8Array): void;
  /** Resolves when all that was written has left the process; rejects as `write` does when some of it could not. */
  flush(): Promise<void>;
  /** True once nothing more can be written. */
  readonly closed: boolean;
  /** True while the reader is behind. */
  readonly blocked: boolean;
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: DdbxError) => void;
}

// One stream, one writer: flush() then covers every byte, and one error listener is enough.
const writers = new WeakMap<OutputStream, Writer>();

/** The writer of a stream; asked again for the same stream it returns the same writer. */
export function makeWriter(stream: OutputStream): Writer {
  const known = writers.get(stream);
  if (known !== undefined) return known;
  const writer = new StreamWriter(stream);
  writers.set(stream, writer);
  return writer;
}

class StreamWriter implements Writer {
  readonly #stream: OutputStream;
  #failure: DdbxError | undefined;
  #unwritten = 0;
  #draining: Promise<void> | undefined;
  #endDraining: Waiter | undefined;
  #flushers: Waiter[] = [];

  constructor(stream: OutputStream) {
    this.#stream = stream;
    // Without a listener the 'error' event of a closed pipe would end the process with a stack trace.
    stream.on('error', error => this.#fail(error));
    stream.on('close', () => this.#fail(new BrokenPipeError()));
  }

  get closed(): boolean {
    return this.#failure !== undefined;
  }

  get blocked(): boolean {
    return this.#draining !== undefined;
  }

  async write(chunk: string | Uint8Array): Promise<void> {
    // Waiting before the write too keeps memory bounded when several callers share the stream.
    for (let room = this.#draining; room !== undefined; room = this.#draining) await room;
    this.#hand(chunk);
    if (this.#failure !== undefined) throw this.#failure;
    await this.#draining;
  }

  post(chunk: string | Uint8Array): void {
    this.#hand(chunk);
  }

  flush(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#unwritten === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#flushers.push({ resolve, reject });
    });
  }

  #hand(chunk: string | Uint8Array): void {
    if (this.#failure !== undefined) return;
    this.#unwritten += 1;
    let roomLeft: boolean;
    try {
      roomLeft = this.#stream.write(chunk, error => this.#written(error));
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (!roomLeft && this.#failure === undefined && this.#draining === undefined) this.#awaitDrain();
  }

  #written(error: Error | null | undefined): void {
    this.#unwritten -= 1;
    if (error !== null && error !== undefined) {
      this.#fail(error);
    } else if (this.#unwritten === 0) {
      for (const flusher of this.#flushers.splice(0)) flusher.resolve();
    }
  }

  #awaitDrain(): void {
    const draining = new Promise<void>((resolve, reject) => {
      this.#endDraining = { resolve, reject };
    });
    // post() waits for nobody, so this rejection may have no other taker.
    draining.catch(() => undefined);
    this.#draining = draining;
    this.#stream.once('drain', () => {
      this.#draining = undefined;
      this.#endDraining?.resolve();
    });
  }

  /** The write callback and the 'error' event both tell of one failure: the first is kept, and every caller gets it. */
  #fail(cause: unknown): void {
    if (this.#failure !== undefined) return;
    const failure = asWriteFailure(cause, this.#stream.isTTY === true);
    this.#failure = failure;
    this.#draining = undefined;
    this.#endDraining?.reject(failure);
    for (const flusher of this.#flushers.splice(0)) flusher.reject(failure);
  }
}

const READER_GONE = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']);

function asWriteFailure(cause: unknown, isTty: boolean): DdbxError {
  if (cause instanceof DdbxError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  // A terminal that is closed under us answers EIO.
  if (READER_GONE.has(code) || (isTty && code === 'EIO')) return new BrokenPipeError(cause);
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new DdbxError({
    code: 'output-failed',
    message: `the output cannot be written: ${detail}`,
    hint: code === 'ENOSPC' ? 'free space on the disk that the output goes to, then run the command again' : undefined,
    cause,
  });
}
