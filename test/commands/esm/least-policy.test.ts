import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { loadSeed } from '../../../src/lib/sandbox/seed.js';
import { ddbx } from '../../endpoint/endpoint.js';
import { holdLeastPolicies, type Stage } from '../../support/least-policies.js';
import { createMapping } from '../../support/sandbox-mapping.js';

const FAILURES = 'arn:aws:sqs:us-east-1:111122223333:orders-failures';
const VIEW = ['--view', 'new-image'];
const folder = mkdtempSync(join(tmpdir(), 'ddbx-esm-policy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Orders with the mappings of three functions, of which one fails; and Parcels, whose mapping reads an old stream. */
async function fill(log: (text: string) => void): Promise<Stage> {
  const sandbox = await startSandbox({ statusDelayMs: 0, shardsPerTable: 1, log });
  const table = (TableName: string, isStreaming: boolean) => ({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    ...(isStreaming ? { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } } : {}),
    items: [{ pk: { S: 'order#1' } }, { pk: { S: 'order#2' } }],
  });
  await loadSeed(sandbox, {
    tables: [table('Orders', true), table('Customers', false), table('Parcels', true)],
    queues: [{ QueueName: 'orders-failures' }],
  });
  const handlers = { handler: 'return {};', leaving: 'return {};', fresh: 'return {};', failing: 'throw new Error();' };
  for (const [name, body] of Object.entries(handlers)) {
    const handlerPath = join(folder, `${name}.mjs`);
    writeFileSync(handlerPath, `export const handler = async () => { ${body} };\n`);
    sandbox.control.addFunction({ name, handlerPath });
  }
  const DestinationConfig = { OnFailure: { Destination: FAILURES } };
  const mapping = await createMapping(sandbox, {
    table: 'Orders',
    functionName: 'handler',
    settings: { DestinationConfig },
  });
  await createMapping(sandbox, { table: 'Orders', functionName: 'leaving' });
  await createMapping(sandbox, { table: 'Orders', functionName: 'failing', settings: { Enabled: true } });
  const settings = { Enabled: true, Tags: { team: 'parcels' } };
  await createMapping(sandbox, { table: 'Parcels', functionName: 'leaving', settings });
  const endpoint = { url: sandbox.url, region: 'us-east-1' };
  await ddbx(endpoint, 'streams', 'set-view', 'Parcels', ...VIEW, '--yes');
  return { sandbox, words: { mapping } };
}

holdLeastPolicies({
  nouns: ['esm'],
  fill,
  neverAsked: { 'kms:Decrypt': 'the sandbox encrypts no filters' },
  lines: {
    'esm list': [[0, 'list']],
    'esm show': [
      [0, 'show', 'mapping'],
      [0, 'show', 'Orders:handler'],
    ],
    'esm lint': [
      [4, 'lint', '--all'],
      [4, 'lint', 'mapping'],
    ],
    'esm explain': [
      [0, 'explain', 'Orders:handler'],
      [0, 'explain', 'mapping'],
    ],
    'esm advise': [
      [0, 'advise', 'Orders:failing'],
      [0, 'advise', 'mapping'],
    ],
    'esm blocked': [
      [0, 'blocked', 'Orders:failing'],
      [0, 'blocked', 'mapping'],
    ],
    'esm attach': [
      [0, 'attach', 'Orders', 'fresh', '--on-failure', 'orders-failures', '--tag', 'team=orders'],
      [0, 'attach', 'Orders', 'fresh', '--batch-size', '7'],
      [0, 'attach', 'Customers', 'fresh', '--enable-stream', 'new-image', '--on-failure', 'create'],
      [1, 'attach', 'Ordesr', 'fresh'],
    ],
    'esm tune': [
      [0, 'tune', 'Orders:handler', '--batch-size', '9', '--on-failure', 'orders-failures'],
      [0, 'tune', 'mapping', '--on-failure', 'create'],
    ],
    'esm resume': [[0, 'resume', 'Orders:handler']],
    'esm pause': [[0, 'pause', 'Orders:handler']],
    'esm repoint': [
      [6, 'repoint', 'Parcels:leaving', '--timeout', '1s'],
      [0, 'repoint', 'Parcels:leaving', '--now', '--yes'],
    ],
    'esm detach': [[0, 'detach', 'Orders:leaving', '--yes']],
  },
});
