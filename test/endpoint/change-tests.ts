import { describe, expect, it } from 'vitest';
import { at, listAt, ndjson, parseJson } from './endpoint.js';
import { eventsByItem, ORDER_EVENTS, writeOrders } from './orders.js';
import { ALL, type Stage } from './stage.js';

/** Turning streams on and off, and replacing them. */
export function testChanges(stage: Stage): void {
  describe('turning a stream on and off', () => {
    it('enables a stream once, and finds it unchanged the second time', async () => {
      const table = await stage.makeTable();
      const enable = ['enable', table.name, '--view', 'new-and-old-images', '--output', 'json'];
      const first = await stage.run(...enable);
      const second = await stage.run(...enable);

      expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
      const streamArn = await table.latestStreamArn();
      expect(parseJson(first.stdout)).toMatchObject({ changed: true, viewType: 'NEW_AND_OLD_IMAGES', streamArn });
      expect(parseJson(second.stdout)).toMatchObject({ changed: false, viewType: 'NEW_AND_OLD_IMAGES', streamArn });
    });

    it('refuses another view type while the stream is enabled, and names the verb that can', async () => {
      const table = await stage.makeTable('NEW_AND_OLD_IMAGES');
      const streamArn = await table.latestStreamArn();
      const refused = await stage.run('enable', table.name, '--view', 'keys-only');

      expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
      expect(refused.stderr).toContain(`ddbx streams set-view ${table.name} --view keys-only`);
      expect(await table.latestStreamArn()).toBe(streamArn);
    });

    it('changes nothing with --dry-run', async () => {
      const table = await stage.makeTable();
      const planned = await stage.run('enable', table.name, '--view', 'keys-only', '--dry-run', '--output', 'json');

      expect(planned.exitCode).toBe(0);
      expect(parseJson(planned.stdout)).toMatchObject({ changed: false, dryRun: true, steps: ['enable'] });
      expect(await table.latestStreamArn()).toBeUndefined();
    });

    it('disables only with --yes where nobody can be asked, and says that it was done already', async () => {
      const table = await stage.makeTable('KEYS_ONLY');
      const unasked = await stage.run('disable', table.name);
      const disabled = await stage.run('disable', table.name, '--yes', '--output', 'json');
      const again = await stage.run('disable', table.name, '--yes', '--output', 'json');

      expect(unasked).toMatchObject({ exitCode: 2, stdout: '' });
      expect(unasked.stderr).toContain('--yes');
      expect(disabled.exitCode).toBe(0);
      expect(parseJson(disabled.stdout)).toMatchObject({ changed: true, viewType: null });
      expect(again.exitCode).toBe(0);
      expect(parseJson(again.stdout)).toMatchObject({ changed: false });
    });

    it('changes the view type by a new stream; the old one stays readable by its ARN', async () => {
      const table = await stage.makeTable('NEW_AND_OLD_IMAGES');
      const oldArn = await table.latestStreamArn();
      await writeOrders(table);
      const changed = await stage.run('set-view', table.name, '--view', 'keys-only', '--yes', '--output', 'json');
      await table.setStatus({ order: 'order#2', line: 1 }, 'SENT');

      expect(changed.exitCode).toBe(0);
      const newArn = await table.latestStreamArn();
      expect(newArn).not.toBe(oldArn);
      expect(parseJson(changed.stdout)).toMatchObject({ changed: true, oldStreamArn: oldArn, streamArn: newArn });

      const old = await stage.run('tail', oldArn ?? '', ...ALL);
      expect(old.exitCode).toBe(0);
      expect(eventsByItem(ndjson(old.stdout))).toEqual(ORDER_EVENTS);
      expect(new Set(ndjson(old.stdout).map(record => record['eventSourceARN']))).toEqual(new Set([oldArn]));

      const present = ndjson((await stage.run('tail', table.name, ...ALL)).stdout);
      expect(eventsByItem(present)).toEqual({ 'order#2/1': ['MODIFY'] });
      expect(present.map(record => at(record, 'dynamodb.StreamViewType'))).toEqual(['KEYS_ONLY']);
      expect(at(present[0], 'dynamodb.NewImage')).toBeUndefined();
    });

    it('reads a disabled stream to its end, and lists it with the time that is left', async () => {
      const table = await stage.makeTable('NEW_IMAGE');
      const streamArn = (await table.latestStreamArn()) ?? '';
      await writeOrders(table);
      await stage.run('disable', table.name, '--yes');

      const read = await stage.run(
        'tail',
        streamArn,
        '--from',
        'trim-horizon',
        '--output',
        'ndjson',
        '--poll-interval',
        '20ms',
      );
      expect(read.exitCode).toBe(0);
      expect(eventsByItem(ndjson(read.stdout))).toEqual(ORDER_EVENTS);

      const listed = parseJson((await stage.run('list', '--table', table.name, '--output', 'json')).stdout);
      expect(listAt(listed, 'streams')).toMatchObject([{ streamArn, status: 'DISABLED', openShards: 0 }]);
      expect(at(listAt(listed, 'streams')[0], 'hoursLeft')).toBeGreaterThan(20);
    });
  });
}
