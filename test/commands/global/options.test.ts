import { describe, expect, it } from 'vitest';
import { addReplicaCommand } from '../../../src/commands/global/add-replica.js';
import { checkCommand } from '../../../src/commands/global/check.js';
import { conflictsCommand } from '../../../src/commands/global/conflicts.js';
import { diffCommand } from '../../../src/commands/global/diff.js';
import { lagCommand } from '../../../src/commands/global/lag.js';
import { probeCommand } from '../../../src/commands/global/probe.js';
import { removeReplicaCommand } from '../../../src/commands/global/remove-replica.js';
import { statusCommand } from '../../../src/commands/global/status.js';
import { verifyCommand } from '../../../src/commands/global/verify.js';
import { parsedOptions } from '../../support/parsed-options.js';

const table = { tableName: 'Orders' };
const change = { dryRun: false, yes: false, showAws: false };
const aReplica = (region: string) => ({ region, kmsKey: undefined, tableClass: undefined, readCapacity: undefined });

describe('the options of', () => {
  it('status', async () => {
    expect(await parsedOptions(statusCommand, ['Orders'])).toEqual({
      options: { table, watch: false, intervalMs: 10_000 },
    });
    expect(await parsedOptions(statusCommand, ['Orders', '-w', '--interval', '2s'])).toMatchObject({
      options: { watch: true, intervalMs: 2_000 },
    });
    expect(await parsedOptions(statusCommand, ['Orders', '--interval', '10ms'])).toEqual({
      refusal: expect.stringContaining('too short an interval'),
    });
  });

  it('add-replica', async () => {
    expect(await parsedOptions(addReplicaCommand, ['Orders', 'eu-west-1', 'sa-east-1'])).toEqual({
      options: {
        table,
        replicas: [aReplica('eu-west-1'), aReplica('sa-east-1')],
        consistency: 'eventual',
        witness: undefined,
        copySettings: true,
        wait: true,
        ...change,
      },
    });
    const all = await parsedOptions(addReplicaCommand, [
      'Orders',
      'eu-west-1,sa-east-1',
      '--kms-key=eu-west-1=arn:aws:kms:eu-west-1:111122223333:key/1,sa-east-1=alias/orders',
      '--read-capacity',
      'sa-east-1=40',
      '--table-class',
      'standard-infrequent-access',
      '--no-copy-settings',
      '--no-wait',
    ]);
    expect(all).toMatchObject({
      options: {
        replicas: [
          {
            region: 'eu-west-1',
            kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/1',
            tableClass: 'STANDARD_INFREQUENT_ACCESS',
            readCapacity: undefined,
          },
          { region: 'sa-east-1', kmsKey: 'alias/orders', readCapacity: 40 },
        ],
        copySettings: false,
        wait: false,
      },
    });
  });

  it('check', async () => {
    const argv = ['Orders', '--add', 'us-east-2', '--witness', 'us-west-2', '--consistency', 'strong'];
    expect(await parsedOptions(checkCommand, argv)).toEqual({
      options: { table, replicas: [aReplica('us-east-2')], consistency: 'strong', witness: 'us-west-2' },
    });
  });

  it('remove-replica', async () => {
    expect(await parsedOptions(removeReplicaCommand, ['Orders', 'eu-west-1', '--yes'])).toEqual({
      options: { table, regions: ['eu-west-1'], wait: true, ...change, yes: true },
    });
    expect(await parsedOptions(removeReplicaCommand, ['Orders', '--all', '--no-wait'])).toMatchObject({
      options: { regions: undefined, wait: false },
    });
  });

  it('lag', async () => {
    expect(
      await parsedOptions(lagCommand, ['Orders', '--fail-above', '180000', '--window', '1d', '--period', '15m']),
    ).toEqual({
      options: {
        table,
        windowMs: 86_400_000,
        periodMs: 900_000,
        failAboveMs: 180_000,
        watch: false,
        intervalMs: 60_000,
      },
    });
    expect(await parsedOptions(lagCommand, ['Orders', '--fail-above', '3m'])).toMatchObject({
      options: { failAboveMs: 180_000 },
    });
    expect(await parsedOptions(lagCommand, ['Orders', '--window', '2d'])).toEqual({
      refusal: expect.stringContaining('more than 1440 periods'),
    });
  });

  it('probe', async () => {
    expect(await parsedOptions(probeCommand, ['Orders', '--count', '3', '--patience', '5s', '-y'])).toEqual({
      options: { table, count: 3, patienceMs: 5_000, yes: true },
    });
    expect(await parsedOptions(probeCommand, ['Orders', '--count', '1001'])).toEqual({
      refusal: expect.stringContaining('at most 1000'),
    });
  });

  it('conflicts', async () => {
    expect(
      await parsedOptions(conflictsCommand, ['Orders', '--no-follow', '--window', '10m', '--region-attribute', 'at']),
    ).toEqual({
      options: {
        table,
        windowMs: 600_000,
        since: undefined,
        follow: false,
        regionAttribute: 'at',
        top: 10,
        pace: { pollIntervalMs: 1_000, maxRequestsPerSecond: undefined, maxWaitMs: 600_000 },
      },
    });
  });

  it('diff', async () => {
    expect(await parsedOptions(diffCommand, ['Orders', '--fix', '--dry-run'])).toEqual({
      options: { table, fix: true, ...change, dryRun: true },
    });
    expect(await parsedOptions(diffCommand, ['Orders', '--dry-run'])).toEqual({
      refusal: expect.stringContaining('--dry-run goes with --fix only'),
    });
  });

  it('verify', async () => {
    const argv = [
      'Orders',
      '--regions',
      'us-east-1,eu-west-1',
      '--max-rcu',
      '200',
      '--checkpoint',
      'v.json',
      '--settle',
      '1s',
    ];
    expect(await parsedOptions(verifyCommand, argv)).toEqual({
      options: {
        table,
        regions: ['us-east-1', 'eu-west-1'],
        segments: undefined,
        parallel: 4,
        maxUnitsPerSecond: 200,
        settleMs: 1_000,
        checkpoint: 'v.json',
      },
    });
    expect(await parsedOptions(verifyCommand, ['Orders', '--segments', '100001'])).toEqual({
      refusal: expect.stringContaining('at most 100000'),
    });
  });
});
