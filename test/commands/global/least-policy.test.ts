import { expect } from 'vitest';
import { startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { loadSeed } from '../../../src/lib/sandbox/seed.js';
import { ddbx } from '../../endpoint/endpoint.js';
import { callSandbox } from '../../support/call-sandbox.js';
import { holdLeastPolicies, type Line, type Stage } from '../../support/least-policies.js';

const FAST = { appearMs: 1, createMs: 1, deleteMs: 1, sourceMs: 1, forgetMs: 1 };
const ORDERS = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders';
const NEW = 'arn:aws:dynamodb:us-east-1:111122223333:table/New';

/**
 * Orders in two Regions with settings that differ, Drifted in a Region that was cut off before its last item, and three
 * tables of one Region: New with settings of its own, Empty, and Stock whose write capacity has bounds and no policy.
 */
async function fill(log: (text: string) => void): Promise<Stage> {
  const sandbox = await startSandbox({ statusDelayMs: 0, shardsPerTable: 1, log });
  const { control } = sandbox;
  const table = (TableName: string, items: readonly unknown[], billing: Readonly<Record<string, unknown>> = {}) => ({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    ...billing,
    items,
  });
  const items = [{ pk: { S: 'order#1' } }, { pk: { S: 'order#2' } }];
  const provisioned = {
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  };
  await loadSeed(sandbox, {
    tables: [
      ...['Orders', 'Drifted', 'New'].map(name => table(name, items)),
      table('Empty', []),
      table('Stock', items, provisioned),
    ],
  });
  await callSandbox(sandbox, 'AnyScaleFrontendService.RegisterScalableTarget', {
    ServiceNamespace: 'dynamodb',
    ResourceId: 'table/Stock',
    ScalableDimension: 'dynamodb:table:WriteCapacityUnits',
    MinCapacity: 5,
    MaxCapacity: 10,
  });
  control.setReplicaDurations(FAST);
  for (const [name = '', region = ''] of [
    ['Orders', 'eu-west-1'],
    ['Drifted', 'ap-southeast-2'],
  ]) {
    const added = await ddbx({ url: sandbox.url, region: 'us-east-1' }, 'global', 'add-replica', name, region);
    expect(added.exitCode, added.stderr).toBe(0);
  }
  control.cutRegion({ region: 'ap-southeast-2' });
  await callSandbox(sandbox, 'DynamoDB_20120810.PutItem', { TableName: 'Drifted', Item: { pk: { S: 'order#3' } } });
  for (const [TableName, ResourceArn] of [
    ['Orders', ORDERS],
    ['New', NEW],
  ]) {
    const change = (operation: string, input: object) => callSandbox(sandbox, `DynamoDB_20120810.${operation}`, input);
    await change('TagResource', { ResourceArn, Tags: [{ Key: 'team', Value: 'shop' }] });
    await change('UpdateContinuousBackups', {
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    await change('UpdateTable', { TableName, DeletionProtectionEnabled: true });
  }
  return { sandbox, words: { 'its-key': `eu-west-1=${control.createKey({ region: 'eu-west-1' }).arn}` } };
}

/** What is found wrong before an addition, and so ends with 4. */
const refusals = (verb: string, flag: readonly string[]): readonly Line[] => [
  [4, verb, 'Stock', ...flag, 'eu-west-1'],
  [4, verb, 'Stock', ...flag, 'eu-west-1', '--kms-key', 'its-key'],
];

holdLeastPolicies({
  nouns: ['global'],
  fill,
  neverAsked: {
    'iam:CreateServiceLinkedRole': 'the sandbox makes no roles',
    'kms:CreateGrant': 'nor grants',
    'dynamodb:ListContributorInsights': 'it does not know the operation',
    'dynamodb:UpdateContributorInsights': 'it does not know the operation',
    'dynamodb:DescribeKinesisStreamingDestination': 'it does not know the operation',
    'dynamodb:GetResourcePolicy': 'it does not know the operation',
  },
  lines: {
    'global status': [
      [0, 'status', 'Orders'],
      [1, 'status', 'Ordesr'],
    ],
    'global lag': [
      [0, 'lag', 'Orders'],
      [1, 'lag', 'Ordesr'],
    ],
    'global probe': [
      [0, 'probe', 'Orders', '--count', '1', '--yes'],
      [1, 'probe', 'Ordesr', '--yes'],
    ],
    'global conflicts': [
      [0, 'conflicts', 'Orders', '--no-follow', '--poll-interval', '10ms'],
      [1, 'conflicts', 'Ordesr', '--no-follow'],
    ],
    'global diff': [
      [0, 'diff', 'Orders', '--fix', '--yes'],
      [1, 'diff', 'Ordesr'],
    ],
    'global verify': [
      [4, 'verify', 'Drifted', '--settle', '0s', '--segments', '1'],
      [1, 'verify', 'Ordesr'],
    ],
    'global check': [
      ...refusals('check', ['--add']),
      [0, 'check', 'Empty', '--add', 'us-east-2', '--consistency', 'strong', '--witness', 'us-west-2'],
      [1, 'check', 'Ordesr', '--add', 'eu-west-1'],
    ],
    'global add-replica': [
      ...refusals('add-replica', []),
      [0, 'add-replica', 'New', 'eu-west-1'],
      [0, 'add-replica', 'Empty', 'us-east-2', '--consistency', 'strong', '--witness', 'us-west-2'],
      [1, 'add-replica', 'Ordesr', 'eu-west-1'],
    ],
    'global remove-replica': [
      [0, 'remove-replica', 'Empty', '--all', '--yes'],
      [1, 'remove-replica', 'Ordesr', 'eu-west-1', '--yes'],
    ],
  },
});
