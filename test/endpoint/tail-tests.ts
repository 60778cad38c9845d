import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { beforeAll, describe, expect, it } from 'vitest';
import { at, type Json, ndjson, parseJson } from './endpoint.js';
import { eventsByItem, itemOf, ORDER_EVENTS, TOTAL, writeOrders } from './orders.js';
import type { OrdersTable } from './orders-table.js';
import { ALL, FAST, type Stage } from './stage.js';

/** Reading a stream in every way there is. */
export function testTail(stage: Stage): void {
  describe('tail', () => {
    let table: OrdersTable;
    let streamArn: string;
    beforeAll(async () => {
      table = await stage.makeTable('NEW_AND_OLD_IMAGES');
      streamArn = (await table.latestStreamArn()) ?? '';
      await writeOrders(table);
    });

    it('prints every record once, each item in its order, as Lambda receives them', async () => {
      const read = await stage.run('tail', table.name, ...ALL);

      expect(read.exitCode).toBe(0);
      const lines = ndjson(read.stdout);
      expect(eventsByItem(lines)).toEqual(ORDER_EVENTS);
      const served = await table.records(streamArn);
      const withoutOurs = lines.map(({ eventSourceARN, shardId, ...record }) => {
        expect(eventSourceARN).toBe(streamArn);
        expect(shardId).toMatch(/^shardId-/);
        return record;
      });
      const bySequence = new Map(withoutOurs.map(record => [at(record, 'dynamodb.SequenceNumber'), record]));
      expect(bySequence.size).toBe(withoutOurs.length);
      expect(served.length).toBe(withoutOurs.length);
      for (const record of served) expect(bySequence.get(record.dynamodb?.SequenceNumber)).toEqual(wireForm(record));
    });

    it('keeps every type of the wire, and numbers as strings', async () => {
      const lines = ndjson((await stage.run('tail', table.name, ...ALL, '--event', 'insert')).stdout);
      const insert = lines.find(line => itemOf(line) === 'order#1/1');
      const image = at(insert, 'dynamodb.NewImage');

      expect(at(image, 'total')).toEqual({ N: TOTAL });
      expect(at(image, 'receipt')).toEqual({ B: 'AQL/' });
      expect(at(image, 'paid')).toEqual({ BOOL: false });
      expect(at(image, 'note')).toEqual({ NULL: true });
      expect(at(image, 'address')).toEqual({
        M: { city: { S: 'Łódź "1"\n' }, floors: { L: [{ N: '1' }, { S: '' }] } },
      });
      expect(new Set(JSON.stringify(at(image, 'tags.SS')).match(/[a-z]+/g))).toEqual(new Set(['gift', 'new']));
    });

    it('chooses by event, by key, and by what was changed', async () => {
      const removed = ndjson((await stage.run('tail', table.name, ...ALL, '--event', 'remove')).stdout);
      expect(eventsByItem(removed)).toEqual({ 'order#1/1': ['REMOVE'] });

      const one = ndjson(
        (await stage.run('tail', table.name, ...ALL, '--key', 'pk=order#1', '--key', 'line=2')).stdout,
      );
      expect(eventsByItem(one)).toEqual({ 'order#1/2': ['INSERT'] });

      const changed = ndjson((await stage.run('tail', table.name, ...ALL, '--changed', 'status')).stdout);
      expect(eventsByItem(changed)).toEqual({ 'order#1/1': ['MODIFY'], 'order#2/1': ['MODIFY'] });
      expect((await stage.run('tail', table.name, ...ALL, '--changed', 'total')).stdout).toBe('');
    });

    it('begins at an instant', async () => {
      const recent = await stage.run('tail', table.name, '--since', '1h', ...FAST);
      expect(recent.exitCode).toBe(0);
      expect(eventsByItem(ndjson(recent.stdout))).toEqual(ORDER_EVENTS);

      // Records carry whole seconds; the second after the last one holds none of them.
      const served = await table.records(streamArn);
      const lastMs = Math.max(...served.map(record => record.dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0));
      const after = new Date(lastMs + 1_000).toISOString();
      await untilPast(lastMs + 1_000);
      const later = await stage.run('tail', table.name, '--since', after, ...FAST);
      expect(later).toMatchObject({ exitCode: 0, stdout: '' });
    });

    it('begins at a sequence number of a shard', async () => {
      const all = ndjson((await stage.run('tail', table.name, ...ALL)).stdout);
      const last = all.at(-1);
      const [sequenceNumber, shardId] = [String(at(last, 'dynamodb.SequenceNumber')), String(last?.['shardId'])];
      const rest = await stage.run('tail', table.name, '--from', sequenceNumber, '--shard', shardId, ...FAST);

      expect(rest.exitCode).toBe(0);
      expect(ndjson(rest.stdout)).toEqual([last]);
    });

    it('goes on from a checkpoint where the last run stopped', async () => {
      const checkpoint = join(stage.folder(), 'tail.json');
      const first = await stage.run('tail', table.name, ...ALL, '--checkpoint', checkpoint, '--limit', '2');
      const second = await stage.run('tail', table.name, ...ALL, '--checkpoint', checkpoint);
      const third = await stage.run('tail', table.name, ...ALL, '--checkpoint', checkpoint);

      expect([first.exitCode, second.exitCode, third.exitCode]).toEqual([0, 0, 0]);
      expect(ndjson(first.stdout)).toHaveLength(2);
      expect(eventsByItem([...ndjson(first.stdout), ...ndjson(second.stdout)])).toEqual(ORDER_EVENTS);
      expect(third.stdout).toBe('');
    });

    it('refuses the checkpoint of another stream, and leaves it as it was', async () => {
      const other = await stage.makeTable('KEYS_ONLY');
      const checkpoint = join(stage.folder(), 'other.json');
      await stage.run('tail', other.name, ...ALL, '--checkpoint', checkpoint);
      const before = await readFile(checkpoint, 'utf8');
      const refused = await stage.run('tail', table.name, ...ALL, '--checkpoint', checkpoint);

      expect(refused.exitCode).not.toBe(0);
      expect(refused.stdout).toBe('');
      expect(refused.stderr).toContain(checkpoint);
      expect(await readFile(checkpoint, 'utf8')).toBe(before);
    });

    it('prints ordinary JSON with --record plain', async () => {
      const lines = ndjson(
        (await stage.run('tail', table.name, ...ALL, '--record', 'plain', '--event', 'modify')).stdout,
      );
      const modified = lines.find(line => at(line, 'keys.pk') === 'order#1');

      expect(modified).toMatchObject({ event: 'MODIFY', table: table.name, keys: { pk: 'order#1', line: 1 } });
      expect(at(modified, 'old.status')).toBe('NEW');
      expect(at(modified, 'new.status')).toBe('PAID');
      expect(at(modified, 'new.total')).toBe(TOTAL);
    });

    it('shows records that are written while it follows', async () => {
      const live = await stage.makeTable('NEW_IMAGE');
      const following = stage.run(
        'tail',
        live.name,
        '--from',
        'trim-horizon',
        '--output',
        'ndjson',
        '--limit',
        '5',
        '--poll-interval',
        '20ms',
      );
      await writeOrders(live, 5);

      const followed = await following;
      expect(followed.exitCode).toBe(0);
      expect(ndjson(followed.stdout)).toHaveLength(5);
    });
  });
}

/** A record of the SDK as it was on the wire: seconds for a Date, base64 for bytes. */
function wireForm(record: _Record): Json {
  const { ApproximateCreationDateTime: at, ...change } = record.dynamodb ?? {};
  const text = JSON.stringify({ ...record, dynamodb: change }, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
  const wire = parseJson(text);
  const dynamodb = { ...Object(wire['dynamodb']), ApproximateCreationDateTime: (at?.getTime() ?? 0) / 1_000 };
  return { ...wire, dynamodb };
}

/** Waits for the wall clock, since --since refuses an instant that is still to come. */
async function untilPast(instantMs: number): Promise<void> {
  while (Date.now() <= instantMs) await new Promise(resolve => setTimeout(resolve, instantMs - Date.now() + 1));
}
