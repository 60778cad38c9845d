import type { Clock } from '../model/clock.js';
import type { CheckpointFile } from './checkpoint-file.js';
import type { Progress } from './checkpoint.js';

/** A checkpoint is at most this much older than what was written. */
const INTERVAL_MS = 1_000;

/** Writes the checkpoint every now and then, each time only what has left the process by then. */
export class CheckpointKeeper {
  readonly #progress: Progress;
  readonly #file: CheckpointFile;
  readonly #flush: () => Promise<void>;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  #written = -1;
  #running: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(progress: Progress, file: CheckpointFile, flush: () => Promise<void>, clock: Clock) {
    this.#progress = progress;
    this.#file = file;
    this.#flush = flush;
    this.#clock = clock;
  }

  /** Writes the file once, so that a path that cannot be written is found out before anything is read. */
  async begin(signal: AbortSignal): Promise<void> {
    await this.#write();
    this.#running = this.#keep(AbortSignal.any([signal, this.#stop.signal])).catch((error: unknown) => {
      this.#failure = { error };
    });
  }

  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Writes what is left to write. @throws DdbxError `checkpoint-not-written`, or what flushing threw */
  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.throwIfFailed();
    await this.#write();
  }

  async #keep(signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await this.#clock.sleep(INTERVAL_MS, signal);
      } catch {
        return;
      }
      await this.#write();
    }
  }

  async #write(): Promise<void> {
    const changes = this.#progress.changes;
    if (changes === this.#written) return;
    const checkpoint = this.#progress.checkpoint();
    await this.#flush();
    await this.#file.write(checkpoint);
    this.#written = changes;
  }
}
