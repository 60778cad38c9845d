import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeContinuousBackupsCommand,
  DescribeContributorInsightsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ExportTableToPointInTimeCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateContributorInsightsCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, ordersTable, START_MS, STATUS_DELAY_MS, startHarness } from '../harness.js';

const TableName = 'Orders';
const BY_STATUS = {
  IndexName: 'byStatus',
  KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' as const },
};
const STATUS = [{ AttributeName: 'status', AttributeType: 'S' as const }];

describe('settings of a table', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;

  beforeEach(async () => {
    harness = await startHarness({ statusDelayMs: STATUS_DELAY_MS });
    dynamodb = harness.dynamodb();
  });
  afterEach(() => harness.close());

  const settle = (ms = STATUS_DELAY_MS) => harness.sandbox.control.advanceClock({ ms });
  const create = async (input: Partial<CreateTableCommandInput> = {}) => {
    await dynamodb.send(new CreateTableCommand({ ...ordersTable('KEYS_ONLY'), ...input }));
    settle();
  };
  const update = async (input: Partial<UpdateTableCommandInput>) =>
    (await dynamodb.send(new UpdateTableCommand({ TableName, ...input }))).TableDescription;
  const table = async () => (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table;

  describe('tags', () => {
    const tagsOf = async (ResourceArn?: string) =>
      (await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags;

    it('A.6: of a table and of its stream are apart; those of a table can come with CreateTable', async () => {
      await create({ Tags: [{ Key: 'team', Value: 'orders' }] });
      const { TableArn, LatestStreamArn } = (await table()) ?? {};
      await dynamodb.send(new TagResourceCommand({ ResourceArn: LatestStreamArn, Tags: [{ Key: 'a', Value: '1' }] }));
      expect(await tagsOf(TableArn)).toEqual([{ Key: 'team', Value: 'orders' }]);
      expect(await tagsOf(LatestStreamArn)).toEqual([{ Key: 'a', Value: '1' }]);
    });

    it('are replaced by their keys and taken away by their keys', async () => {
      await create();
      const ResourceArn = (await table())?.TableArn;
      const Tags = [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '1' },
      ];
      await dynamodb.send(new TagResourceCommand({ ResourceArn, Tags }));
      await dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'a', Value: '2' }] }));
      await dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['b', 'c'] }));
      expect(await tagsOf(ResourceArn)).toEqual([{ Key: 'a', Value: '2' }]);
    });

    it.each([
      ['no tags', [], 'Atleast one Tag needs to be provided as Input.'],
      ['a key of AWS’s own', [{ Key: 'aws:a', Value: '' }], 'Tag Key cannot be prefixed with aws:, Key: aws:a'],
      [
        'a key twice',
        [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
        'Duplicate Tag Keys provided as input: Duplicate Tag Key found a',
      ],
      [
        'more than 50',
        Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' })),
        'Number of Tags exceed the current limit for the provided ResourceArn',
      ],
    ])('refuses %s', async (_, Tags, message) => {
      await create();
      const ResourceArn = (await table())?.TableArn;
      await expect(dynamodb.send(new TagResourceCommand({ ResourceArn, Tags }))).rejects.toMatchObject({
        name: 'ValidationException',
        message,
      });
    });

    it('refuses what is no table and no stream', async () => {
      await create();
      await expect(tagsOf('Orders')).rejects.toMatchObject({
        message: "One or more parameter values were invalid: ARNs must start with 'arn:': Orders",
      });
      await expect(tagsOf('arn:aws:s3:::bucket')).rejects.toMatchObject({
        message:
          'One or more parameter values were invalid: Provided Arn is not a DynamoDB resource arn: arn:aws:s3:::bucket',
      });
      await expect(tagsOf(`${(await table())?.TableArn}x`)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    });

    it('go with their table', async () => {
      await create({ Tags: [{ Key: 'team', Value: 'orders' }] });
      await harness.raw('DynamoDB_20120810.DeleteTable', { TableName });
      settle();
      await create();
      expect(await tagsOf((await table())?.TableArn)).toEqual([]);
    });
  });

  describe('point-in-time recovery', () => {
    const describeBackups = async () =>
      (await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription;
    const setRecovery = (isEnabled: boolean, RecoveryPeriodInDays?: number) =>
      dynamodb.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: isEnabled, RecoveryPeriodInDays },
        }),
      );

    it('is off at first, and shows its window when it is on', async () => {
      await create();
      expect(await describeBackups()).toEqual({
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
      });
      await setRecovery(true, 7);
      settle(10 * 24 * 3_600_000);
      const nowMs = Date.parse(harness.sandbox.control.status().now);
      expect((await describeBackups())?.PointInTimeRecoveryDescription).toEqual({
        PointInTimeRecoveryStatus: 'ENABLED',
        RecoveryPeriodInDays: 7,
        EarliestRestorableDateTime: new Date(nowMs - 7 * 24 * 3_600_000),
        LatestRestorableDateTime: new Date(nowMs - 300_000),
      });
      await setRecovery(false);
      expect((await describeBackups())?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe('DISABLED');
    });

    it('keeps 35 days when nothing is said', async () => {
      await create();
      const { ContinuousBackupsDescription } = await setRecovery(true);
      expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.RecoveryPeriodInDays).toBe(35);
    });

    it('refuses a table that there is not, one that is being made, and days for what is turned off', async () => {
      await expect(describeBackups()).rejects.toMatchObject({
        name: 'TableNotFoundException',
        message: 'Table not found: Orders',
      });
      await dynamodb.send(new CreateTableCommand(ordersTable()));
      await expect(setRecovery(true)).rejects.toMatchObject({ name: 'ContinuousBackupsUnavailableException' });
      settle();
      await expect(setRecovery(false, 7)).rejects.toMatchObject({
        message: 'Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.',
      });
    });

    it('an export is refused aloud', async () => {
      await expect(
        dynamodb.send(
          new ExportTableToPointInTimeCommand({
            TableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders',
            S3Bucket: 'exports',
          }),
        ),
      ).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('The sandbox does not serve ExportTableToPointInTime'),
      });
    });
  });

  describe('Contributor Insights', () => {
    const insights = (IndexName?: string) =>
      dynamodb.send(new DescribeContributorInsightsCommand({ TableName, IndexName }));
    const set = (ContributorInsightsAction: 'ENABLE' | 'DISABLE', IndexName?: string) =>
      dynamodb.send(new UpdateContributorInsightsCommand({ TableName, IndexName, ContributorInsightsAction }));

    it('are ENABLING, ENABLED, DISABLING, DISABLED, of a table and of an index apart', async () => {
      await create({
        AttributeDefinitions: [...ordersTable().AttributeDefinitions, ...STATUS],
        GlobalSecondaryIndexes: [BY_STATUS],
      });
      const seen = [(await insights()).ContributorInsightsStatus];
      seen.push((await set('ENABLE')).ContributorInsightsStatus);
      settle();
      const enabled = await insights();
      seen.push(enabled.ContributorInsightsStatus);
      expect(enabled.ContributorInsightsRuleList).toHaveLength(2);
      expect(enabled.LastUpdateDateTime).toEqual(new Date(START_MS + STATUS_DELAY_MS));
      expect((await insights('byStatus')).ContributorInsightsStatus).toBe('DISABLED');
      seen.push((await set('DISABLE')).ContributorInsightsStatus);
      settle();
      seen.push((await insights()).ContributorInsightsStatus);
      expect(seen).toEqual(['DISABLED', 'ENABLING', 'ENABLED', 'DISABLING', 'DISABLED']);
    });

    it('refuse an index that there is not, and a change while another goes on', async () => {
      await create();
      await expect(insights('nothing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await set('ENABLE');
      await expect(set('DISABLE')).rejects.toMatchObject({ name: 'ValidationException' });
    });
  });

  it('DescribeLimits shows AWS’s quotas, until a tester sets others for a Region', async () => {
    const limits = async (region?: string) => {
      const { $metadata, ...shown } = await harness.dynamodb(region).send(new DescribeLimitsCommand({}));
      expect($metadata.httpStatusCode).toBe(200);
      return shown;
    };
    const large = {
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 40_000,
    };
    expect(await limits()).toEqual(large);
    harness.sandbox.control.setLimits({ region: 'eu-west-1', tableMaxWriteUnits: 10_000 });
    expect(await limits('eu-west-1')).toEqual({ ...large, TableMaxWriteCapacityUnits: 10_000 });
    expect(await limits()).toEqual(large);
  });

  describe('encryption', () => {
    it('is by the key that DynamoDB owns, unless another is asked for', async () => {
      await create();
      expect((await table())?.SSEDescription).toBeUndefined();
      await update({ SSESpecification: { Enabled: true } });
      settle();
      expect((await table())?.SSEDescription).toMatchObject({ Status: 'ENABLED', SSEType: 'KMS' });
      await update({ SSESpecification: { Enabled: false } });
      expect((await table())?.SSEDescription).toBeUndefined();
    });

    it.each([
      [{ Enabled: false, SSEType: 'KMS' as const }, 'SSEType can not be specified if Enabled is false'],
      [{ Enabled: false, KMSMasterKeyId: 'k' }, 'KMSMasterKeyId can not be specified if Enabled is false'],
      [{ Enabled: true, SSEType: 'AES256' as const }, 'SSEType AES256 is not supported'],
      [{ Enabled: true, KMSMasterKeyId: 'k' }, 'SSEType KMS is required if KMSMasterKeyId is specified'],
    ])('refuses %o', async (SSESpecification, message) => {
      await expect(create({ SSESpecification })).rejects.toMatchObject({
        message: `One or more parameter values were invalid: ${message}`,
      });
    });

    it('refuses a key that there is not, one of another Region, and one that is disabled', async () => {
      const key = harness.sandbox.control.createKey({ keyId: 'off' });
      const foreign = harness.sandbox.control.createKey({ region: 'eu-west-1' });
      harness.sandbox.control.disableKey({ keyId: 'off' });
      const by = (KMSMasterKeyId: string) =>
        create({ SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId } });
      await expect(by('nothing')).rejects.toMatchObject({
        message:
          "KMS validation error: com.amazonaws.services.kms.model.NotFoundException: Key 'arn:aws:kms:us-east-1:111122223333:key/nothing' does not exist",
      });
      await expect(by('alias/nothing')).rejects.toMatchObject({
        message: expect.stringContaining('Alias arn:aws:kms:us-east-1:111122223333:alias/nothing is not found.'),
      });
      await expect(by(foreign.arn)).rejects.toMatchObject({
        message: expect.stringContaining('Invalid arn eu-west-1'),
      });
      await expect(by('off')).rejects.toMatchObject({
        message: expect.stringContaining(`DisabledException: ${key.arn} is disabled.`),
      });
    });
  });

  describe('throughput', () => {
    it('on-demand limits are shown when there are any, and -1 takes one away', async () => {
      await create({ OnDemandThroughput: { MaxReadRequestUnits: 10, MaxWriteRequestUnits: 20 } });
      await update({ OnDemandThroughput: { MaxReadRequestUnits: -1 } });
      settle();
      expect((await table())?.OnDemandThroughput).toEqual({ MaxReadRequestUnits: -1, MaxWriteRequestUnits: 20 });
      await update({ OnDemandThroughput: { MaxWriteRequestUnits: -1 } });
      settle();
      expect((await table())?.OnDemandThroughput).toBeUndefined();
    });

    it('provisioned units can be changed, of an index too, and on-demand limits go with on-demand', async () => {
      const units = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };
      await create({
        BillingMode: 'PROVISIONED',
        ProvisionedThroughput: units,
        AttributeDefinitions: [...ordersTable().AttributeDefinitions, ...STATUS],
        GlobalSecondaryIndexes: [{ ...BY_STATUS, ProvisionedThroughput: units }],
      });
      const more = { ReadCapacityUnits: 6, WriteCapacityUnits: 7 };
      await update({
        ProvisionedThroughput: more,
        GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'byStatus', ProvisionedThroughput: more } }],
      });
      expect((await table())?.GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe('UPDATING');
      settle();
      expect(await table()).toMatchObject({
        ProvisionedThroughput: more,
        GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE', ProvisionedThroughput: more }],
      });
      await expect(update({ OnDemandThroughput: { MaxReadRequestUnits: 1 } })).rejects.toMatchObject({
        name: 'ValidationException',
      });
    });

    it('warm throughput is at least what is provisioned', async () => {
      const units = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };
      await create({ BillingMode: 'PROVISIONED', ProvisionedThroughput: units });
      expect((await table())?.WarmThroughput).toEqual({
        ReadUnitsPerSecond: 5,
        WriteUnitsPerSecond: 5,
        Status: 'ACTIVE',
      });
      await update({ ProvisionedThroughput: { ReadCapacityUnits: 50, WriteCapacityUnits: 5 } });
      settle();
      expect((await table())?.WarmThroughput?.ReadUnitsPerSecond).toBe(50);
    });
  });

  describe('indexes', () => {
    const added = { AttributeDefinitions: STATUS, GlobalSecondaryIndexUpdates: [{ Create: BY_STATUS }] };

    it('are CREATING, then taking in what is there, then ACTIVE', async () => {
      await create();
      await update(added);
      const index = async () => (await table())?.GlobalSecondaryIndexes?.[0];
      expect(await index()).toMatchObject({ IndexStatus: 'CREATING', Backfilling: false });
      settle(STATUS_DELAY_MS / 2);
      expect(await index()).toMatchObject({ IndexStatus: 'CREATING', Backfilling: true });
      settle(STATUS_DELAY_MS / 2);
      expect((await index())?.Backfilling).toBeUndefined();
      expect((await index())?.IndexStatus).toBe('ACTIVE');
    });

    it('are made and removed one at a time', async () => {
      await create();
      const two = [{ Create: BY_STATUS }, { Create: { ...BY_STATUS, IndexName: 'second' } }];
      await expect(update({ ...added, GlobalSecondaryIndexUpdates: two })).rejects.toMatchObject({
        name: 'LimitExceededException',
        message: 'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
      });
    });

    it.each<[string, NonNullable<UpdateTableCommandInput['GlobalSecondaryIndexUpdates']>, string]>([
      ['an update of nothing', [{}], 'One of GlobalSecondaryIndexUpdate.Update'],
      [
        'two actions in one',
        [{ Create: BY_STATUS, Delete: { IndexName: 'byStatus' } }],
        'Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object',
      ],
      [
        'two updates of one index',
        [{ Create: BY_STATUS }, { Create: BY_STATUS }],
        'Only one global secondary index update per index is allowed simultaneously. Index: byStatus',
      ],
      [
        'an index that there is not',
        [{ Delete: { IndexName: 'nothing' } }],
        'Index: nothing of table Orders not found',
      ],
    ])('refuse %s', async (_, GlobalSecondaryIndexUpdates, message) => {
      await create();
      await expect(update({ AttributeDefinitions: STATUS, GlobalSecondaryIndexUpdates })).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(message),
      });
      expect((await table())?.TableStatus).toBe('ACTIVE');
    });
  });
});
