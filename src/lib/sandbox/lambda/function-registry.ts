import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exportNameOf, type FunctionDefinition } from './function-definition.js';
import { type FunctionWorker, type Invocation, type InvocationResult, startWorker } from './function-worker.js';
import { unpack, type ZipFolder } from './zip-folder.js';

/** The functions of a sandbox. */
export interface FunctionRegistry {
  /** Adds a function, or replaces the one of its name and Region. */
  add(definition: FunctionDefinition): void;
  /** The function of a name in a Region: the Region's own, or one that is there in every Region. */
  find(name: string, region: string): FunctionDefinition | undefined;
  all(): readonly FunctionDefinition[];
  /** Removes a function; what it is doing goes on to its end. */
  remove(definition: FunctionDefinition): void;
  /** Runs a function in a warm worker, or in a new one; a changed module file gets new ones. */
  invoke(
    definition: FunctionDefinition,
    region: string,
    invocation: Omit<Invocation, 'timeoutMs'>,
  ): Promise<InvocationResult>;
  /** Tells functions where the sandbox answers, so that their own calls come to it. */
  serveAt(url: string): void;
  /** Ends all workers, and removes what was unpacked. */
  close(): Promise<void>;
}

interface WarmWorker {
  readonly worker: FunctionWorker;
  readonly region: string;
}

interface Registered {
  readonly definition: FunctionDefinition;
  readonly idle: WarmWorker[];
  readonly workers: Set<FunctionWorker>;
  /** When the module was last changed, as the idle workers know it. */
  modifiedAtMs: number;
  folder: Promise<ZipFolder> | undefined;
  isRetired: boolean;
  running: number;
}

/** The endings that Lambda tries for a handler's module, in its order. */
const ENDINGS = ['.js', '.mjs', '.cjs'];

/** Makes an empty registry. */
export function createFunctionRegistry(): FunctionRegistry {
  const functions = new Map<string, Registered>();
  let url: string | undefined;

  const retire = async (registered: Registered): Promise<void> => {
    registered.isRetired = true;
    if (registered.running > 0) return;
    await release(registered);
  };

  const workerFor = async (registered: Registered, region: string): Promise<WarmWorker> => {
    const { definition } = registered;
    const path = await modulePath(registered);
    const modifiedAtMs = modificationTimeMs(path);
    if (modifiedAtMs !== registered.modifiedAtMs) {
      const outdated = registered.idle.splice(0);
      for (const { worker } of outdated) registered.workers.delete(worker);
      await Promise.all(outdated.map(({ worker }) => worker.terminate()));
      registered.modifiedAtMs = modifiedAtMs;
    }
    const at = registered.idle.findIndex(each => each.region === region && each.worker.isAlive());
    const [warm] = at < 0 ? [] : registered.idle.splice(at, 1);
    if (warm !== undefined) return warm;
    const module = { url: pathToFileURL(path).href, exportName: exportNameOf(definition) };
    const worker = startWorker(module, environmentOf(definition, region, url));
    registered.workers.add(worker);
    return { worker, region };
  };

  return {
    add: definition => {
      const key = keyOf(definition.name, definition.region);
      const known = functions.get(key);
      if (known !== undefined) void retire(known);
      functions.set(key, {
        definition,
        idle: [],
        workers: new Set(),
        modifiedAtMs: 0,
        folder: undefined,
        isRetired: false,
        running: 0,
      });
    },
    find: (name, region) => (functions.get(keyOf(name, region)) ?? functions.get(keyOf(name, undefined)))?.definition,
    all: () => [...functions.values()].map(registered => registered.definition),
    remove: ({ name, region }) => {
      const registered = functions.get(keyOf(name, region));
      functions.delete(keyOf(name, region));
      if (registered !== undefined) void retire(registered);
    },
    invoke: async (definition, region, invocation) => {
      const registered = functions.get(keyOf(definition.name, definition.region));
      if (registered === undefined) throw new RangeError(`There is no function ${definition.name}`);
      registered.running += 1;
      try {
        const warm = await workerFor(registered, region);
        const { worker } = warm;
        const result = await worker.invoke({ ...invocation, timeoutMs: registered.definition.timeoutMs });
        if (worker.isAlive() && registered.workers.has(worker)) registered.idle.push(warm);
        else registered.workers.delete(worker);
        return result;
      } finally {
        registered.running -= 1;
        if (registered.isRetired && registered.running === 0) await release(registered);
      }
    },
    serveAt: at => {
      url = at;
    },
    close: async () => {
      await Promise.all([...functions.values()].map(release));
    },
  };
}

/** Ends the workers of a function, and forgets its unpacked code. */
async function release(registered: Registered): Promise<void> {
  const workers = [...registered.workers];
  registered.workers.clear();
  registered.idle.length = 0;
  await Promise.all(workers.map(worker => worker.terminate()));
  const folder = registered.folder;
  registered.folder = undefined;
  await folder?.then(async unpacked => await unpacked.remove()).catch(() => {});
}

/** The file of a function's module; uploaded code is unpacked when it is first needed. */
async function modulePath(registered: Registered): Promise<string> {
  const { source, handler } = registered.definition;
  if (source.kind === 'file') return source.path;
  const folder = await (registered.folder ??= unpack(source.zip));
  const module = join(folder.path, handler.slice(0, handler.lastIndexOf('.')));
  return ENDINGS.map(ending => module + ending).find(path => modificationTimeMs(path) > 0) ?? `${module}.js`;
}

/** What a function sees of the environment: who and where it is, that its calls are for the sandbox, and what it was given. */
function environmentOf(
  { name, memoryMb, handler, environment }: FunctionDefinition,
  region: string,
  url: string | undefined,
): Readonly<Record<string, string>> {
  return {
    AWS_EXECUTION_ENV: 'ddbx-sandbox',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    // A handler's log is no place for what an SDK thinks of this Node.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    _HANDLER: handler,
    NODE_OPTIONS: '',
    ...(url === undefined ? {} : { AWS_ENDPOINT_URL: url }),
    ...environment,
  };
}

function keyOf(name: string, region: string | undefined): string {
  return `${region ?? '*'}/${name}`;
}

function modificationTimeMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
