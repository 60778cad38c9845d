import { basename, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { DdbxError } from '../model/error.js';
import { isJsonObject } from '../model/json-object.js';
import { moduleWorkerSource } from './module-worker.js';
import type { ReplayTarget, TargetAnswer } from './replay-targets.js';

/** A handler in a local JavaScript module. */
export interface ModuleTargetOptions {
  /** Of the module; relative to the working directory. */
  readonly path: string;
  /** The name under which the module exports the handler; `handler` where nobody says otherwise. */
  readonly exportName: string;
  /** What the handler's context tells as its time limit. */
  readonly timeLimitMs: number;
  /** Takes what the handler writes to its console, as it comes. */
  readonly log: (text: string) => void;
}

/**
 * Runs a handler in a worker thread: it is imported anew for each run, cannot stop ddbx, and is ended when it takes too
 * long; then the next batch gets a new thread.
 */
export function moduleTarget(options: ModuleTargetOptions): ReplayTarget {
  return new ModuleTarget(options);
}

class ModuleTarget implements ReplayTarget {
  readonly name: string;
  readonly #options: ModuleTargetOptions;
  #worker: Worker | undefined;
  #lastId = 0;

  constructor(options: ModuleTargetOptions) {
    this.#options = options;
    this.name = `module:${options.path}${options.exportName === 'handler' ? '' : `#${options.exportName}`}`;
  }

  async open(signal: AbortSignal): Promise<void> {
    await this.#running(signal);
  }

  async invoke(event: Buffer, signal: AbortSignal): Promise<TargetAnswer> {
    const worker = await this.#running(signal);
    this.#lastId += 1;
    const id = this.#lastId;
    worker.postMessage({ id, event: event.toString('utf8'), timeLimitMs: this.#options.timeLimitMs });
    const read = (message: Readonly<Record<string, unknown>>): TargetAnswer | undefined => {
      if (message['id'] !== id) return undefined;
      if (typeof message['stack'] === 'string') this.#options.log(`${message['stack']}\n`);
      return answerOf(message);
    };
    return this.#next(worker, signal, read, failedAnswer);
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker === undefined) return;
    const written = [worker.stdout, worker.stderr].map(stream => finished(stream).catch(() => {}));
    await worker.terminate();
    await Promise.all(written);
  }

  /** The worker with the module loaded in it. @throws DdbxError `module-not-loaded` */
  async #running(signal: AbortSignal): Promise<Worker> {
    if (this.#worker !== undefined) return this.#worker;
    const { path, exportName, log } = this.#options;
    const worker = new Worker(moduleWorkerSource, {
      eval: true,
      stdout: true,
      stderr: true,
      workerData: { url: pathToFileURL(resolve(path)).href, exportName, functionName: basename(path) },
    });
    // The listener for errors stays: without one an error between two batches would end ddbx.
    const forget = (): void => {
      if (this.#worker === worker) this.#worker = undefined;
    };
    worker.on('error', forget).on('exit', forget);
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        log(text);
      });
    }
    this.#worker = worker;
    const refusal = await this.#next<string | true>(
      worker,
      signal,
      message => {
        if (message['type'] === 'ready') return true;
        return message['type'] === 'refused' ? String(message['message']) : undefined;
      },
      message => message,
    );
    if (refusal === true) return worker;
    await this.close();
    throw new DdbxError({
      code: 'module-not-loaded',
      message: `The handler ${this.name} cannot be used: ${refusal}.`,
      hint: /cannot find/i.test(refusal)
        ? 'Paths are relative to the folder in which ddbx runs.'
        : 'A handler is a function that the module exports: module:<file>#<name>, where the name is handler when it is left out.',
    });
  }

  /** Waits for the message that is meant; a worker that ends without it has failed, and is not asked again. */
  #next<Result>(
    worker: Worker,
    signal: AbortSignal,
    read: (message: Readonly<Record<string, unknown>>) => Result | undefined,
    ended: (message: string) => Result,
  ): Promise<Result> {
    return new Promise((resolveNext, reject) => {
      const settle = (finish: () => void): void => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        finish();
      };
      const onMessage = (message: unknown): void => {
        const result = isJsonObject(message) ? read(message) : undefined;
        if (result === undefined) return;
        settle(() => {
          resolveNext(result);
        });
      };
      const onEnd = (message: string): void => {
        settle(() => {
          resolveNext(ended(message));
        });
      };
      const onError = (error: Error): void => {
        onEnd(`${error.name}: ${error.message}`);
      };
      const onExit = (code: number): void => {
        onEnd(`the handler ended its process with exit code ${code}`);
      };
      const onAbort = (): void => {
        settle(() => {
          void this.close();
          reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        });
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
  }
}

function answerOf(message: Readonly<Record<string, unknown>>): TargetAnswer {
  const { type, body, errorType, message: text } = message;
  if (type === 'answered') return { kind: 'answered', status: undefined, body: String(body) };
  return { kind: 'failed', status: undefined, errorType: String(errorType), message: String(text) };
}

function failedAnswer(message: string): TargetAnswer {
  return { kind: 'failed', status: undefined, errorType: 'Runtime.ExitError', message };
}
