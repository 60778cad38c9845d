import { Worker } from 'node:worker_threads';
import { isMembers } from '../members.js';
import { workerSource } from './worker-source.js';

/** An error as Lambda reports it in the payload. */
export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** How an invocation ended: with the JSON text of a value, or with a failure. */
export type InvocationResult =
  | { readonly kind: 'value'; readonly json: string }
  | { readonly kind: 'failure'; readonly failure: FunctionFailure };

/** What a worker is to run. */
export interface HandlerModule {
  /** A `file:` URL. */
  readonly url: string;
  readonly exportName: string;
}

/** One invocation. */
export interface Invocation {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
  readonly onLog: (line: string) => void;
}

/** A warm environment of a function: one invocation at a time. */
export interface FunctionWorker {
  /** Whether it can be used again. */
  isAlive(): boolean;
  invoke(invocation: Invocation): Promise<InvocationResult>;
  terminate(): Promise<void>;
}

/** Starts a worker thread for a handler module, which sees `environment` and nothing of the sandbox's own. */
export function startWorker(module: HandlerModule, environment: Readonly<Record<string, string>>): FunctionWorker {
  const worker = new Worker(workerSource, { eval: true, workerData: module, env: { ...environment } });
  let isAlive = true;
  const markDead = (): void => {
    isAlive = false;
  };
  worker.once('exit', markDead);
  // Also what a handler leaves behind can throw, when no invocation listens.
  worker.on('error', markDead);
  worker.unref();
  const terminate = async (): Promise<void> => {
    markDead();
    await worker.terminate();
  };
  return { isAlive: () => isAlive, invoke: invocation => invokeIn(worker, invocation, terminate), terminate };
}

async function invokeIn(
  worker: Worker,
  invocation: Invocation,
  terminate: () => Promise<void>,
): Promise<InvocationResult> {
  const { requestId, timeoutMs } = invocation;
  return await new Promise(resolve => {
    const finish = (result: InvocationResult): void => {
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      worker.unref();
      resolve(result);
    };
    const fail = (errorType: string, errorMessage: string, trace?: readonly string[]): void => {
      finish({ kind: 'failure', failure: { errorType, errorMessage, ...(trace === undefined ? {} : { trace }) } });
    };
    const onMessage = (message: unknown): void => {
      if (!isMembers(message)) return;
      if (message['kind'] === 'log') logLines(String(message['text']), invocation.onLog);
      else if (message['kind'] === 'value') finish({ kind: 'value', json: String(message['json']) });
      else finish({ kind: 'failure', failure: failureOf(message['error']) });
    };
    const onError = (error: Error): void => fail(error.name, error.message, error.stack?.split('\n') ?? []);
    const onExit = (code: number): void => {
      fail('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited with error: exit status ${code}`);
    };
    const timer = setTimeout(() => {
      worker.off('exit', onExit);
      void terminate();
      const seconds = (timeoutMs / 1000).toFixed(2);
      fail('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`);
    }, timeoutMs);
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.ref();
    worker.postMessage({ event: invocation.event, context: invocation.context, deadlineMs: Date.now() + timeoutMs });
  });
}

function logLines(text: string, onLog: (line: string) => void): void {
  for (const line of text.replace(/\n$/, '').split('\n')) onLog(line);
}

function failureOf(value: unknown): FunctionFailure {
  const failure = isMembers(value) ? value : {};
  const trace = Array.isArray(failure['trace']) ? failure['trace'].map(String) : [];
  return { errorType: String(failure['errorType']), errorMessage: String(failure['errorMessage']), trace };
}
