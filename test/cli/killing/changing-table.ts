import { type Sandbox, startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { loadSeed } from '../../../src/lib/sandbox/seed.js';
import { callSandbox } from '../../support/call-sandbox.js';

const table = 'Orders';
const items = 12;

/** A table in a sandbox of its own, whose items are changed one at a time. */
export interface ChangingTable {
  readonly sandbox: Sandbox;
  /** How many changes there were. */
  readonly changes: () => number;
  /** Changes items so often; somewhere between, a shard splits or is followed by another. */
  change(times: number): Promise<void>;
}

/** Starts the sandbox with the table Orders. */
export async function startChangingTable(random: () => number): Promise<ChangingTable> {
  const sandbox = await startSandbox({ random, statusDelayMs: 0 });
  await loadSeed(sandbox, {
    tables: [
      {
        TableName: table,
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      },
    ],
  });
  let changes = 0;
  const put = async (): Promise<void> => {
    changes += 1;
    await callSandbox(sandbox, 'DynamoDB_20120810.PutItem', {
      TableName: table,
      Item: { pk: { S: `order#${Math.floor(random() * items)}` }, change: { N: String(changes) } },
    });
  };
  return {
    sandbox,
    changes: () => changes,
    async change(times) {
      const reshardAt = Math.floor(random() * times);
      const splits = random() < 0.5;
      for (let time = 0; time < times; time += 1) {
        await put();
        if (time !== reshardAt) continue;
        if (splits) sandbox.control.splitShard({ table });
        else sandbox.control.rollShard({ table });
      }
    },
  };
}
