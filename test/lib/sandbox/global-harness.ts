import { type CloudWatchClient, GetMetricStatisticsCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  type ReplicationGroupUpdate,
  type TableDescription,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type Harness, ordersTable, STATUS_DELAY_MS, startHarness } from './harness.js';

/** The Regions of the tests of global tables. */
export const EAST = 'us-east-1';
export const WEST = 'us-west-2';
export const EUROPE = 'eu-west-1';

/** A sandbox of a few Regions, with what tests of the table `Orders` in several of them do again and again. */
export interface GlobalHarness extends Harness {
  readonly control: Harness['sandbox']['control'];
  /** Lets as many status changes pass as are said. */
  settle(times?: number): void;
  /** Creates the table in us-east-1 and waits until it is ACTIVE. */
  create(input?: Partial<CreateTableCommandInput>): Promise<void>;
  update(region: string, input: Partial<UpdateTableCommandInput>): Promise<TableDescription | undefined>;
  replicas(region: string, ...updates: ReplicationGroupUpdate[]): Promise<TableDescription | undefined>;
  /** Adds a replica and waits until it is ACTIVE. */
  add(region: string, from?: string): Promise<void>;
  table(region: string): Promise<TableDescription | undefined>;
  deleteTable(region: string): Promise<unknown>;
  put(region: string, item: Record<string, AttributeValue>): Promise<unknown>;
  get(region: string, pk: string): Promise<Record<string, AttributeValue> | undefined>;
  remove(region: string, pk: string): Promise<unknown>;
  /** What CloudWatch has of a metric of DynamoDB in a Region: the dimensions, and the sums of the last hour. */
  metrics(region: string, name: string): Promise<readonly MeasuredMetric[]>;
}

/** One metric, by its dimensions. */
export interface MeasuredMetric {
  /** Such as `TableName=Orders`, in the order of the names. */
  readonly dimensions: string;
  readonly sum: number;
  readonly samples: number;
}

/** Starts a sandbox for a test of global tables. */
export async function startGlobalHarness(
  regions: readonly string[] = [EAST, WEST, EUROPE, 'us-east-2', 'us-west-1'],
): Promise<GlobalHarness> {
  const harness = await startHarness({ statusDelayMs: STATUS_DELAY_MS, regions });
  const { control } = harness.sandbox;
  const clients = new Map(regions.map(region => [region, harness.dynamodb(region)]));
  const client = (region: string) => clients.get(region) ?? harness.dynamodb(region);
  const settle = (times = 1): void => {
    for (let time = 0; time < times; time += 1) control.advanceClock({ ms: STATUS_DELAY_MS });
  };
  const update = async (region: string, input: Partial<UpdateTableCommandInput>) =>
    (await client(region).send(new UpdateTableCommand({ TableName: 'Orders', ...input }))).TableDescription;
  const replicas = (region: string, ...ReplicaUpdates: ReplicationGroupUpdate[]) => update(region, { ReplicaUpdates });
  return {
    ...harness,
    control,
    settle,
    update,
    replicas,
    create: async (input = {}) => {
      await client(EAST).send(new CreateTableCommand({ ...ordersTable(), ...input }));
      settle();
    },
    add: async (region, from = EAST) => {
      await replicas(from, { Create: { RegionName: region } });
      settle(2);
    },
    table: async region => (await client(region).send(new DescribeTableCommand({ TableName: 'Orders' }))).Table,
    deleteTable: region => client(region).send(new DeleteTableCommand({ TableName: 'Orders' })),
    put: (region, Item) => client(region).send(new PutItemCommand({ TableName: 'Orders', Item })),
    get: async (region, pk) =>
      (await client(region).send(new GetItemCommand({ TableName: 'Orders', Key: { pk: { S: pk } } }))).Item,
    metrics: (region, name) => measured(harness.cloudwatch(region), control, name),
    remove: (region, pk) => client(region).send(new DeleteItemCommand({ TableName: 'Orders', Key: { pk: { S: pk } } })),
  };
}

async function measured(
  client: CloudWatchClient,
  control: Harness['sandbox']['control'],
  MetricName: string,
): Promise<readonly MeasuredMetric[]> {
  const Namespace = 'AWS/DynamoDB';
  const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace, MetricName }));
  const nowMs = Date.parse(control.status().now);
  const found = Metrics.map(async ({ Dimensions = [] }) => {
    const { Datapoints = [] } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace,
        MetricName,
        Dimensions,
        StartTime: new Date(nowMs - 3_600_000),
        EndTime: new Date(nowMs + 60_000),
        Period: 60,
        Statistics: ['Sum', 'SampleCount'],
      }),
    );
    return {
      dimensions: Dimensions.map(({ Name, Value }) => `${Name}=${Value}`)
        .sort()
        .join(' '),
      sum: Datapoints.reduce((sum, point) => sum + (point.Sum ?? 0), 0),
      samples: Datapoints.reduce((sum, point) => sum + (point.SampleCount ?? 0), 0),
    };
  });
  return Promise.all(found);
}

/** What AWS refuses with a ValidationException of this text. */
export function refusal(message: string) {
  return { name: 'ValidationException', message, $metadata: { httpStatusCode: 400 } };
}
