import type { CommandContext, GlobalOptions } from '../../src/context.js';
import type { Aws } from '../../src/lib/aws/connection.js';
import type { Clock } from '../../src/lib/model/clock.js';
import { makeOutput } from '../../src/lib/terminal/output.js';
import { type FakeIo, fakeIo, type FakeIoOptions } from './fake-io.js';

/** What a test of a command's run chooses; a gateway that is not given must not be asked for. */
export interface FakeContextOptions {
  readonly clock: Clock;
  readonly io?: FakeIoOptions;
  readonly env?: Readonly<Record<string, string>>;
  readonly globals?: Partial<GlobalOptions>;
  readonly aws?: Partial<Aws>;
  readonly signal?: AbortSignal;
  readonly random?: () => number;
}

/** A command's context over memory, with its `io` open to be read. */
export interface FakeContext extends CommandContext {
  readonly io: FakeIo;
}

const noGlobals: GlobalOptions = {
  profile: undefined,
  region: undefined,
  endpointUrl: undefined,
  output: undefined,
  query: undefined,
  debug: false,
  timeoutMs: undefined,
  maxAttempts: undefined,
  readTimeoutMs: undefined,
};

export function fakeContext(options: FakeContextOptions): FakeContext {
  const io = fakeIo(options.io);
  const globals = { ...noGlobals, ...options.globals };
  const closed = (name: string) => () => Promise.reject(new Error(`the test opened no door to ${name}`));
  const aws: Aws = {
    defaultRegion: async () => globals.region ?? 'eu-central-1',
    tables: closed('tables'),
    streams: closed('streams'),
    consumers: closed('consumers'),
    functions: closed('functions'),
    mappings: closed('mappings'),
    metrics: closed('metrics'),
    queues: closed('queues'),
    replicas: closed('replicas'),
    settings: closed('settings'),
    scaling: closed('scaling'),
    keys: closed('keys'),
    items: closed('items'),
    topics: closed('topics'),
    objects: closed('objects'),
    close: () => undefined,
    ...options.aws,
  };
  return {
    io,
    env: options.env ?? {},
    clock: options.clock,
    random: options.random ?? (() => 0.5),
    signal: options.signal ?? new AbortController().signal,
    globals,
    commandPath: 'test',
    output: (fallback = 'human') =>
      makeOutput(io, {
        format: globals.output ?? fallback,
        ...(globals.query === undefined ? {} : { query: globals.query }),
      }),
    aws: async () => aws,
  };
}
