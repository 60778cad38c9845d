import { type Clock, systemClock } from '../model/clock.js';
import { createSandboxClock } from './clock.js';
import { createMetricStore } from './cloudwatch/metric-store.js';
import type { SandboxControl } from './control/control.js';
import { createControlHandler } from './control/control-http.js';
import { createControl } from './control/create-control.js';
import { createFaults } from './control/faults.js';
import { startSweeping } from './dynamodb/time-to-live.js';
import { listen } from './http/server.js';
import { createIds } from './ids.js';
import { createFunctionRegistry } from './lambda/function-registry.js';
import { createArrivals } from './sqs/arrivals.js';
import { createReplicationSettings } from './replication/settings.js';
import { createMappingEngine } from './mappings/engine.js';
import { defaultRetryPace } from './mappings/retry-pace.js';
import type { Keeper, Store } from './persistence/keeper.js';
import type { Log, SandboxState } from './state.js';
import { createTimeline } from './timeline.js';

export type { SandboxControl } from './control/control.js';

/** How a sandbox is to be; everything has a default. */
export interface SandboxOptions {
  /** 0, the default, is any free port. */
  readonly port?: number;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** The Regions that exist; any by default. The first is meant where none is named. */
  readonly regions?: readonly string[];
  readonly account?: string;
  /** Real time by default; the sandbox adds an offset of its own to it, which a tester can advance. */
  readonly clock?: Clock;
  /** Numbers from 0 up to, and without, 1; ids are drawn from it. */
  readonly random?: () => number;
  /** Takes what functions print, what fails inside, and the names of operations that are not there. */
  readonly log?: Log;
  /** How many shards a new stream has; 2 by default. */
  readonly shardsPerTable?: number;
  /** How long CREATING, UPDATING, DELETING and the like last; 300 by default. */
  readonly statusDelayMs?: number;
  /** Where the state is kept: taken up from there, and saved there whenever it has changed. In memory only by default. */
  readonly store?: Store;
}

/** A running local endpoint. */
export interface Sandbox {
  readonly url: string;
  readonly port: number;
  /** The control operations, callable in process. */
  readonly control: SandboxControl;
  /** Resolves when the sandbox has ended, whoever ended it. */
  readonly closed: Promise<void>;
  /** Lets what is being answered finish and ends the sandbox; the second call waits for the first. */
  close(): Promise<void>;
}

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_ACCOUNT = '111122223333';
const DEFAULT_SHARDS = 2;
const DEFAULT_STATUS_DELAY_MS = 300;

/** Starts a local AWS of the operations that ddbx uses; rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const ending = new AbortController();
  let keeper: Keeper | undefined;
  const state = createState(options, ending.signal, () => keeper?.mark());
  const { store } = options;
  if (store !== undefined) {
    // Only a sandbox that keeps its state waits for these to be loaded.
    const { loadState, saveState } = await import('./persistence/snapshot.js');
    const { createKeeper } = await import('./persistence/keeper.js');
    const saved = await store.read();
    if (saved !== undefined) loadState(state, saved);
    keeper = createKeeper(store, () => saveState(state), options.clock ?? systemClock, state.log);
  }
  startSweeping(state);
  const mappings = createMappingEngine(state);
  let markClosed = (): void => {};
  const closed = new Promise<void>(resolve => {
    markClosed = resolve;
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= end();
    return closing;
  };
  // The answer to a `stop` over HTTP leaves before the server closes.
  const control = createControl(state, mappings, () => setImmediate(() => void close()));
  const host = options.host ?? DEFAULT_HOST;
  const server = await listen(state, createControlHandler(control), {
    host,
    port: options.port ?? 0,
    onAnswered: () => mappings.wake(),
  });
  const end = async (): Promise<void> => {
    ending.abort();
    await state.functions.close();
    await mappings.closed();
    await server.close();
    await keeper?.end();
    markClosed();
  };
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`;
  state.functions.serveAt(url);
  // Mappings that were saved go on by themselves.
  if (store !== undefined) mappings.wake();
  return { url, port: server.port, control: withDefaults(control), closed, close };
}

function createState(options: SandboxOptions, closing: AbortSignal, changed: () => void): SandboxState {
  const clock = createSandboxClock(options.clock ?? systemClock);
  return {
    settings: {
      account: options.account ?? DEFAULT_ACCOUNT,
      regions: options.regions,
      shardsPerTable: options.shardsPerTable ?? DEFAULT_SHARDS,
      statusDelayMs: options.statusDelayMs ?? DEFAULT_STATUS_DELAY_MS,
      retryPace: defaultRetryPace,
    },
    clock,
    timeline: createTimeline(clock),
    ids: createIds(options.random ?? Math.random),
    faults: createFaults(clock),
    access: { verifiesSignatures: false, policies: undefined },
    functions: createFunctionRegistry(),
    metrics: createMetricStore(clock),
    arrivals: createArrivals(),
    replication: createReplicationSettings(options.statusDelayMs ?? DEFAULT_STATUS_DELAY_MS),
    buckets: new Map(),
    log: options.log ?? (() => {}),
    changed,
    regions: new Map(),
    closing,
  };
}

/** Lets the operations that need no input be called without one. */
function withDefaults(control: ReturnType<typeof createControl>): SandboxControl {
  return {
    ...control,
    status: () => control.status({}),
    expireIterators: (input = {}) => control.expireIterators(input),
    sweepTtl: (input = {}) => control.sweepTtl(input),
    listFunctions: () => control.listFunctions({}),
    dumpDeliveries: (input = {}) => control.dumpDeliveries(input),
    settleMappings: (input = {}) => control.settleMappings(input),
    stop: () => control.stop({}),
  };
}
