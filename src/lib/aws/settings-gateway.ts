import {
  DescribeContinuousBackupsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeLimitsCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetResourcePolicyCommand,
  ListContributorInsightsCommand,
  ListTagsOfResourceCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateContributorInsightsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { isAwsError } from './aws-error.js';
import { type ServiceContext, call } from './call.js';

/** Point-in-time recovery of a table in one Region. */
export interface PointInTimeRecovery {
  readonly enabled: boolean;
  /** How far back, in days; undefined while it is off. */
  readonly days: number | undefined;
}

/** What one account may use in one Region. */
export interface TableLimits {
  readonly accountMaxReadUnits: number;
  readonly accountMaxWriteUnits: number;
  readonly tableMaxReadUnits: number;
  readonly tableMaxWriteUnits: number;
}

/** The settings of a table that each Region keeps for itself (FACTS D.5). Every method throws AwsError. */
export interface SettingsGateway {
  readonly region: string;
  pointInTimeRecovery(tableName: string, signal?: AbortSignal): Promise<PointInTimeRecovery>;
  setPointInTimeRecovery(tableName: string, wanted: PointInTimeRecovery, signal?: AbortSignal): Promise<void>;
  /** The attribute that says when an item expires; undefined when time to live is off. */
  timeToLiveAttribute(tableName: string, signal?: AbortSignal): Promise<string | undefined>;
  tags(tableArn: string, signal?: AbortSignal): Promise<Readonly<Record<string, string>>>;
  tag(tableArn: string, tags: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<void>;
  untag(tableArn: string, keys: readonly string[], signal?: AbortSignal): Promise<void>;
  /** Where Contributor Insights is on: `table`, and the names of indexes. */
  contributorInsights(tableName: string, signal?: AbortSignal): Promise<readonly string[]>;
  /** @param on `table`, or the name of an index */
  setContributorInsights(tableName: string, on: string, enabled: boolean, signal?: AbortSignal): Promise<void>;
  setDeletionProtection(tableName: string, enabled: boolean, signal?: AbortSignal): Promise<void>;
  /** The ARNs of the Kinesis streams that changes are sent to. */
  kinesisDestinations(tableName: string, signal?: AbortSignal): Promise<readonly string[]>;
  /** The table's resource policy as JSON; undefined when there is none. */
  resourcePolicy(tableArn: string, signal?: AbortSignal): Promise<string | undefined>;
  limits(signal?: AbortSignal): Promise<TableLimits>;
}

/** How Contributor Insights of the table itself is named among those of its indexes. */
const TABLE_INSIGHTS = 'table';

/** The gateway over the SDK's client. */
export function sdkSettingsGateway(client: DynamoDBClient, context: ServiceContext): SettingsGateway {
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  return {
    region: context.region,
    async pointInTimeRecovery(tableName, signal) {
      const command = new DescribeContinuousBackupsCommand({ TableName: tableName });
      const output = await call(context, 'DescribeContinuousBackups', tableName, () =>
        client.send(command, options(signal)),
      );
      const recovery = output.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
      const enabled = recovery?.PointInTimeRecoveryStatus === 'ENABLED';
      return { enabled, days: enabled ? recovery.RecoveryPeriodInDays : undefined };
    },
    async setPointInTimeRecovery(tableName, { enabled, days }, signal) {
      const command = new UpdateContinuousBackupsCommand({
        TableName: tableName,
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: enabled,
          ...(days === undefined ? {} : { RecoveryPeriodInDays: days }),
        },
      });
      await call(context, 'UpdateContinuousBackups', tableName, () => client.send(command, options(signal)));
    },
    async timeToLiveAttribute(tableName, signal) {
      const command = new DescribeTimeToLiveCommand({ TableName: tableName });
      const output = await call(context, 'DescribeTimeToLive', tableName, () => client.send(command, options(signal)));
      const ttl = output.TimeToLiveDescription;
      const isOn = ttl?.TimeToLiveStatus === 'ENABLED' || ttl?.TimeToLiveStatus === 'ENABLING';
      return isOn ? ttl.AttributeName : undefined;
    },
    async tags(tableArn, signal) {
      const found: Tag[] = [];
      let after: string | undefined;
      do {
        const command = new ListTagsOfResourceCommand({ ResourceArn: tableArn, NextToken: after });
        const output = await call(context, 'ListTagsOfResource', tableArn, () => client.send(command, options(signal)));
        found.push(...(output.Tags ?? []));
        after = output.NextToken;
      } while (after !== undefined);
      return Object.fromEntries(found.map(({ Key, Value }) => [Key ?? '', Value ?? '']));
    },
    async tag(tableArn, tags, signal) {
      const command = new TagResourceCommand({
        ResourceArn: tableArn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
      await call(context, 'TagResource', tableArn, () => client.send(command, options(signal)));
    },
    async untag(tableArn, keys, signal) {
      const command = new UntagResourceCommand({ ResourceArn: tableArn, TagKeys: [...keys] });
      await call(context, 'UntagResource', tableArn, () => client.send(command, options(signal)));
    },
    async contributorInsights(tableName, signal) {
      const on: string[] = [];
      let after: string | undefined;
      do {
        const command = new ListContributorInsightsCommand({ TableName: tableName, NextToken: after });
        const output = await call(context, 'ListContributorInsights', tableName, () =>
          client.send(command, options(signal)),
        );
        for (const each of output.ContributorInsightsSummaries ?? []) {
          const isOn = each.ContributorInsightsStatus === 'ENABLED' || each.ContributorInsightsStatus === 'ENABLING';
          if (isOn) on.push(each.IndexName ?? TABLE_INSIGHTS);
        }
        after = output.NextToken;
      } while (after !== undefined);
      return on.sort();
    },
    async setContributorInsights(tableName, on, enabled, signal) {
      const command = new UpdateContributorInsightsCommand({
        TableName: tableName,
        ...(on === TABLE_INSIGHTS ? {} : { IndexName: on }),
        ContributorInsightsAction: enabled ? 'ENABLE' : 'DISABLE',
      });
      await call(context, 'UpdateContributorInsights', tableName, () => client.send(command, options(signal)));
    },
    async setDeletionProtection(tableName, enabled, signal) {
      const command = new UpdateTableCommand({ TableName: tableName, DeletionProtectionEnabled: enabled });
      await call(context, 'UpdateTable', tableName, () => client.send(command, options(signal)));
    },
    async kinesisDestinations(tableName, signal) {
      const command = new DescribeKinesisStreamingDestinationCommand({ TableName: tableName });
      const output = await call(context, 'DescribeKinesisStreamingDestination', tableName, () =>
        client.send(command, options(signal)),
      );
      return (output.KinesisDataStreamDestinations ?? [])
        .filter(({ DestinationStatus }) => DestinationStatus === 'ACTIVE' || DestinationStatus === 'ENABLING')
        .map(({ StreamArn }) => StreamArn ?? '')
        .sort();
    },
    async resourcePolicy(tableArn, signal) {
      const command = new GetResourcePolicyCommand({ ResourceArn: tableArn });
      try {
        const output = await call(context, 'GetResourcePolicy', tableArn, () => client.send(command, options(signal)));
        return output.Policy;
      } catch (error) {
        if (isAwsError(error) && error.code === 'PolicyNotFoundException') return undefined;
        throw error;
      }
    },
    async limits(signal) {
      const output = await call(context, 'DescribeLimits', undefined, () =>
        client.send(new DescribeLimitsCommand({}), options(signal)),
      );
      return {
        accountMaxReadUnits: output.AccountMaxReadCapacityUnits ?? Number.POSITIVE_INFINITY,
        accountMaxWriteUnits: output.AccountMaxWriteCapacityUnits ?? Number.POSITIVE_INFINITY,
        tableMaxReadUnits: output.TableMaxReadCapacityUnits ?? Number.POSITIVE_INFINITY,
        tableMaxWriteUnits: output.TableMaxWriteCapacityUnits ?? Number.POSITIVE_INFINITY,
      };
    },
  };
}
