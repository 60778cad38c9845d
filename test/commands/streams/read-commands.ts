import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { GlobalOptions } from '../../../src/context.js';
import type { FunctionsGateway } from '../../../src/lib/aws/functions-gateway.js';
import { parseTableRef } from '../../../src/lib/aws/arn.js';
import { defaultPace } from '../../../src/lib/streams/read-events.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { fakeConsumers } from '../../support/fake-consumers.js';
import { fakeContext } from '../../support/fake-context.js';
import type { FakeIoOptions } from '../../support/fake-io.js';
import { FakeStreams } from '../../support/fake-streams.js';
import { fakeTables } from '../../support/fake-tables.js';

/** 2026-11-20T10:20:00Z. */
const START_MS = Date.parse('2026-11-20T10:20:00Z');

export const ORDERS = parseTableRef('Orders');
export const PACE = defaultPace;
export const NO_FILTER = { filters: [], asMapping: undefined };

/** A table Orders with a stream of two shards, and what a verb that reads it needs. */
export function ordersWorld(clock: FakeClock = fakeClock(START_MS)) {
  const streams = new FakeStreams({ clock, pageSize: 4 });
  const shards = [streams.open(), streams.open()];
  const tables = fakeTables(clock, [
    { tableName: 'Orders', streamViewType: 'NEW_AND_OLD_IMAGES', latestStreamArn: streams.streamArn },
  ]);
  const contextFor = (options: {
    readonly globals?: Partial<GlobalOptions>;
    readonly io?: FakeIoOptions;
    readonly signal?: AbortSignal;
    readonly functions?: FunctionsGateway;
  }) => {
    const { functions, ...rest } = options;
    return fakeContext({
      clock,
      ...rest,
      aws: {
        streams: async () => streams,
        tables: async () => tables,
        consumers: async () => fakeConsumers(),
        ...(functions === undefined ? {} : { functions: async () => functions }),
      },
    });
  };
  const [left = '', right = ''] = shards;
  return { clock, streams, tables, left, right, contextFor };
}

/** A folder for each test of the file. */
export function temporaryFolder(): { path(name: string): string } {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ddbx-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  return { path: name => join(folder, name) };
}
