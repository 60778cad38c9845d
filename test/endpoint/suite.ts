import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { testChanges } from './change-tests.js';
import { ddbx, type Endpoint } from './endpoint.js';
import { testFeeds } from './feed-tests.js';
import { testLooks } from './look-tests.js';
import { createOrdersTable, type OrdersTable } from './orders-table.js';
import type { Stage } from './stage.js';
import { testTail } from './tail-tests.js';

/**
 * What every endpoint that behaves like AWS has to pass, through the command lines that users type.
 *
 * DynamoDB Local differs from AWS, and nothing here leans on what it lacks: its ARNs name the Region `ddblocal`, which
 * is nowhere to send a request to; a stream has one shard, which never splits; a table is ACTIVE at once; deletes by TTL
 * leave no record; and a sequence number older than the stream is a 500. Those have their tests on the sandbox.
 * @param start makes the endpoint ready; it is asked once, before the first test
 */
export function testEndpoint(name: string, start: () => Promise<Endpoint> | Endpoint): void {
  describe(name, () => {
    let endpoint: Endpoint | undefined;
    let folder = '';
    const tables: OrdersTable[] = [];
    const ready = (): Endpoint => {
      if (endpoint === undefined) throw new Error('The endpoint is not ready yet.');
      return endpoint;
    };
    const stage: Stage = {
      run: (...argv) => ddbx(ready(), 'streams', ...argv),
      makeTable: async viewType => {
        const table = await createOrdersTable(ready(), viewType);
        tables.push(table);
        return table;
      },
      folder: () => folder,
    };

    beforeAll(async () => {
      endpoint = await start();
      folder = await mkdtemp(join(tmpdir(), 'ddbx-endpoint-'));
    });
    afterAll(async () => {
      await Promise.all(tables.map(table => table.drop()));
      if (folder !== '') await rm(folder, { recursive: true });
    });

    testChanges(stage);
    testLooks(stage);
    testTail(stage);
    testFeeds(stage);
  });
}
