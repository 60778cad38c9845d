import { resolve } from 'node:path';
import { isMembers, type Members } from './members.js';
import {
  parseSeed,
  SeedError,
  type SeedFunction,
  type SeedMapping,
  type SeedQueue,
  type SeedTable,
} from './parse-seed.js';
import type { Sandbox } from './sandbox.js';

const ITEMS_PER_CALL = 25;
const POLL_MS = 20;
const MAX_POLLS = 1_000;
const DYNAMODB = 'DynamoDB_20120810';
const SQS = 'AmazonSQS';

/**
 * Creates what a seed names in a running sandbox and fills it; it speaks to it as any client and any tester does.
 *
 * @param folder where the relative paths of functions begin.
 * @throws SeedError
 */
export async function loadSeed(sandbox: Sandbox, json: unknown, folder = '.'): Promise<void> {
  const { tables, queues, keys, functions, mappings } = parseSeed(json);
  for (const key of keys) orRefuse(`key ${key.keyId}`, () => sandbox.control.createKey(key));
  for (const table of tables) await loadTable(sandbox, table);
  for (const queue of queues) await loadQueue(sandbox, queue);
  for (const each of functions) loadFunction(sandbox, each, folder);
  for (const mapping of mappings) await loadMapping(sandbox, mapping);
}

async function loadTable(sandbox: Sandbox, { region, items = [], replicas = [], ...input }: SeedTable): Promise<void> {
  const call = (operation: string, body: unknown) => callSandbox(sandbox, region, `${DYNAMODB}.${operation}`, body);
  const { TableName } = input;
  await call('CreateTable', {
    BillingMode: input['ProvisionedThroughput'] ? 'PROVISIONED' : 'PAY_PER_REQUEST',
    ...input,
  });
  await until(async () => isTableActive(await call('DescribeTable', { TableName })), `table ${TableName}`);
  for (let at = 0; at < items.length; at += ITEMS_PER_CALL) {
    const requests = items.slice(at, at + ITEMS_PER_CALL).map(Item => ({ PutRequest: { Item } }));
    await call('BatchWriteItem', { RequestItems: { [TableName]: requests } });
  }
  for (const RegionName of replicas) {
    await call('UpdateTable', { TableName, ReplicaUpdates: [{ Create: { RegionName } }] });
    await until(
      async () => isReplicaActive(await call('DescribeTable', { TableName }), RegionName),
      `table ${TableName} in ${RegionName}`,
    );
  }
}

async function loadQueue(sandbox: Sandbox, { region, messages = [], ...input }: SeedQueue): Promise<void> {
  const call = (operation: string, body: unknown) => callSandbox(sandbox, region, `${SQS}.${operation}`, body);
  const { QueueUrl } = await call('CreateQueue', input);
  for (const MessageBody of messages) await call('SendMessage', { QueueUrl, MessageBody });
}

function loadFunction(sandbox: Sandbox, given: SeedFunction, folder: string): void {
  const { name, handler, export: exportName, timeoutMs, region } = given;
  orRefuse(`function ${name}`, () =>
    sandbox.control.addFunction({
      name,
      handlerPath: resolve(folder, handler),
      ...(exportName === undefined ? {} : { exportName }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(region === undefined ? {} : { region }),
    }),
  );
}

/** What the table was filled with comes to the function, too, when the mapping names no position. */
async function loadMapping(sandbox: Sandbox, { table, region, ...input }: SeedMapping): Promise<void> {
  const { Table } = await callSandbox(sandbox, region, `${DYNAMODB}.DescribeTable`, { TableName: table });
  const streamArn = isMembers(Table) ? Table['LatestStreamArn'] : undefined;
  if (streamArn === undefined) throw new SeedError(`The seed has a mapping for ${table}, which has no stream`);
  const mappings = `${sandbox.url}/2015-03-31/event-source-mappings`;
  const headers = scopeOf(region, 'lambda');
  const { UUID } = await send('CreateEventSourceMapping', {
    url: mappings,
    headers,
    body: { StartingPosition: 'TRIM_HORIZON', ...input, EventSourceArn: streamArn },
  });
  await until(async () => {
    const { State } = await send('GetEventSourceMapping', { url: `${mappings}/${String(UUID)}`, headers });
    return State === 'Enabled' || State === 'Disabled';
  }, `mapping of ${table}`);
}

async function callSandbox(
  sandbox: Sandbox,
  region: string | undefined,
  target: string,
  body: unknown,
): Promise<Members> {
  const scope = scopeOf(region, target.startsWith(SQS) ? 'sqs' : 'dynamodb');
  return await send(target.split('.')[1] ?? target, {
    url: sandbox.url,
    headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0', ...scope },
    body,
  });
}

/** What tells the sandbox the Region of a call; without one, its first is meant. */
function scopeOf(region: string | undefined, service: string): Readonly<Record<string, string>> {
  if (region === undefined) return {};
  return { authorization: `AWS4-HMAC-SHA256 Credential=seed/20000101/${region}/${service}/aws4_request` };
}

interface SeedCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing for a GET. */
  readonly body?: unknown;
}

async function send(operation: string, { url, headers, body }: SeedCall): Promise<Members> {
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(url, { headers, ...sent });
  const answer: unknown = await response.json();
  const members = isMembers(answer) ? answer : {};
  if (!response.ok) throw new SeedError(`The seed's ${operation} was refused: ${String(members['message'])}`);
  return members;
}

/** Puts what a control operation says against a part of the seed into the seed's words. */
function orRefuse(part: string, run: () => unknown): void {
  try {
    run();
  } catch (error) {
    throw new SeedError(`The seed's ${part} was refused: ${error instanceof Error ? error.message : String(error)}`);
  }
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

async function until(isReady: () => Promise<boolean>, what: string): Promise<void> {
  for (let polls = 0; polls < MAX_POLLS; polls += 1) {
    if (await isReady()) return;
    await new Promise(wake => setTimeout(wake, POLL_MS));
  }
  throw new SeedError(`The seed's ${what} did not become ready`);
}
