import {
  DescribeTableCommand,
  type DynamoDBClient,
  ListTablesCommand,
  type TableDescription,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { type ServiceContext, call } from './call.js';
import type { StreamViewType } from './streams-gateway.js';

/** A table as the streams domain sees it. */
export interface Table {
  readonly tableName: string;
  readonly tableArn: string;
  readonly region: string;
  readonly status: string;
  /** The enabled stream's view type; undefined when the stream is off, whatever LatestStreamArn says (FACTS A.4). */
  readonly streamViewType: StreamViewType | undefined;
  /** The ARN of the newest stream, also when it is off by now. */
  readonly latestStreamArn: string | undefined;
  /** The other Regions of a global table; DescribeTable never lists the Region that is asked (FACTS D.1). */
  readonly replicaRegions: readonly string[];
  readonly globalTableVersion: string | undefined;
  /** STRONG for a multi-Region strongly consistent table; its streams are set Region by Region (FACTS D.5). */
  readonly multiRegionConsistency: string | undefined;
}

/** The control plane of tables in one Region, as far as streams need it. Every method throws AwsError. */
export interface TablesGateway {
  readonly region: string;
  describeTable(tableName: string, signal?: AbortSignal): Promise<Table>;
  listTables(
    input: { readonly after?: string | undefined },
    signal?: AbortSignal,
  ): Promise<{ readonly tableNames: readonly string[]; readonly lastEvaluatedTableName: string | undefined }>;
  enableStream(tableName: string, viewType: StreamViewType, signal?: AbortSignal): Promise<Table>;
  disableStream(tableName: string, signal?: AbortSignal): Promise<Table>;
}

/** The gateway over the SDK's client. */
export function sdkTablesGateway(client: DynamoDBClient, context: ServiceContext): TablesGateway {
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  return {
    region: context.region,
    async describeTable(tableName, signal) {
      const output = await call(context, 'DescribeTable', tableName, () =>
        client.send(new DescribeTableCommand({ TableName: tableName }), options(signal)),
      );
      return toTable(output.Table, tableName, context.region);
    },
    async listTables(input, signal) {
      const output = await call(context, 'ListTables', undefined, () =>
        client.send(new ListTablesCommand({ ExclusiveStartTableName: input.after }), options(signal)),
      );
      return { tableNames: output.TableNames ?? [], lastEvaluatedTableName: output.LastEvaluatedTableName };
    },
    async enableStream(tableName, viewType, signal) {
      const command = new UpdateTableCommand({
        TableName: tableName,
        StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
      });
      const output = await call(context, 'UpdateTable', tableName, () => client.send(command, options(signal)));
      return toTable(output.TableDescription, tableName, context.region);
    },
    async disableStream(tableName, signal) {
      // Disabling must leave the view type out (FACTS A.4).
      const command = new UpdateTableCommand({ TableName: tableName, StreamSpecification: { StreamEnabled: false } });
      const output = await call(context, 'UpdateTable', tableName, () => client.send(command, options(signal)));
      return toTable(output.TableDescription, tableName, context.region);
    },
  };
}

function toTable(table: TableDescription | undefined, tableName: string, region: string): Table {
  const specification = table?.StreamSpecification;
  return {
    tableName: table?.TableName ?? tableName,
    tableArn: table?.TableArn ?? '',
    region,
    status: table?.TableStatus ?? 'UNKNOWN',
    streamViewType: specification?.StreamEnabled === true ? specification.StreamViewType : undefined,
    latestStreamArn: table?.LatestStreamArn,
    replicaRegions: (table?.Replicas ?? []).flatMap(replica =>
      replica.RegionName === undefined ? [] : [replica.RegionName],
    ),
    globalTableVersion: table?.GlobalTableVersion,
    multiRegionConsistency: table?.MultiRegionConsistency,
  };
}
