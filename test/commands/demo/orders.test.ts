import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OrderWriter } from '../../../src/commands/demo/orders.js';
import { systemClock } from '../../../src/lib/model/clock.js';
import { type Sandbox, startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { seededRandom } from '../../support/seeded-random.js';

let sandbox: Sandbox;
let orders: OrderWriter;

beforeEach(async () => {
  sandbox = await startSandbox({ statusDelayMs: 0 });
  orders = new OrderWriter(sandbox.url, 'Orders', systemClock, seededRandom(7));
});

afterEach(() => sandbox.close());

async function recordsWritten(): Promise<number> {
  const streams = sandbox.control.status().regions.flatMap(region => region.streams);
  return Promise.resolve(streams.reduce((sum, { records }) => sum + records, 0));
}

describe('the writer of orders', () => {
  it('makes one record a step', async () => {
    await orders.createTable(new AbortController().signal);
    for (let step = 0; step < 30; step += 1) await orders.step();
    // With no open order yet, a step that would move one on does nothing.
    expect(await recordsWritten()).toBeGreaterThan(25);
    expect(await recordsWritten()).toBeLessThanOrEqual(30);
  });

  it('writes an order that comes without an address, and then gets one', async () => {
    await orders.createTable(new AbortController().signal);
    await orders.stumble();
    expect(await recordsWritten()).toBe(4);
    const { url } = sandbox;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.Scan', 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify({ TableName: 'Orders' }),
    });
    expect(await answer.json()).toMatchObject({ Items: [{ status: { S: 'PACKED' }, address: {} }] });
  });

  it('tells whoever pauses it that a write failed', async () => {
    orders.run(new AbortController().signal);
    await expect(orders.pause()).rejects.toThrow(/PutItem failed/);
  });
});
