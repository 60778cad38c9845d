import { isMembers, type Members } from '../members.js';
import type { AccessCall, NeededAction, ServiceNeeds } from './needs.js';

/** Actions that take no resource. */
const ANYWHERE: ReadonlySet<string> = new Set([
  'ListTables',
  'ListStreams',
  'ListGlobalTables',
  'ListBackups',
  'ListExports',
  'ListImports',
  'ListContributorInsights',
  'DescribeLimits',
  'DescribeEndpoints',
]);

/** What the caller needs in the Region of a new replica, and of one that goes. */
const TO_ADD_A_REPLICA = [
  'CreateTable',
  'CreateTableReplica',
  'Query',
  'Scan',
  'UpdateItem',
  'PutItem',
  'GetItem',
  'DeleteItem',
  'BatchWriteItem',
];
const TO_REMOVE_A_REPLICA = ['DeleteTable', 'DeleteTableReplica'];

const TRANSACTION_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
  ['Get', 'GetItem'],
  ['ConditionCheck', 'ConditionCheckItem'],
]);

/** DynamoDB and its streams. */
export const dynamodbNeeds: ServiceNeeds = call => {
  const { operation, input } = call;
  const on = (resource: string): readonly NeededAction[] => [{ action: `dynamodb:${operation}`, resource }];
  if (ANYWHERE.has(operation)) return on('*');
  switch (operation) {
    case 'DescribeStream':
    case 'GetShardIterator':
      return on(textOf(input, 'StreamArn'));
    case 'GetRecords':
      return on(textOf(input, 'ShardIterator').split('|')[0] ?? '*');
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(membersAt(input, 'RequestItems')).flatMap(name => on(tableArn(call, name)));
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return transactionNeeds(call);
    case 'Query':
    case 'Scan': {
      const index = input['IndexName'];
      return on(`${tableOf(call)}${typeof index === 'string' ? `/index/${index}` : ''}`);
    }
    case 'CreateTable':
      return input['Tags'] === undefined
        ? on(tableOf(call))
        : [...on(tableOf(call)), { action: 'dynamodb:TagResource', resource: tableOf(call) }];
    case 'UpdateTable':
      return [...on(tableOf(call)), ...replicaNeeds(call)];
    default:
      return on(typeof input['ResourceArn'] === 'string' ? input['ResourceArn'] : tableOf(call));
  }
};

function transactionNeeds(call: AccessCall): readonly NeededAction[] {
  return listAt(call.input, 'TransactItems').flatMap(item =>
    Object.entries(item).flatMap(([kind, part]) => {
      const action = TRANSACTION_ACTIONS.get(kind);
      if (action === undefined || !isMembers(part)) return [];
      return [{ action: `dynamodb:${action}`, resource: tableArn(call, textOf(part, 'TableName')) }];
    }),
  );
}

/** FACTS G: adding and removing replicas asks for rights in the Region of the replica too. */
function replicaNeeds(call: AccessCall): readonly NeededAction[] {
  const replicas = [
    ...regionsIn(listAt(call.input, 'ReplicaUpdates'), 'Create').map(region => ({ region, actions: TO_ADD_A_REPLICA })),
    ...regionsIn(listAt(call.input, 'ReplicaUpdates'), 'Delete').map(region => ({
      region,
      actions: TO_REMOVE_A_REPLICA,
    })),
    ...regionsIn(listAt(call.input, 'GlobalTableWitnessUpdates'), 'Create').map(region => ({
      region,
      actions: ['CreateGlobalTableWitness'],
    })),
    ...regionsIn(listAt(call.input, 'GlobalTableWitnessUpdates'), 'Delete').map(region => ({
      region,
      actions: ['DeleteGlobalTableWitness'],
    })),
  ];
  return replicas.flatMap(({ region, actions }) =>
    actions.map(action => ({ action: `dynamodb:${action}`, resource: tableOf({ ...call, region }), region })),
  );
}

function regionsIn(updates: readonly Members[], kind: 'Create' | 'Delete'): readonly string[] {
  return updates.flatMap(update => {
    const region = membersAt(update, kind)['RegionName'];
    return typeof region === 'string' ? [region] : [];
  });
}

function tableOf(call: AccessCall): string {
  return tableArn(call, textOf(call.input, 'TableName'));
}

function tableArn({ region, account }: AccessCall, name: string): string {
  return name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`;
}

function textOf(input: Members, name: string): string {
  const value = input[name];
  return typeof value === 'string' ? value : '*';
}

function membersAt(input: Members, name: string): Members {
  const value = input[name];
  return isMembers(value) ? value : {};
}

function listAt(input: Members, name: string): readonly Members[] {
  const value = input[name];
  return Array.isArray(value) ? value.filter(isMembers) : [];
}
