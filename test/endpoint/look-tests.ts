import { describe, expect, it } from 'vitest';
import { at, listAt, parseJson } from './endpoint.js';
import { writeOrders } from './orders.js';
import { ALL, type Stage } from './stage.js';

/** Looking at streams, and asking for what is not there. */
export function testLooks(stage: Stage): void {
  describe('looking', () => {
    it('lists the stream of a table, and describes its shards', async () => {
      const table = await stage.makeTable('OLD_IMAGE');
      const streamArn = await table.latestStreamArn();
      await writeOrders(table);

      const listed = await stage.run('list', '--output', 'json');
      expect(listed.exitCode).toBe(0);
      const mine = listAt(parseJson(listed.stdout), 'streams').filter(stream => stream['table'] === table.name);
      expect(mine).toMatchObject([{ streamArn, status: 'ENABLED', viewType: 'OLD_IMAGE', closedShards: 0 }]);

      const described = await stage.run('describe', table.name, '--output', 'json');
      expect(described.exitCode).toBe(0);
      const description = parseJson(described.stdout);
      expect(description['stream']).toMatchObject({ streamArn, status: 'ENABLED', viewType: 'OLD_IMAGE' });
      const shards = listAt(description, 'shards');
      expect(shards.length).toBe(Number(at(mine[0], 'openShards')));
      expect(shards.every(shard => shard['open'] === true && shard['endingSequenceNumber'] === null)).toBe(true);
      expect(shards.some(shard => shard['look'] === 'record')).toBe(true);
    });

    it('suggests the name that was meant when there is no such table', async () => {
      const table = await stage.makeTable('KEYS_ONLY');
      const unknown = await stage.run('tail', `${table.name.slice(0, -1)}x`, ...ALL);

      expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
      expect(unknown.stderr).toContain(table.name);
    });

    it('says how to turn a stream on when a table has none', async () => {
      const table = await stage.makeTable();
      const none = await stage.run('tail', table.name, '--no-follow');

      expect(none).toMatchObject({ exitCode: 1, stdout: '' });
      expect(none.stderr).toContain(`ddbx streams enable ${table.name}`);
    });

    it('says that a stream is not there', async () => {
      const table = await stage.makeTable('KEYS_ONLY');
      const arn = ((await table.latestStreamArn()) ?? '').replace(/\/stream\/.*$/, '/stream/2020-01-01T00:00:00.000');
      const gone = await stage.run('describe', arn);

      expect(gone).toMatchObject({ exitCode: 1, stdout: '' });
      expect(gone.stderr).toContain('2020-01-01T00:00:00.000');
    });
  });
}
