import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { control } from '../../support/call-sandbox.js';
import { createMapping } from '../../support/sandbox-mapping.js';
import { type RunningDdbx, startDdbx, wholeLines } from './process.js';

/** A sandbox in a process of its own. */
export interface SandboxProcess {
  readonly url: string;
  readonly port: string;
  readonly ddbx: RunningDdbx;
}

/** The queues, and the table Orders with its stream, that these tests begin with. */
const seed = {
  tables: [
    {
      TableName: 'Orders',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    },
  ],
  queues: [{ QueueName: 'work' }, { QueueName: 'failures' }],
};

/** Writes down what it is given; while there is a file `hold` beside it, it never answers. */
const handler = `
import { appendFileSync, existsSync } from 'node:fs';
const beside = name => new URL(name, import.meta.url);
export const handler = async ({ Records }) => {
  const lines = Records.map(({ dynamodb }) => JSON.stringify({
    change: Number(dynamodb.NewImage.change.N), sequenceNumber: dynamodb.SequenceNumber }) + '\\n');
  appendFileSync(beside('delivered.ndjson'), lines.join(''));
  if (existsSync(beside('hold'))) await new Promise(resolve => setTimeout(resolve, 900_000));
};
`;

/** Starts the built sandbox on what a folder holds, and waits until it answers; `more` is added to its command line. */
export async function startSandboxProcess(folder: string, more: readonly string[] = []): Promise<SandboxProcess> {
  const readyFile = join(folder, 'url');
  const seedFile = join(folder, 'seed.json');
  await rm(readyFile, { force: true });
  await writeFile(seedFile, JSON.stringify(seed));
  const argv = ['sandbox', 'start', '--port', '0', '--ready-file', readyFile, '--seed', seedFile];
  const ddbx = startDdbx([...argv, '--data', join(folder, 'data'), ...more], undefined, '/dev/null');
  await ddbx.until(() => existsSync(readyFile) && wholeLines(readyFile).length > 0);
  const url = (await readFile(readyFile, 'utf8')).trim();
  return { url, port: new URL(url).port, ddbx };
}

/** Puts a function behind the stream of Orders; gives the mapping's UUID. Whatever fails goes to the queue failures at once. */
export async function addMapping(sandbox: SandboxProcess, folder: string): Promise<string> {
  const handlerPath = join(folder, 'handler.mjs');
  await writeFile(handlerPath, handler);
  await control(sandbox, 'addFunction', { name: 'take-orders', handlerPath, timeoutMs: 900_000 });
  return await createMapping(sandbox, {
    table: 'Orders',
    functionName: 'take-orders',
    settings: {
      Enabled: true,
      BatchSize: 10,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111122223333:failures' } },
    },
  });
}

/** A record that the function was given. */
export interface DeliveredChange {
  readonly change: number;
  readonly sequenceNumber: string;
}

/** What the function was given so far, in the order in which it came. */
export function deliveredChanges(folder: string): readonly DeliveredChange[] {
  return wholeLines(join(folder, 'delivered.ndjson')).map((line): DeliveredChange => JSON.parse(line));
}

/** The input of PutItem for one change: each puts an item of its own. */
export function orderItem(change: number) {
  return { TableName: 'Orders', Item: { pk: { S: `order#${change}` }, change: { N: String(change) } } };
}
