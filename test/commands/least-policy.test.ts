import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../src/lib/sandbox/sandbox.js';
import { loadSeed } from '../../src/lib/sandbox/seed.js';
import { ddbx } from '../endpoint/endpoint.js';
import { callSandbox } from '../support/call-sandbox.js';
import { holdLeastPolicies, type Stage } from '../support/least-policies.js';
import { createMapping } from '../support/sandbox-mapping.js';

const PASSES = '{"eventName":["INSERT"]}';
const READ = ['--since', '1h', '--poll-interval', '10ms'];

/** Orders in two Regions, with a mapping that has a filter. */
async function fill(log: (text: string) => void): Promise<Stage> {
  const sandbox = await startSandbox({ statusDelayMs: 0, shardsPerTable: 1, log });
  await loadSeed(sandbox, {
    tables: [
      {
        TableName: 'Orders',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        items: [{ pk: { S: 'order#1' } }],
      },
    ],
  });
  sandbox.control.setReplicaDurations({ appearMs: 1, createMs: 1, sourceMs: 1 });
  await ddbx({ url: sandbox.url, region: 'us-east-1' }, 'global', 'add-replica', 'Orders', 'eu-west-1');
  await callSandbox(sandbox, 'DynamoDB_20120810.PutItem', { TableName: 'Orders', Item: { pk: { S: 'order#2' } } });
  sandbox.control.addFunction({
    name: 'handler',
    handlerPath: fileURLToPath(new URL('../cli/harness/idle-handler.mjs', import.meta.url)),
  });
  const mapping = await createMapping(sandbox, { table: 'Orders', functionName: 'handler', filters: [PASSES] });
  return { sandbox, words: { mapping } };
}

holdLeastPolicies({
  nouns: ['filter', 'cost', 'wait', 'doctor'],
  fill,
  lines: {
    'filter measure': [
      [0, 'measure', PASSES, '--table', 'Orders', ...READ],
      [1, 'measure', PASSES, '--table', 'Ordesr', ...READ],
    ],
    'filter import': [
      [0, 'import', 'Orders:handler'],
      [0, 'import', 'mapping'],
    ],
    'cost estimate': [
      [0, 'estimate', '--table', 'Orders'],
      [1, 'estimate', '--table', 'Ordesr'],
    ],
    wait: [
      [0, 'wait', 'Orders', '--for', 'stream-enabled'],
      [0, 'wait', 'Orders', '--for', 'replicas-active'],
      [1, 'wait', 'Ordesr', '--for', 'stream-enabled'],
    ],
    doctor: [[0, 'doctor']],
  },
});
