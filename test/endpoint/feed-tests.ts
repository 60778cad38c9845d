import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listAt, ndjson, parseJson } from './endpoint.js';
import { eventsByItem, ORDER_EVENTS, writeOrders } from './orders.js';
import { ALL, type Stage } from './stage.js';

/** Taking records out, and giving them to a handler. */
export function testFeeds(stage: Stage): void {
  describe('export and replay', () => {
    it('exports what is in the stream, and replays it to a handler in batches', async () => {
      const table = await stage.makeTable('NEW_AND_OLD_IMAGES');
      await writeOrders(table);
      const file = join(stage.folder(), 'orders.ndjson');
      const exported = await stage.run('export', table.name, '--to', file);

      expect(exported.exitCode).toBe(0);
      const records = ndjson(await readFile(file, 'utf8'));
      expect(eventsByItem(records)).toEqual(ORDER_EVENTS);
      expect(records).toEqual(
        expect.arrayContaining([...ndjson((await stage.run('tail', table.name, ...ALL)).stdout)]),
      );

      const seen = join(stage.folder(), 'seen.ndjson');
      const handler = join(stage.folder(), 'handler.mjs');
      await writeFile(handler, HANDLER);
      const replayed = await stage.run(
        'replay',
        file,
        '--to',
        `module:${handler}`,
        '--batch-size',
        '2',
        '--output',
        'ndjson',
      );
      expect(replayed.exitCode).toBe(0);
      const batches = (await readFile(seen, 'utf8'))
        .split('\n')
        .filter(line => line !== '')
        .map(parseJson);
      expect(batches.every(batch => listAt(batch, 'Records').length <= 2)).toBe(true);
      expect(eventsByItem(batches.flatMap(batch => listAt(batch, 'Records')))).toEqual(ORDER_EVENTS);
    });
  });
}

/** Keeps each event that it is given in a file beside it. */
const HANDLER = `import { appendFileSync } from 'node:fs';
export async function handler(event) {
  appendFileSync(new URL('seen.ndjson', import.meta.url), JSON.stringify(event) + '\\n');
}
`;
