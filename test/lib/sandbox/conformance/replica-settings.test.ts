import {
  DescribeContinuousBackupsCommand,
  DescribeContributorInsightsCommand,
  DescribeTableReplicaAutoScalingCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
  type ReplicationGroupUpdate,
  TagResourceCommand,
  type UpdateTableCommandInput,
  UpdateContinuousBackupsCommand,
  UpdateContributorInsightsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeScalableTargetsCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  type ScalableDimension,
} from '@aws-sdk/client-application-auto-scaling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EAST, type GlobalHarness, refusal, startGlobalHarness, WEST } from '../global-harness.js';

const TableName = 'Orders';

describe('settings of replicas, as FACTS D.5 has them', () => {
  let global: GlobalHarness;

  beforeEach(async () => {
    global = await startGlobalHarness();
  });
  afterEach(() => global.close());

  const change = async (region: string, input: Partial<UpdateTableCommandInput>) => {
    await global.update(region, input);
    global.settle(2);
  };
  const override = async (settings: Omit<NonNullable<ReplicationGroupUpdate['Update']>, 'RegionName'>) => {
    const answer = await global.replicas(EAST, { Update: { RegionName: WEST, ...settings } });
    global.settle();
    return answer;
  };
  const replica = async () => (await global.table(EAST))?.Replicas?.[0];

  /** A provisioned table whose writes are scaled, with a replica in the West. */
  const provisioned = async () => {
    const units = { ReadCapacityUnits: 5, WriteCapacityUnits: 6 };
    await global.create({ BillingMode: 'PROVISIONED', ProvisionedThroughput: units });
    const target = {
      ServiceNamespace: 'dynamodb' as const,
      ResourceId: 'table/Orders',
      ScalableDimension: 'dynamodb:table:WriteCapacityUnits' as ScalableDimension,
    };
    const scaling = global.scaling(EAST);
    await scaling.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: 5, MaxCapacity: 50 }));
    await scaling.send(
      new PutScalingPolicyCommand({
        ...target,
        PolicyName: 'writes',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 },
      }),
    );
    await global.add(WEST);
  };

  describe('always shared', () => {
    it('D.5: capacity mode and on-demand limits', async () => {
      await global.create();
      await global.add(WEST);
      await change(WEST, { OnDemandThroughput: { MaxReadRequestUnits: 100, MaxWriteRequestUnits: 200 } });
      expect((await global.table(EAST))?.OnDemandThroughput).toEqual({
        MaxReadRequestUnits: 100,
        MaxWriteRequestUnits: 200,
      });
    });

    it('D.5: provisioned capacity, whichever Region changes it', async () => {
      await provisioned();
      await change(WEST, { ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 8 } });
      expect((await global.table(EAST))?.ProvisionedThroughput).toMatchObject({
        ReadCapacityUnits: 7,
        WriteCapacityUnits: 8,
      });
      await change(EAST, { BillingMode: 'PAY_PER_REQUEST' });
      expect((await global.table(WEST))?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
    });

    it('D.5: warm throughput, which only grows', async () => {
      await global.create();
      await global.add(WEST);
      const more = { ReadUnitsPerSecond: 20_000, WriteUnitsPerSecond: 10_000 };
      await change(EAST, { WarmThroughput: more });
      expect((await global.table(WEST))?.WarmThroughput).toMatchObject(more);
      expect((await replica())?.WarmThroughput).toMatchObject(more);
      await expect(global.update(EAST, { WarmThroughput: { ReadUnitsPerSecond: 1 } })).rejects.toMatchObject({
        name: 'ValidationException',
      });
    });

    it('D.5: indexes, which take longer elsewhere than in the Region that was asked', async () => {
      await global.create();
      await global.add(WEST);
      await global.update(WEST, {
        AttributeDefinitions: [{ AttributeName: 'status', AttributeType: 'S' }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'byStatus',
              KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
            },
          },
        ],
      });
      const indexIn = async (region: string) => (await global.table(region))?.GlobalSecondaryIndexes?.[0]?.IndexStatus;
      global.settle();
      expect([await indexIn(WEST), await indexIn(EAST)]).toEqual(['ACTIVE', 'CREATING']);
      global.settle();
      expect(await indexIn(EAST)).toBe('ACTIVE');
      await change(EAST, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byStatus' } }] });
      for (const region of [EAST, WEST]) expect(await indexIn(region)).toBeUndefined();
    });

    it('D.5: TTL, whichever Region sets it, also while a replica is being made', async () => {
      await global.create();
      await global.replicas(EAST, { Create: { RegionName: WEST } });
      global.settle();
      const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
      await global.dynamodb(EAST).send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
      global.settle();
      const { TimeToLiveDescription } = await global.dynamodb(WEST).send(new DescribeTimeToLiveCommand({ TableName }));
      expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    });

    it('D.5: scaling of writes, which the new replica gets with it', async () => {
      await provisioned();
      const { ScalableTargets } = await global
        .scaling(WEST)
        .send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'dynamodb' }));
      expect(ScalableTargets).toMatchObject([
        { ResourceId: 'table/Orders', ScalableDimension: 'dynamodb:table:WriteCapacityUnits', MaxCapacity: 50 },
      ]);
      expect(ScalableTargets?.[0]?.ScalableTargetARN).toContain(`:${WEST}:`);
    });
  });

  describe('shared, but for what a replica has differently', () => {
    it('D.5: read capacity: absent when it is that of all, kept when that of all changes', async () => {
      await provisioned();
      expect((await replica())?.ProvisionedThroughputOverride).toBeUndefined();
      const answer = await override({ ProvisionedThroughputOverride: { ReadCapacityUnits: 50 } });
      expect(answer?.TableStatus).toBe('UPDATING');
      expect((await replica())?.ProvisionedThroughputOverride).toEqual({ ReadCapacityUnits: 50 });
      await change(EAST, { ProvisionedThroughput: { ReadCapacityUnits: 9, WriteCapacityUnits: 6 } });
      expect((await global.table(WEST))?.ProvisionedThroughput).toMatchObject({
        ReadCapacityUnits: 50,
        WriteCapacityUnits: 6,
      });
      await override({ ProvisionedThroughputOverride: { ReadCapacityUnits: 9 } });
      expect((await replica())?.ProvisionedThroughputOverride).toBeUndefined();
    });

    it('D.5: table class and the limit of on-demand reads', async () => {
      await global.create();
      await global.add(WEST);
      await override({
        TableClassOverride: 'STANDARD_INFREQUENT_ACCESS',
        OnDemandThroughputOverride: { MaxReadRequestUnits: 10 },
      });
      expect(await replica()).toMatchObject({
        ReplicaTableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
        OnDemandThroughputOverride: { MaxReadRequestUnits: 10 },
      });
      expect((await global.table(WEST))?.TableClassSummary?.TableClass).toBe('STANDARD_INFREQUENT_ACCESS');
      expect((await global.table(WEST))?.OnDemandThroughput?.MaxReadRequestUnits).toBe(10);
      expect((await global.table(EAST))?.TableClassSummary).toBeUndefined();
      await override({ TableClassOverride: 'STANDARD' });
      expect((await replica())?.ReplicaTableClassSummary).toBeUndefined();
    });

    it('D.2: an override can come with the Create', async () => {
      await global.create();
      await global.replicas(EAST, {
        Create: { RegionName: WEST, TableClassOverride: 'STANDARD_INFREQUENT_ACCESS' },
      });
      global.settle(2);
      expect((await replica())?.ReplicaTableClassSummary?.TableClass).toBe('STANDARD_INFREQUENT_ACCESS');
    });

    it('D.4: is UPDATING meanwhile', async () => {
      await global.create();
      await global.add(WEST);
      await global.replicas(EAST, { Update: { RegionName: WEST, TableClassOverride: 'STANDARD_INFREQUENT_ACCESS' } });
      expect((await replica())?.ReplicaStatus).toBe('UPDATING');
      await expect(global.update(WEST, { DeletionProtectionEnabled: true })).rejects.toMatchObject({
        name: 'ResourceInUseException',
      });
      global.settle();
      expect((await replica())?.ReplicaStatus).toBe('ACTIVE');
    });
  });

  describe('never shared', () => {
    it('D.5: deletion protection, point-in-time recovery, tags and Contributor Insights', async () => {
      await global.create({ Tags: [{ Key: 'team', Value: 'orders' }] });
      await global.add(WEST);
      await change(EAST, { DeletionProtectionEnabled: true });
      const east = global.dynamodb(EAST);
      await east.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      );
      await east.send(new UpdateContributorInsightsCommand({ TableName, ContributorInsightsAction: 'ENABLE' }));
      global.settle();
      const settingsIn = async (region: string) => {
        const client = global.dynamodb(region);
        const table = await global.table(region);
        const backups = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
        const insights = await client.send(new DescribeContributorInsightsCommand({ TableName }));
        const tags = await client.send(new ListTagsOfResourceCommand({ ResourceArn: table?.TableArn }));
        return [
          table?.DeletionProtectionEnabled,
          backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus,
          insights.ContributorInsightsStatus,
          tags.Tags,
        ];
      };
      expect(await settingsIn(EAST)).toEqual([true, 'ENABLED', 'ENABLED', [{ Key: 'team', Value: 'orders' }]]);
      expect(await settingsIn(WEST)).toEqual([false, 'DISABLED', 'DISABLED', []]);
    });

    it('D.2: can be changed while a replica is being made', async () => {
      await global.create();
      await global.replicas(EAST, { Create: { RegionName: WEST } });
      const east = global.dynamodb(EAST);
      const ResourceArn = (await global.table(EAST))?.TableArn;
      await east.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'a', Value: 'b' }] }));
      await east.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      );
      await east.send(new UpdateContributorInsightsCommand({ TableName, ContributorInsightsAction: 'ENABLE' }));
      expect((await east.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags).toEqual([
        { Key: 'a', Value: 'b' },
      ]);
    });
  });

  it('shows the scaling of every replica, and knows no regional table', async () => {
    await provisioned();
    const describe = new DescribeTableReplicaAutoScalingCommand({ TableName });
    const { TableAutoScalingDescription } = await global.dynamodb(EAST).send(describe);
    expect(TableAutoScalingDescription?.Replicas?.map(({ RegionName }) => RegionName).sort()).toEqual([EAST, WEST]);
    for (const each of TableAutoScalingDescription?.Replicas ?? []) {
      expect(each).toMatchObject({
        ReplicaStatus: 'ACTIVE',
        ReplicaProvisionedReadCapacityAutoScalingSettings: { AutoScalingDisabled: true },
        ReplicaProvisionedWriteCapacityAutoScalingSettings: {
          MinimumUnits: 5,
          MaximumUnits: 50,
          ScalingPolicies: [{ PolicyName: 'writes' }],
        },
      });
    }
    await global.replicas(EAST, { Delete: { RegionName: WEST } });
    global.settle(3);
    await expect(global.dynamodb(EAST).send(describe)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Global table with name: Orders does not exist.',
    });
  });

  it.each(['ENABLED', 'DISABLED'] as const)(
    'D.5: a Regional table takes %s for its replication of settings, and shows none',
    async mode => {
      await global.create();
      await global.update(EAST, { GlobalTableSettingsReplicationMode: mode });
      global.settle(1);
      const table = await global.table(EAST);
      expect(table?.TableStatus).toBe('ACTIVE');
      expect(table).not.toHaveProperty('GlobalTableSettingsReplicationMode');
    },
  );

  it('D.5: the replication of settings of a table that has replicas is refused aloud', async () => {
    await global.create();
    await global.add(WEST);
    global.settle(2);
    await expect(global.update(EAST, { GlobalTableSettingsReplicationMode: 'ENABLED' })).rejects.toMatchObject(
      refusal(
        'The sandbox does not serve GlobalTableSettingsReplicationMode of UpdateTable. Leave it out, or use an AWS account.',
      ),
    );
  });
});
