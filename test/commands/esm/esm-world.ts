import { AwsError } from '../../../src/lib/aws/aws-error.js';
import type { FunctionConfiguration, FunctionsGateway } from '../../../src/lib/aws/functions-gateway.js';
import type { QueueAttributes } from '../../../src/lib/aws/queue-values.js';
import type { QueuesGateway } from '../../../src/lib/aws/queues-gateway.js';
import type { GlobalOptions } from '../../../src/context.js';
import { fakeClock } from '../../support/fake-clock.js';
import { type StreamConsumer } from '../../../src/lib/aws/consumers-gateway.js';
import { fakeConsumers } from '../../support/fake-consumers.js';
import { fakeContext } from '../../support/fake-context.js';
import type { FakeIoOptions } from '../../support/fake-io.js';
import { fakeListedStreams, type ListedStream } from '../../support/fake-listed-streams.js';
import { type FakeMapping, fakeFunctionArn, fakeMappings } from '../../support/fake-mappings.js';
import { fakeMetrics } from '../../support/fake-metrics.js';
import { type FakeTable, fakeStreamArn, fakeTables } from '../../support/fake-tables.js';

export const LABEL = '2026-11-20T10:11:12.123';
export const STREAM = fakeStreamArn('Orders', LABEL);
export const startMs = Date.UTC(2026, 10, 23, 10);

/** What a test of the mapping verbs may choose. */
export interface WorldParts {
  readonly mappings?: readonly FakeMapping[];
  readonly tables?: readonly FakeTable[];
  readonly functions?: readonly string[];
  readonly queues?: Readonly<Record<string, QueueAttributes>>;
  readonly streams?: readonly ListedStream[];
  readonly consumers?: readonly StreamConsumer[];
  readonly io?: FakeIoOptions;
  readonly globals?: Partial<GlobalOptions>;
}

/** A Region in memory: Orders with an enabled stream, the function orders-indexer, and what the test adds. */
export function esmWorld(parts: WorldParts = {}) {
  const clock = fakeClock(startMs);
  const mappings = fakeMappings(clock, parts.mappings ?? [{}]);
  const tables = fakeTables(
    clock,
    parts.tables ?? [{ tableName: 'Orders', streamViewType: 'KEYS_ONLY', latestStreamArn: STREAM }],
  );
  const streams = fakeListedStreams({
    clock,
    streams: parts.streams ?? [
      { tableName: 'Orders', label: LABEL, shards: [{ shardId: 'shardId-1' }, { shardId: 'shardId-2' }] },
    ],
  });
  const metrics = fakeMetrics();
  const queues = someQueues(parts.queues ?? {});
  const context = fakeContext({
    clock,
    ...(parts.io === undefined ? {} : { io: parts.io }),
    ...(parts.globals === undefined ? {} : { globals: parts.globals }),
    aws: {
      mappings: async () => mappings,
      tables: async () => tables,
      streams: async () => streams,
      metrics: async () => metrics,
      queues: async () => queues.gateway,
      functions: async () => someFunctions(parts.functions ?? ['orders-indexer']),
      consumers: async () => fakeConsumers({ consumers: parts.consumers ?? [] }),
    },
  });
  return { clock, mappings, tables, streams, metrics, queues, context };
}

/** Functions of the fake account, by name, with or without an alias. */
function someFunctions(names: readonly string[]): FunctionsGateway {
  return {
    region: 'eu-central-1',
    async describe(functionName): Promise<FunctionConfiguration> {
      const name = functionName.replace(/^arn:.*:function:/, '');
      if (!names.includes(name)) throw notFound('lambda', 'GetFunction', name);
      return {
        name: name.split(':')[0] ?? name,
        arn: fakeFunctionArn(name),
        timeoutMs: 30_000,
        memoryMb: 128,
        state: 'Active',
        roleArn: 'arn:aws:iam::111122223333:role/orders-indexer',
        reservedConcurrency: undefined,
      };
    },
    invoke: () => Promise.reject(new Error('nobody invokes the function')),
  };
}

/** Queues by name, as far as the mapping verbs use them. */
function someQueues(initial: Readonly<Record<string, QueueAttributes>>) {
  const all = new Map(Object.entries(initial));
  const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
  const gateway: Pick<QueuesGateway, 'region' | 'queueUrl' | 'attributes' | 'createQueue' | 'listQueues'> = {
    region: 'eu-central-1',
    async queueUrl(name) {
      if (!all.has(name)) throw notFound('sqs', 'GetQueueUrl', name);
      return `https://sqs.eu-central-1.amazonaws.com/111122223333/${name}`;
    },
    async attributes(url) {
      return { QueueArn: `arn:aws:sqs:eu-central-1:111122223333:${nameOf(url)}`, ...all.get(nameOf(url)) };
    },
    async createQueue({ queueName, attributes }) {
      all.set(queueName, attributes);
      return `https://sqs.eu-central-1.amazonaws.com/111122223333/${queueName}`;
    },
    async listQueues() {
      return { queueUrls: [...all.keys()].map(name => `https://sqs/${name}`), next: undefined };
    },
  };
  return { all, gateway: gateway as QueuesGateway };
}

function notFound(service: string, operation: string, resource: string): AwsError {
  const message = `${resource} is not there`;
  return new AwsError({
    kind: 'not-found',
    code: 'ResourceNotFoundException',
    message,
    service,
    operation,
    region: 'eu-central-1',
    resource,
  });
}

/** The lines of ndjson. */
export function eventsOf(text: string): readonly Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);
}
