import { describe, expect, it } from 'vitest';
import type { SettingsGateway } from '../../../src/lib/aws/settings-gateway.js';
import { answerError, answerJson, type WireServer } from '../../support/wire-server.js';
import { bodyOf, doorTo } from './wire-door.js';

const ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders';

async function settingsThat(
  ...answers: readonly object[]
): Promise<{ readonly settings: SettingsGateway; readonly server: WireServer }> {
  const { aws, server } = await doorTo((response, _request, index) => {
    answerJson(response, answers[index] ?? {});
  });
  return { settings: await aws.settings('us-east-1'), server };
}

describe('reading the settings of one Region', () => {
  it('tells how far back point-in-time recovery goes, and nothing of days while it is off', async () => {
    const recovery = (status: string) => ({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status, RecoveryPeriodInDays: 35 },
      },
    });
    const { settings } = await settingsThat(recovery('ENABLED'), recovery('DISABLED'));
    expect(await settings.pointInTimeRecovery('Orders')).toEqual({ enabled: true, days: 35 });
    expect(await settings.pointInTimeRecovery('Orders')).toEqual({ enabled: false, days: undefined });
  });

  it('counts time to live as on from the moment it is being enabled', async () => {
    const { settings } = await settingsThat(
      { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLING', AttributeName: 'expires' } },
      { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } },
    );
    expect(await settings.timeToLiveAttribute('Orders')).toBe('expires');
    expect(await settings.timeToLiveAttribute('Orders')).toBeUndefined();
  });

  it('reads all pages of tags', async () => {
    const { settings, server } = await settingsThat(
      { Tags: [{ Key: 'team', Value: 'shop' }], NextToken: 'more' },
      { Tags: [{ Key: 'stage', Value: 'prod' }] },
    );
    expect(await settings.tags(ARN)).toEqual({ team: 'shop', stage: 'prod' });
    expect(bodyOf(server, 1)).toEqual({ ResourceArn: ARN, NextToken: 'more' });
  });

  it('names where Contributor Insights is on: the table, and indexes', async () => {
    const { settings } = await settingsThat({
      ContributorInsightsSummaries: [
        { TableName: 'Orders', ContributorInsightsStatus: 'ENABLED' },
        { TableName: 'Orders', IndexName: 'byDay', ContributorInsightsStatus: 'ENABLING' },
        { TableName: 'Orders', IndexName: 'byUser', ContributorInsightsStatus: 'DISABLED' },
      ],
    });
    expect(await settings.contributorInsights('Orders')).toEqual(['byDay', 'table']);
  });

  it('lists the Kinesis streams that changes are sent to now', async () => {
    const { settings } = await settingsThat({
      KinesisDataStreamDestinations: [
        { StreamArn: 'arn:b', DestinationStatus: 'ACTIVE' },
        { StreamArn: 'arn:old', DestinationStatus: 'DISABLED' },
      ],
    });
    expect(await settings.kinesisDestinations('Orders')).toEqual(['arn:b']);
  });

  it('takes a missing resource policy for none, and any other failure for one', async () => {
    const { aws } = await doorTo((response, _request, index) => {
      if (index === 0) answerJson(response, { Policy: '{}' });
      else answerError(response, index === 1 ? 'PolicyNotFoundException' : 'AccessDeniedException', 'no');
    });
    const settings = await aws.settings('us-east-1');
    expect(await settings.resourcePolicy(ARN)).toBe('{}');
    expect(await settings.resourcePolicy(ARN)).toBeUndefined();
    await expect(settings.resourcePolicy(ARN)).rejects.toMatchObject({ kind: 'denied' });
  });

  it('reads the limits of the account', async () => {
    const { settings } = await settingsThat({
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 10_000,
    });
    expect(await settings.limits()).toEqual({
      accountMaxReadUnits: 80_000,
      accountMaxWriteUnits: 80_000,
      tableMaxReadUnits: 40_000,
      tableMaxWriteUnits: 10_000,
    });
  });
});

describe('changing the settings of one Region', () => {
  it('sends each in the words of AWS', async () => {
    const { settings, server } = await settingsThat();
    await settings.setPointInTimeRecovery('Orders', { enabled: true, days: 14 });
    await settings.setPointInTimeRecovery('Orders', { enabled: false, days: undefined });
    await settings.tag(ARN, { team: 'shop' });
    await settings.untag(ARN, ['old']);
    await settings.setContributorInsights('Orders', 'table', true);
    await settings.setContributorInsights('Orders', 'byDay', false);
    await settings.setDeletionProtection('Orders', true);
    expect(server.requests.map(({ operation }, index) => [operation, bodyOf(server, index)])).toEqual([
      [
        'UpdateContinuousBackups',
        {
          TableName: 'Orders',
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 14 },
        },
      ],
      [
        'UpdateContinuousBackups',
        { TableName: 'Orders', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } },
      ],
      ['TagResource', { ResourceArn: ARN, Tags: [{ Key: 'team', Value: 'shop' }] }],
      ['UntagResource', { ResourceArn: ARN, TagKeys: ['old'] }],
      ['UpdateContributorInsights', { TableName: 'Orders', ContributorInsightsAction: 'ENABLE' }],
      ['UpdateContributorInsights', { TableName: 'Orders', IndexName: 'byDay', ContributorInsightsAction: 'DISABLE' }],
      ['UpdateTable', { TableName: 'Orders', DeletionProtectionEnabled: true }],
    ]);
  });
});
