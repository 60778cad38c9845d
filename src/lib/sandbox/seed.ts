import { isMembers, type Members } from './members.js';
import type { Sandbox } from './sandbox.js';

/** A table to begin with: the input of CreateTable, the Region it is in, and the items it holds. */
export interface SeedTable extends Members {
  readonly TableName: string;
  readonly region?: string;
  /** Items in DynamoDB's JSON. */
  readonly items?: readonly unknown[];
}

/** What a sandbox begins with. */
export interface Seed {
  readonly tables: readonly SeedTable[];
}

const ITEMS_PER_CALL = 25;
const POLL_MS = 20;
const MAX_POLLS = 1_000;

/** Reads a seed from JSON; says which table is wrong. */
export function parseSeed(json: unknown): Seed {
  const tables = isMembers(json) ? json['tables'] : undefined;
  if (!Array.isArray(tables)) throw new Error('A seed is a JSON object with a list of "tables"');
  return { tables: tables.map(parseSeedTable) };
}

function parseSeedTable(table: unknown, at: number): SeedTable {
  if (!isMembers(table)) throw new Error(`tables[${at}] of the seed must be an object`);
  const { TableName, region, items } = table;
  if (typeof TableName !== 'string') throw new Error(`tables[${at}] of the seed has no "TableName"`);
  if (region !== undefined && typeof region !== 'string') throw new Error(`"region" of ${TableName} must be a text`);
  if (items !== undefined && !Array.isArray(items)) throw new Error(`"items" of ${TableName} must be a list`);
  return {
    ...table,
    TableName,
    ...(region === undefined ? {} : { region }),
    ...(items === undefined ? {} : { items }),
  };
}

/** Creates the tables of a seed in a running sandbox, and puts their items; it speaks to it as any client does. */
export async function loadSeed(sandbox: Sandbox, json: unknown): Promise<void> {
  for (const { region, items = [], ...input } of parseSeed(json).tables) {
    const call = (operation: string, body: unknown) => callSandbox(sandbox, region, operation, body);
    const { TableName } = input;
    await call('CreateTable', {
      BillingMode: input['ProvisionedThroughput'] ? 'PROVISIONED' : 'PAY_PER_REQUEST',
      ...input,
    });
    await untilActive(() => call('DescribeTable', { TableName }), TableName);
    for (let at = 0; at < items.length; at += ITEMS_PER_CALL) {
      const requests = items.slice(at, at + ITEMS_PER_CALL).map(Item => ({ PutRequest: { Item } }));
      await call('BatchWriteItem', { RequestItems: { [TableName]: requests } });
    }
  }
}

async function callSandbox(
  sandbox: Sandbox,
  region: string | undefined,
  operation: string,
  body: unknown,
): Promise<Members> {
  const scope =
    region === undefined
      ? {}
      : { authorization: `AWS4-HMAC-SHA256 Credential=seed/20000101/${region}/dynamodb/aws4_request` };
  const response = await fetch(sandbox.url, {
    method: 'POST',
    headers: {
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'content-type': 'application/x-amz-json-1.0',
      ...scope,
    },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  const members = isMembers(answer) ? answer : {};
  if (!response.ok) throw new Error(`The seed's ${operation} was refused: ${String(members['message'])}`);
  return members;
}

async function untilActive(describe: () => Promise<Members>, table: string): Promise<void> {
  for (let polls = 0; polls < MAX_POLLS; polls += 1) {
    const description = (await describe())['Table'];
    if (isMembers(description) && description['TableStatus'] === 'ACTIVE') return;
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`The seed's table ${table} did not become ACTIVE`);
}
