import { describe, expect, it } from 'vitest';
import { declareWait, type WaitState } from '../../src/commands/wait.js';
import { runWait } from '../../src/commands/wait-run.js';
import type { GlobalOptions } from '../../src/context.js';
import { type FakeClock, fakeClock } from '../support/fake-clock.js';
import { fakeContext } from '../support/fake-context.js';
import { type FakeTables, fakeStreamArn, fakeTables } from '../support/fake-tables.js';
import { parsedOptions } from '../support/parsed-options.js';

describe('wait', () => {
  it.each(['stream-enabled', 'stream-disabled', 'table-active', 'replicas-active'])('takes --for %s', async state => {
    const parsed = await parsedOptions(
      (host, run, command) => declareWait(command, host, run),
      ['Orders', '--for', state],
    );
    expect(parsed).toEqual({ options: { table: { tableName: 'Orders' }, state } });
  });

  it.each([
    [['Orders'], "required option '--for <state>' not specified"],
    [
      ['Orders', '--for', 'table-gone'],
      'Allowed choices are stream-enabled, stream-disabled, table-active, replicas-active',
    ],
  ])('refuses %s', async (argv, why) => {
    const parsed = await parsedOptions((host, run, command) => declareWait(command, host, run), argv);
    expect(parsed).toEqual({ refusal: expect.stringContaining(why) });
  });
});

const arn = fakeStreamArn('Orders', '2026-11-20T10:11:12.123');

function waitFor(state: WaitState, clock: FakeClock, tables: FakeTables, globals: Partial<GlobalOptions> = {}) {
  const context = fakeContext({ clock, globals, aws: { tables: async () => tables } });
  return { context, code: runWait({ table: { tableName: 'Orders' }, state }, context) };
}

describe('runWait', () => {
  it('waits until the stream is enabled and the table is ACTIVE, and says so', async () => {
    const clock = fakeClock(0);
    const tables = fakeTables(clock, [{ tableName: 'Orders' }]);
    await tables.enableStream('Orders', 'NEW_IMAGE');
    const { context, code } = waitFor('stream-enabled', clock, tables);
    expect(await code).toBe(0);
    expect(clock.now()).toBeGreaterThanOrEqual(4_500);
    expect(context.io.stdoutText).toBe('Orders (eu-central-1): ACTIVE, stream enabled with NEW_IMAGE\n');
  });

  it('does not take the ARN of a stream that is off for an enabled one', async () => {
    const clock = fakeClock(0);
    const tables = fakeTables(clock, [{ tableName: 'Orders', latestStreamArn: arn }]);
    const { code } = waitFor('stream-enabled', clock, tables, { timeoutMs: 5_000 });
    await expect(code).rejects.toMatchObject({
      exitCode: 6,
      message: expect.stringContaining('the table is ACTIVE, its stream off'),
      hint: 'Wait on with: ddbx wait Orders --for stream-enabled --region eu-central-1',
    });
    expect(await waitFor('stream-disabled', clock, tables).code).toBe(0);
  });

  it('waits ten minutes when nobody says otherwise', async () => {
    const clock = fakeClock(0);
    const tables = fakeTables(clock, [{ tableName: 'Orders' }]);
    await expect(waitFor('stream-enabled', clock, tables).code).rejects.toMatchObject({ code: 'timeout' });
    expect(clock.now()).toBe(600_000);
  });

  it('waits for a table that is not there yet, and suggests the name that was meant', async () => {
    const clock = fakeClock(0);
    const tables = fakeTables(clock, [{ tableName: 'Orderz' }]);
    const { context, code } = waitFor('table-active', clock, tables);
    await clock.sleep(3_000);
    tables.put({ tableName: 'Orders', busyUntilMs: 6_000 });
    expect(await code).toBe(0);
    expect(context.io.stderrText).toContain('Did you mean Orderz?');
    await expect(waitFor('stream-enabled', clock, fakeTables(clock)).code).rejects.toMatchObject({
      code: 'table-not-found',
    });
  });

  it.each(['json', 'ndjson'] as const)('prints one document as %s', async output => {
    const clock = fakeClock(0);
    const tables = fakeTables(clock, [{ tableName: 'Orders', streamViewType: 'NEW_IMAGE', latestStreamArn: arn }]);
    const { context, code } = waitFor('table-active', clock, tables, { output });
    expect(await code).toBe(0);
    expect(JSON.parse(context.io.stdoutText)).toEqual({
      ...(output === 'ndjson' ? { type: 'summary' } : {}),
      table: 'Orders',
      region: 'eu-central-1',
      state: 'table-active',
      tableStatus: 'ACTIVE',
      viewType: 'NEW_IMAGE',
      streamArn: arn,
      waitedMs: 0,
    });
    expect(context.io.stderrText).toBe('');
  });
});
