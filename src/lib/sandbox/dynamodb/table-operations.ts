import { invalidParameter, notServed, resourceInUse } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { type Members, optionalBoolean, optionalChoice, optionalString } from '../members.js';
import { findTable } from './find-table.js';
import { ItemStore } from './item-store.js';
import type { Table } from './table.js';
import { describeTable } from './table-description.js';
import {
  assertDefinitionsMatch,
  parseAttributeDefinitions,
  parseBilling,
  parseIndexes,
  parseKeySchema,
  parseListLimit,
  parseStreamChange,
  parseTableName,
  TABLE_CLASSES,
} from './table-input.js';
import { encryptionBy, parseEncryption } from './encryption.js';
import { parseTags } from './tags.js';
import { defaultWarmThroughput, parseOnDemandLimits, parseWarmThroughput, UNLIMITED } from './throughput-input.js';
import { removeTable } from './remove-table.js';
import { enableStream } from './table-streams.js';
import { deleteOwnReplica, isBusy } from '../replication/replica-updates.js';
import { setsSettingsReplication } from './settings-replication.js';
import { updateTable } from './update-table.js';

/** The operations on tables as such. */
export const tableOperations: Readonly<Record<string, Operation>> = {
  CreateTable: createTable,
  DescribeTable: (input, { state, region }) => ({
    Table: describeTable(findTable(region.tables, parseTableName(input)), state),
  }),
  ListTables: listTables,
  UpdateTable: updateTable,
  DeleteTable: deleteTable,
};

/** What AWS's CreateTable takes and the sandbox's does not. */
const NOT_SERVED = ['ResourcePolicy', 'GlobalTableSourceArn'];

function createTable(input: Members, { state, region }: Call): unknown {
  for (const member of NOT_SERVED) if (input[member] !== undefined) throw notServed('CreateTable', member);
  setsSettingsReplication('CreateTable', input, undefined);
  const name = parseTableName(input);
  const keys = parseKeySchema(input);
  const keyTypes = parseAttributeDefinitions(input);
  const billing = parseBilling(input);
  const indexes = parseIndexes(input, keys, billing);
  assertDefinitionsMatch(keyTypes, [keys, ...indexes.map(index => index.keys)]);
  const stream = parseStreamChange(input);
  const limits = parseOnDemandLimits(input, billing);
  const leastWarm = defaultWarmThroughput(billing);
  const warm = parseWarmThroughput(input, leastWarm);
  const encryption = parseEncryption(input, state, region);
  const tags = parseTags(input);
  if (region.tables.has(name)) throw resourceInUse(`Table already exists: ${name}`);

  const table: Table = {
    name,
    region: region.name,
    arn: `arn:aws:dynamodb:${region.name}:${state.settings.account}:table/${name}`,
    id: state.ids.uuid(),
    createdAtMs: state.clock.now(),
    keys,
    keyTypes,
    billing,
    indexes,
    items: new ItemStore(keys),
    status: 'CREATING',
    isDeletionProtected: optionalBoolean(input, 'DeletionProtectionEnabled') ?? false,
    tableClass: optionalChoice(input, 'TableClass', TABLE_CLASSES),
    encryption: encryptionBy(encryption?.key),
    onDemandLimits: limits ?? UNLIMITED,
    warmThroughput: warm ?? leastWarm,
    pointInTimeRecovery: undefined,
    contributorInsights: new Map(),
    timeToLive: undefined,
    stream: undefined,
    latestStream: undefined,
    globalTable: undefined,
  };
  region.tables.set(name, table);
  if (tags.size > 0) region.tags.set(table.arn, tags);
  if (stream?.enable === true) enableStream(state, region, table, stream.viewType);
  state.timeline.after(state.settings.statusDelayMs, () => {
    for (const index of table.indexes) index.status = 'ACTIVE';
    if (table.status === 'CREATING') table.status = 'ACTIVE';
  });
  return { TableDescription: describeTable(table, state) };
}

function listTables(input: Members, { region }: Call): unknown {
  const limit = parseListLimit(input);
  const from = optionalString(input, 'ExclusiveStartTableName');
  const names = [...region.tables.keys()].filter(name => from === undefined || name > from).sort();
  const page = names.slice(0, limit);
  return { TableNames: page, LastEvaluatedTableName: names.length > page.length ? page.at(-1) : undefined };
}

function deleteTable(input: Members, { state, region }: Call): unknown {
  const table = findTable(region.tables, parseTableName(input));
  if (table.status === 'CREATING') {
    throw resourceInUse(`Attempt to change a resource which is still in use: Table is being created: ${table.name}`);
  }
  if (table.status !== 'ACTIVE' && table.status !== 'INACCESSIBLE_ENCRYPTION_CREDENTIALS') {
    throw resourceInUse(
      `Attempt to change a resource which is still in use: Table is being ${table.status === 'UPDATING' ? 'updated' : 'deleted'}: ${table.name}`,
    );
  }
  if (isBusy(table)) throw resourceInUse('The resource which you are attempting to change is in use.');
  if (table.globalTable === undefined && table.isDeletionProtected) {
    throw invalidParameter(
      `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
    );
  }
  if (table.globalTable !== undefined) deleteOwnReplica(table, table.globalTable, state);
  else removeTable(state, region, table);
  return { TableDescription: describeTable(table, state) };
}
