import { isMembers, type Members } from './members.js';

/** A table to begin with: the input of CreateTable, the Region it is in, and the items it holds. */
export interface SeedTable extends Members {
  readonly TableName: string;
  readonly region?: string;
  /** Items in DynamoDB's JSON. */
  readonly items?: readonly unknown[];
  /** Regions that are to have a replica of it. */
  readonly replicas?: readonly string[];
}

/** A customer managed KMS key to begin with, so that tables can name it. */
export interface SeedKey {
  readonly keyId: string;
  readonly region?: string;
  readonly alias?: string;
}

/** A queue to begin with: the input of CreateQueue, the Region it is in, and the bodies of the messages it holds. */
export interface SeedQueue extends Members {
  readonly QueueName: string;
  readonly region?: string;
  readonly messages?: readonly string[];
}

/** A function to begin with: a local module, in every Region when none is named. */
export interface SeedFunction {
  readonly name: string;
  /** The module's path; a relative one begins in the seed's folder. */
  readonly handler: string;
  /** The export that is the handler; `handler` when left out. */
  readonly export?: string;
  readonly timeoutMs?: number;
  readonly region?: string;
}

/** A mapping to begin with: the input of CreateEventSourceMapping, with the table instead of its stream's ARN. */
export interface SeedMapping extends Members {
  readonly table: string;
  readonly FunctionName: string;
  readonly region?: string;
}

/** What a sandbox begins with. */
export interface Seed {
  readonly tables: readonly SeedTable[];
  /** In an order in which a dead-letter queue comes before the queues that use it. */
  readonly queues: readonly SeedQueue[];
  readonly keys: readonly SeedKey[];
  readonly functions: readonly SeedFunction[];
  readonly mappings: readonly SeedMapping[];
}

/** A seed that cannot be read, or that the sandbox refuses; the message says what is wrong where. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}

const LISTS = ['tables', 'queues', 'keys', 'functions', 'mappings'];
const FUNCTION_MEMBERS = ['name', 'handler', 'export', 'timeoutMs', 'region'];

/** Reads a seed from JSON. @throws SeedError that says which table, queue, key, function or mapping is wrong */
export function parseSeed(json: unknown): Seed {
  const seed = isMembers(json) ? json : {};
  const names = Object.keys(seed);
  if (names.length === 0) {
    throw new SeedError(
      'A seed is a JSON object with a list of "tables", of "queues", of "keys", of "functions" or of "mappings"',
    );
  }
  const stray = names.find(name => !LISTS.includes(name));
  if (stray !== undefined) throw new SeedError(`A seed has no "${stray}"; it has ${LISTS.join(', ')}`);
  return {
    tables: listOf(seed['tables'], 'tables').map(parseSeedTable),
    queues: listOf(seed['queues'], 'queues').map(parseSeedQueue),
    keys: listOf(seed['keys'], 'keys').map(parseSeedKey),
    functions: listOf(seed['functions'], 'functions').map(parseSeedFunction),
    mappings: listOf(seed['mappings'], 'mappings').map(parseSeedMapping),
  };
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new SeedError(`"${name}" of the seed must be a list`);
  return value;
}

function parseSeedTable(table: unknown, at: number): SeedTable {
  if (!isMembers(table)) throw new SeedError(`tables[${at}] of the seed must be an object`);
  const { TableName, region, items, replicas } = table;
  if (typeof TableName !== 'string') throw new SeedError(`tables[${at}] of the seed has no "TableName"`);
  if (items !== undefined && !Array.isArray(items)) throw new SeedError(`"items" of ${TableName} must be a list`);
  if (replicas !== undefined && !isTexts(replicas))
    throw new SeedError(`"replicas" of ${TableName} must be a list of texts`);
  return {
    ...table,
    TableName,
    ...regionIn(region, TableName),
    ...(items === undefined ? {} : { items }),
    ...(replicas === undefined ? {} : { replicas }),
  };
}

function parseSeedKey(key: unknown, at: number): SeedKey {
  if (!isMembers(key)) throw new SeedError(`keys[${at}] of the seed must be an object`);
  const { keyId, region, alias } = key;
  if (typeof keyId !== 'string') throw new SeedError(`keys[${at}] of the seed has no "keyId"`);
  if (alias !== undefined && typeof alias !== 'string') throw new SeedError(`"alias" of ${keyId} must be a text`);
  return { keyId, ...regionIn(region, keyId), ...(alias === undefined ? {} : { alias }) };
}

function parseSeedQueue(queue: unknown, at: number): SeedQueue {
  if (!isMembers(queue)) throw new SeedError(`queues[${at}] of the seed must be an object`);
  const { QueueName, region, messages } = queue;
  if (typeof QueueName !== 'string') throw new SeedError(`queues[${at}] of the seed has no "QueueName"`);
  if (messages !== undefined && !isTexts(messages)) {
    throw new SeedError(`"messages" of ${QueueName} must be a list of texts`);
  }
  return { ...queue, QueueName, ...regionIn(region, QueueName), ...(messages === undefined ? {} : { messages }) };
}

function parseSeedFunction(given: unknown, at: number): SeedFunction {
  if (!isMembers(given)) throw new SeedError(`functions[${at}] of the seed must be an object`);
  const { name, handler, timeoutMs, region } = given;
  const exportName = given['export'];
  if (typeof name !== 'string') throw new SeedError(`functions[${at}] of the seed has no "name"`);
  if (typeof handler !== 'string') throw new SeedError(`${name} has no "handler", the path of its module`);
  if (exportName !== undefined && typeof exportName !== 'string') {
    throw new SeedError(`"export" of ${name} must be a text`);
  }
  if (timeoutMs !== undefined && !(typeof timeoutMs === 'number' && timeoutMs >= 1)) {
    throw new SeedError(`"timeoutMs" of ${name} must be a number of at least 1`);
  }
  const stray = Object.keys(given).find(member => !FUNCTION_MEMBERS.includes(member));
  if (stray !== undefined) throw new SeedError(`A function of the seed has no "${stray}": ${name}`);
  return {
    name,
    handler,
    ...(exportName === undefined ? {} : { export: exportName }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...regionIn(region, name),
  };
}

function parseSeedMapping(given: unknown, at: number): SeedMapping {
  if (!isMembers(given)) throw new SeedError(`mappings[${at}] of the seed must be an object`);
  const { table, FunctionName, region } = given;
  if (typeof table !== 'string') throw new SeedError(`mappings[${at}] of the seed has no "table"`);
  if (typeof FunctionName !== 'string') throw new SeedError(`mappings[${at}] of the seed has no "FunctionName"`);
  return { ...given, table, FunctionName, ...regionIn(region, `mappings[${at}]`) };
}

function regionIn(region: unknown, owner: string): { readonly region?: string } {
  if (region === undefined) return {};
  if (typeof region !== 'string') throw new SeedError(`"region" of ${owner} must be a text`);
  return { region };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}
