import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  type CreateEventSourceMappingCommandOutput,
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
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
  /** Lets one change of status come to pass. */
  nextState(): void;
  close(): Promise<void>;
}

/** Starts it; a status lasts STATUS_DELAY_MS of a clock that stands still. */
export async function startMappingFixture(options: SandboxOptions = {}): Promise<MappingFixture> {
  const harness = await startHarness({ statusDelayMs: STATUS_DELAY_MS, shardsPerTable: 1, ...options });
  const folder = await mkdtemp(join(tmpdir(), 'ddbx-mappings-'));
  const lambda = harness.lambda();
  const dynamodb = harness.dynamodb();
  const nextState = (): void => {
    harness.sandbox.control.advanceClock({ ms: STATUS_DELAY_MS });
  };
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
    create: async (more = {}) =>
      await lambda.send(
        new CreateEventSourceMappingCommand({
          EventSourceArn: streamArn,
          FunctionName: 'orders',
          StartingPosition: 'TRIM_HORIZON',
          ...more,
        }),
      ),
    get: async UUID => await lambda.send(new GetEventSourceMappingCommand({ UUID })),
    close: async () => {
      await harness.close();
      await rm(folder, { recursive: true });
    },
  };
}
