import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type FunctionWorker, type Invocation, type InvocationResult, startWorker } from './function-worker.js';

/** A function as it was registered. */
export interface FunctionDefinition {
  readonly name: string;
  /** The absolute path of the module. */
  readonly handlerPath: string;
  /** The name under which the module exports its handler. */
  readonly exportName: string;
  readonly timeoutMs: number;
  readonly addedAtMs: number;
}

/** The functions of a sandbox; they are there in every Region. */
export interface FunctionRegistry {
  add(definition: FunctionDefinition): void;
  find(name: string): FunctionDefinition | undefined;
  all(): readonly FunctionDefinition[];
  /** Runs a function in a warm worker, or in a new one; a changed module file gets new ones. */
  invoke(name: string, invocation: Omit<Invocation, 'timeoutMs'>): Promise<InvocationResult>;
  /** Ends all workers. */
  close(): Promise<void>;
}

interface Registered {
  readonly definition: FunctionDefinition;
  readonly idle: FunctionWorker[];
  readonly workers: Set<FunctionWorker>;
  /** When the module was last changed, as the idle workers know it. */
  modifiedAtMs: number;
}

/** Makes an empty registry. */
export function createFunctionRegistry(): FunctionRegistry {
  const functions = new Map<string, Registered>();

  const retire = async (registered: Registered): Promise<void> => {
    const workers = [...registered.workers];
    registered.workers.clear();
    registered.idle.length = 0;
    await Promise.all(workers.map(worker => worker.terminate()));
  };

  const workerFor = async (registered: Registered): Promise<FunctionWorker> => {
    const { handlerPath, exportName } = registered.definition;
    const modifiedAtMs = modificationTimeMs(handlerPath);
    if (modifiedAtMs !== registered.modifiedAtMs) {
      const outdated = registered.idle.splice(0);
      for (const worker of outdated) registered.workers.delete(worker);
      await Promise.all(outdated.map(worker => worker.terminate()));
      registered.modifiedAtMs = modifiedAtMs;
    }
    const warm = registered.idle.pop();
    if (warm?.isAlive() === true) return warm;
    const worker = startWorker({ url: pathToFileURL(handlerPath).href, exportName });
    registered.workers.add(worker);
    return worker;
  };

  return {
    add: definition => {
      const known = functions.get(definition.name);
      if (known !== undefined) void retire(known);
      const modifiedAtMs = modificationTimeMs(definition.handlerPath);
      functions.set(definition.name, { definition, idle: [], workers: new Set(), modifiedAtMs });
    },
    find: name => functions.get(name)?.definition,
    all: () => [...functions.values()].map(registered => registered.definition),
    invoke: async (name, invocation) => {
      const registered = functions.get(name);
      if (registered === undefined) throw new RangeError(`There is no function ${name}`);
      const worker = await workerFor(registered);
      const { timeoutMs } = registered.definition;
      const result = await worker.invoke({ ...invocation, timeoutMs });
      if (worker.isAlive() && registered.workers.has(worker)) registered.idle.push(worker);
      else registered.workers.delete(worker);
      return result;
    },
    close: async () => {
      await Promise.all([...functions.values()].map(retire));
    },
  };
}

function modificationTimeMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
