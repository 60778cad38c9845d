import { invalidParameter, validationError } from '../aws-error.js';
import {
  asMembers,
  type Members,
  optionalBoolean,
  optionalChoice,
  optionalInteger,
  optionalList,
  optionalMembers,
  optionalString,
  requiredChoice,
  requiredInteger,
  requiredList,
  requiredString,
} from '../members.js';
import { STREAM_VIEW_TYPES } from '../streams/record-json.js';
import { type KeyNames, type KeyType, type KeyTypes, keyAttributes } from './key.js';
import type { Billing, Index, Projection, StreamChange, TableClass } from './table.js';
import { defaultWarmThroughput, parseOnDemandLimits, parseWarmThroughput, UNLIMITED } from './throughput-input.js';

const TABLE_NAME = /^[a-zA-Z0-9_.-]{3,255}$/;
/** The table classes, in the order of the API's model. */
export const TABLE_CLASSES: readonly TableClass[] = ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'];

const ON_DEMAND: Billing = { mode: 'PAY_PER_REQUEST' };

/** A table's name, also when it is given as an ARN. */
export function parseTableName(input: Members, member = 'TableName'): string {
  const given = requiredString(input, member);
  const name = given.startsWith('arn:') ? (given.split('/')[1] ?? '') : given;
  if (!TABLE_NAME.test(name)) {
    throw validationError(
      "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'",
    );
  }
  return name;
}

/** The key of a table or an index. */
export function parseKeySchema(input: Members): KeyNames {
  const elements = requiredList(input, 'KeySchema').map(element => {
    const members = asMembers(element);
    return {
      name: requiredString(members, 'AttributeName'),
      type: requiredChoice(members, 'KeyType', ['HASH', 'RANGE'] as const),
    };
  });
  const [hash, range] = elements;
  if (hash?.type !== 'HASH') {
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (range !== undefined && range.type !== 'RANGE') {
    throw validationError('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  if (elements.length > 2) throw validationError('Invalid KeySchema: more than two elements');
  if (hash.name === range?.name) {
    throw validationError('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  return { hash: hash.name, range: range?.name };
}

/** The types of key attributes. */
export function parseAttributeDefinitions(input: Members): Map<string, KeyType> {
  const types = new Map<string, KeyType>();
  for (const definition of optionalList(input, 'AttributeDefinitions') ?? []) {
    const members = asMembers(definition);
    const name = requiredString(members, 'AttributeName');
    if (types.has(name)) throw invalidParameter(`Duplicate AttributeName in AttributeDefinitions: ${name}`);
    types.set(name, requiredChoice(members, 'AttributeType', ['S', 'N', 'B'] as const));
  }
  return types;
}

/** Holds keys and definitions against each other: every key attribute defined, nothing defined for nothing. */
export function assertDefinitionsMatch(types: KeyTypes, schemas: readonly KeyNames[]): void {
  const used = new Set(schemas.flatMap(keyAttributes));
  const defined = [...types.keys()];
  const missing = [...used].filter(name => !types.has(name));
  if (missing.length > 0) {
    throw invalidParameter(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${missing.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  }
  if (defined.length !== used.size) {
    throw invalidParameter(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
}

/** How a new table is paid. */
export function parseBilling(input: Members): Billing {
  const mode = optionalChoice(input, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST'] as const) ?? 'PROVISIONED';
  const throughput = optionalMembers(input, 'ProvisionedThroughput');
  if (mode === 'PAY_PER_REQUEST') {
    if (throughput !== undefined) {
      throw invalidParameter(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      );
    }
    return ON_DEMAND;
  }
  if (throughput === undefined) {
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  return parseThroughput(throughput);
}

/** Provisioned capacity. */
export function parseThroughput(throughput: Members): Billing {
  return {
    mode: 'PROVISIONED',
    readUnits: requiredInteger(throughput, 'ReadCapacityUnits', { min: 1 }),
    writeUnits: requiredInteger(throughput, 'WriteCapacityUnits', { min: 1 }),
  };
}

/** The global and local secondary indexes of a new table. */
export function parseIndexes(input: Members, tableKeys: KeyNames, billing: Billing): readonly Index[] {
  const parse = (member: string, kind: Index['kind']): readonly Index[] =>
    (optionalList(input, member) ?? []).map(each => parseIndex(asMembers(each), kind, tableKeys, billing));
  const indexes = [...parse('GlobalSecondaryIndexes', 'global'), ...parse('LocalSecondaryIndexes', 'local')];
  const names = indexes.map(index => index.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw invalidParameter(`Duplicate index name: ${twice}`);
  return indexes;
}

/** One secondary index. */
export function parseIndex(input: Members, kind: Index['kind'], tableKeys: KeyNames, billing: Billing): Index {
  const keys = parseKeySchema(input);
  if (kind === 'local' && (keys.hash !== tableKeys.hash || keys.range === undefined)) {
    throw invalidParameter('A local secondary index needs the table’s partition key and a sort key of its own');
  }
  const throughput = optionalMembers(input, 'ProvisionedThroughput');
  const own = throughput === undefined || billing.mode === 'PAY_PER_REQUEST' ? billing : parseThroughput(throughput);
  return {
    kind,
    name: parseTableName(input, 'IndexName'),
    keys,
    projection: parseProjection(optionalMembers(input, 'Projection') ?? {}),
    billing: own,
    onDemandLimits: parseOnDemandLimits(input, own) ?? UNLIMITED,
    warmThroughput: parseWarmThroughput(input, defaultWarmThroughput(own)) ?? defaultWarmThroughput(own),
    status: 'CREATING',
    isBackfilling: false,
  };
}

function parseProjection(input: Members): Projection {
  const type = optionalChoice(input, 'ProjectionType', ['ALL', 'KEYS_ONLY', 'INCLUDE'] as const);
  if (type === undefined) throw invalidParameter('Unknown ProjectionType: null');
  const attributes = (optionalList(input, 'NonKeyAttributes') ?? []).map(String);
  if (type === 'INCLUDE' && attributes.length === 0) {
    throw invalidParameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  }
  return { type, attributes };
}

/** The stream that a request asks for; `undefined` when it says nothing of streams. FACTS A.4. */
export function parseStreamChange(input: Members): StreamChange | undefined {
  const specification = optionalMembers(input, 'StreamSpecification');
  if (specification === undefined) return undefined;
  const isEnabled = optionalBoolean(specification, 'StreamEnabled');
  if (isEnabled === undefined) requiredString(specification, 'StreamEnabled');
  const given = optionalString(specification, 'StreamViewType');
  if (isEnabled !== true) {
    if (given !== undefined) {
      throw invalidParameter('If stream is being disabled, then UpdateViewType must not be specified');
    }
    return { enable: false };
  }
  const viewType = optionalChoice(specification, 'StreamViewType', STREAM_VIEW_TYPES);
  if (viewType === undefined) throw invalidParameter('If stream is being enabled then UpdateViewType is required');
  return { enable: true, viewType };
}

/** `Limit` of a list of tables. */
export function parseListLimit(input: Members): number {
  return optionalInteger(input, 'Limit', { min: 1, max: 100 }) ?? 100;
}
