import { isMembers, type Members } from './members.js';
import type { Sandbox } from './sandbox.js';

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

/** What a sandbox begins with. */
export interface Seed {
  readonly tables: readonly SeedTable[];
  /** In an order in which a dead-letter queue comes before the queues that use it. */
  readonly queues: readonly SeedQueue[];
  readonly keys: readonly SeedKey[];
}

const ITEMS_PER_CALL = 25;
const POLL_MS = 20;
const MAX_POLLS = 1_000;
const DYNAMODB = 'DynamoDB_20120810';
const SQS = 'AmazonSQS';

/** Reads a seed from JSON; says which table, queue or key is wrong. */
export function parseSeed(json: unknown): Seed {
  const { tables, queues, keys } = isMembers(json) ? json : {};
  if (tables === undefined && queues === undefined && keys === undefined) {
    throw new Error('A seed is a JSON object with a list of "tables", of "queues" or of "keys"');
  }
  return {
    tables: listOf(tables, 'tables').map(parseSeedTable),
    queues: listOf(queues, 'queues').map(parseSeedQueue),
    keys: listOf(keys, 'keys').map(parseSeedKey),
  };
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error(`"${name}" of the seed must be a list`);
  return value;
}

function parseSeedTable(table: unknown, at: number): SeedTable {
  if (!isMembers(table)) throw new Error(`tables[${at}] of the seed must be an object`);
  const { TableName, region, items, replicas } = table;
  if (typeof TableName !== 'string') throw new Error(`tables[${at}] of the seed has no "TableName"`);
  if (items !== undefined && !Array.isArray(items)) throw new Error(`"items" of ${TableName} must be a list`);
  if (replicas !== undefined && !isTexts(replicas))
    throw new Error(`"replicas" of ${TableName} must be a list of texts`);
  return {
    ...table,
    TableName,
    ...regionIn(region, TableName),
    ...(items === undefined ? {} : { items }),
    ...(replicas === undefined ? {} : { replicas }),
  };
}

function parseSeedKey(key: unknown, at: number): SeedKey {
  if (!isMembers(key)) throw new Error(`keys[${at}] of the seed must be an object`);
  const { keyId, region, alias } = key;
  if (typeof keyId !== 'string') throw new Error(`keys[${at}] of the seed has no "keyId"`);
  if (alias !== undefined && typeof alias !== 'string') throw new Error(`"alias" of ${keyId} must be a text`);
  return { keyId, ...regionIn(region, keyId), ...(alias === undefined ? {} : { alias }) };
}

function parseSeedQueue(queue: unknown, at: number): SeedQueue {
  if (!isMembers(queue)) throw new Error(`queues[${at}] of the seed must be an object`);
  const { QueueName, region, messages } = queue;
  if (typeof QueueName !== 'string') throw new Error(`queues[${at}] of the seed has no "QueueName"`);
  if (messages !== undefined && !isTexts(messages)) {
    throw new Error(`"messages" of ${QueueName} must be a list of texts`);
  }
  return { ...queue, QueueName, ...regionIn(region, QueueName), ...(messages === undefined ? {} : { messages }) };
}

function regionIn(region: unknown, owner: string): { readonly region?: string } {
  if (region === undefined) return {};
  if (typeof region !== 'string') throw new Error(`"region" of ${owner} must be a text`);
  return { region };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}

/** Creates what a seed names in a running sandbox and fills it; it speaks to it as any client and any tester does. */
export async function loadSeed(sandbox: Sandbox, json: unknown): Promise<void> {
  const { tables, queues, keys } = parseSeed(json);
  for (const key of keys) sandbox.control.createKey(key);
  for (const table of tables) await loadTable(sandbox, table);
  for (const queue of queues) await loadQueue(sandbox, queue);
}

async function loadTable(sandbox: Sandbox, { region, items = [], replicas = [], ...input }: SeedTable): Promise<void> {
  const call = (operation: string, body: unknown) => callSandbox(sandbox, region, `${DYNAMODB}.${operation}`, body);
  const { TableName } = input;
  await call('CreateTable', {
    BillingMode: input['ProvisionedThroughput'] ? 'PROVISIONED' : 'PAY_PER_REQUEST',
    ...input,
  });
  await until(async () => isTableActive(await call('DescribeTable', { TableName })), TableName);
  for (let at = 0; at < items.length; at += ITEMS_PER_CALL) {
    const requests = items.slice(at, at + ITEMS_PER_CALL).map(Item => ({ PutRequest: { Item } }));
    await call('BatchWriteItem', { RequestItems: { [TableName]: requests } });
  }
  for (const RegionName of replicas) {
    await call('UpdateTable', { TableName, ReplicaUpdates: [{ Create: { RegionName } }] });
    await until(
      async () => isReplicaActive(await call('DescribeTable', { TableName }), RegionName),
      `${TableName} in ${RegionName}`,
    );
  }
}

async function loadQueue(sandbox: Sandbox, { region, messages = [], ...input }: SeedQueue): Promise<void> {
  const call = (operation: string, body: unknown) => callSandbox(sandbox, region, `${SQS}.${operation}`, body);
  const { QueueUrl } = await call('CreateQueue', input);
  for (const MessageBody of messages) await call('SendMessage', { QueueUrl, MessageBody });
}

async function callSandbox(
  sandbox: Sandbox,
  region: string | undefined,
  target: string,
  body: unknown,
): Promise<Members> {
  const service = target.startsWith(SQS) ? 'sqs' : 'dynamodb';
  const scope =
    region === undefined
      ? {}
      : { authorization: `AWS4-HMAC-SHA256 Credential=seed/20000101/${region}/${service}/aws4_request` };
  const response = await fetch(sandbox.url, {
    method: 'POST',
    headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0', ...scope },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  const members = isMembers(answer) ? answer : {};
  if (!response.ok) {
    throw new Error(`The seed's ${target.split('.')[1] ?? target} was refused: ${String(members['message'])}`);
  }
  return members;
}

function isTableActive({ Table }: Members): boolean {
  return isMembers(Table) && Table['TableStatus'] === 'ACTIVE';
}

function isReplicaActive({ Table }: Members, region: string): boolean {
  const replicas = isMembers(Table) ? Table['Replicas'] : undefined;
  if (!Array.isArray(replicas)) return false;
  return replicas.some(
    (each: unknown) => isMembers(each) && each['RegionName'] === region && each['ReplicaStatus'] === 'ACTIVE',
  );
}

async function until(isActive: () => Promise<boolean>, table: string): Promise<void> {
  for (let polls = 0; polls < MAX_POLLS; polls += 1) {
    if (await isActive()) return;
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`The seed's table ${table} did not become ACTIVE`);
}
