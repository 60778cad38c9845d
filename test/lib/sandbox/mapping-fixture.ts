import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  type CreateEventSourceMappingCommandOutput,
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { Delivery } from '../../../src/lib/sandbox/mappings/delivery-log.js';
import type { SandboxOptions } from '../../../src/lib/sandbox/sandbox.js';
import { type Harness, ordersTable, STATUS_DELAY_MS, startHarness } from './harness.js';

/** A sandbox with the table `Orders`, its stream, and a folder for functions. */
export interface MappingFixture {
  readonly harness: Harness;
  readonly lambda: LambdaClient;
  readonly dynamodb: DynamoDBClient;
  readonly streamArn: string;
  /** Registers a function whose module is `source`; gives its name. */
  addFunction(source?: string, name?: string): Promise<string>;
  /** Creates a mapping of the stream with the function `orders`, from TRIM_HORIZON. */
  create(more?: Partial<CreateEventSourceMappingCommandInput>): Promise<CreateEventSourceMappingCommandOutput>;
  get(uuid: string | undefined): Promise<EventSourceMappingConfiguration>;
  /** Creates a mapping and lets it come to rest, Enabled or Disabled, having read what is there. */
  createAtRest(more?: Partial<CreateEventSourceMappingCommandInput>): Promise<string>;
  /** Puts items with these keys, one after the other. */
  put(...keys: readonly string[]): Promise<void>;
  /** Waits until all mappings wait, letting so much time pass for them. */
  settle(advanceMs?: number): Promise<void>;
  /** The events that functions with `printingHandler` have got, oldest first. */
  events(): readonly LambdaEvent[];
  /** The keys of the records of each of these events. */
  batches(): readonly (readonly string[])[];
  invocations(): readonly Extract<Delivery, { type: 'invocation' }>[];
  discards(): readonly Extract<Delivery, { type: 'discard' }>[];
  /** Lets one change of status come to pass. */
  nextState(): void;
  close(): Promise<void>;
}

/** An event as a function gets it. */
export interface LambdaEvent {
  readonly Records: readonly {
    readonly eventName: string;
    readonly eventSourceARN: string;
    readonly dynamodb: { readonly SequenceNumber: string; readonly Keys: { readonly pk: { readonly S: string } } };
  }[];
  readonly window?: { readonly start: string; readonly end: string };
  readonly state?: Readonly<Record<string, unknown>>;
  readonly shardId?: string;
  readonly eventSourceARN?: string;
  readonly isFinalInvokeForWindow?: boolean;
  readonly isWindowTerminatedEarly?: boolean;
}

/** The source of a function that prints its event and then runs `body`, which sees `event` and `keys`. */
export function printingHandler(body = ''): string {
  return `export const handler = async event => {
    console.log(JSON.stringify(event));
    const keys = event.Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);
    ${body}
  };`;
}

/** Fails whenever a key of the batch begins with "bad". */
export const failsBad = 'if (keys.some(key => key.startsWith("bad"))) throw new Error("bad order");';

/** Starts it; a status lasts STATUS_DELAY_MS of a clock that stands still. */
export async function startMappingFixture(options: SandboxOptions = {}): Promise<MappingFixture> {
  const harness = await startHarness({ statusDelayMs: STATUS_DELAY_MS, shardsPerTable: 1, ...options });
  const folder = await mkdtemp(join(tmpdir(), 'ddbx-mappings-'));
  const lambda = harness.lambda();
  const dynamodb = harness.dynamodb();
  const nextState = (): void => {
    harness.sandbox.control.advanceClock({ ms: STATUS_DELAY_MS });
  };
  const { control } = harness.sandbox;
  const settle = async (advanceMs = 0): Promise<void> => {
    await control.settleMappings({ advanceMs });
  };
  const events = (): readonly LambdaEvent[] =>
    harness.log.flatMap(line => {
      const json = /^\[[\w-]+\] (\{"Records".*)$/s.exec(line)?.[1];
      return json === undefined ? [] : [JSON.parse(json)];
    });
  const create = async (more: Partial<CreateEventSourceMappingCommandInput> = {}) =>
    await lambda.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn: streamArn,
        FunctionName: 'orders',
        StartingPosition: 'TRIM_HORIZON',
        ...more,
      }),
    );
  await dynamodb.send(new CreateTableCommand(ordersTable('NEW_AND_OLD_IMAGES')));
  nextState();
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'Orders' }));
  const streamArn = Table?.LatestStreamArn ?? '';
  return {
    harness,
    lambda,
    dynamodb,
    streamArn,
    nextState,
    addFunction: async (source = 'export const handler = async () => {};', name = 'orders') => {
      const handlerPath = join(folder, `${name}.mjs`);
      await writeFile(handlerPath, source);
      harness.sandbox.control.addFunction({ name, handlerPath });
      return name;
    },
    create,
    createAtRest: async more => {
      const { UUID = '' } = await create(more);
      nextState();
      nextState();
      await settle();
      return UUID;
    },
    put: async (...keys) => {
      for (const key of keys) {
        await dynamodb.send(
          new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: key }, at: { S: `${key} now` } } }),
        );
      }
    },
    settle,
    events,
    batches: () => events().map(({ Records }) => Records.map(({ dynamodb: { Keys } }) => Keys.pk.S)),
    invocations: () => control.dumpDeliveries().deliveries.filter(each => each.type === 'invocation'),
    discards: () => control.dumpDeliveries().deliveries.filter(each => each.type === 'discard'),
    get: async UUID => await lambda.send(new GetEventSourceMappingCommand({ UUID })),
    close: async () => {
      await harness.close();
      await rm(folder, { recursive: true });
    },
  };
}
