import { describe, expect, it } from 'vitest';
import { deadlineAfter, lookDelayMs, waitForTable } from '../../../src/lib/streams/wait-for-table.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { type FakeTables, fakeTables } from '../../support/fake-tables.js';

function waitFor(clock: FakeClock, tables: FakeTables, parts: { mayBeMissing?: boolean; timeoutMs?: number } = {}) {
  const looks: (string | undefined)[] = [];
  const table = waitForTable({
    tables,
    tableName: 'Orders',
    clock,
    signal: new AbortController().signal,
    deadline: deadlineAfter(parts.timeoutMs, clock, 'ddbx wait Orders'),
    what: 'Orders to be ACTIVE',
    isDone: found => found.status === 'ACTIVE',
    mayBeMissing: parts.mayBeMissing ?? false,
    onLook: found => looks.push(found?.status),
  });
  return { table, looks };
}

describe('lookDelayMs', () => {
  it.each([
    [1, 500],
    [2, 1_000],
    [4, 4_000],
    [5, 5_000],
    [50, 5_000],
  ])('after look %i waits %i ms', (looks, delayMs) => {
    expect(lookDelayMs(looks)).toBe(delayMs);
  });
});

describe('waitForTable', () => {
  it('looks again, ever more seldom, until the table is as wanted', async () => {
    const clock = fakeClock(0);
    const tables = fakeTables(clock, [{ tableName: 'Orders', busyUntilMs: 10_000 }]);
    const { table, looks } = waitFor(clock, tables);
    expect((await table).status).toBe('ACTIVE');
    expect(looks).toEqual(['UPDATING', 'UPDATING', 'UPDATING', 'UPDATING', 'UPDATING']);
    expect(clock.sleeps).toEqual([500, 1_000, 2_000, 4_000, 5_000]);
  });

  it('bears failures that pass', async () => {
    const clock = fakeClock(0);
    const tables = fakeTables(clock, [{ tableName: 'Orders' }]);
    tables.failNext('describeTable', 'throttled', 'network', 'service');
    const { table, looks } = waitFor(clock, tables);
    expect((await table).status).toBe('ACTIVE');
    expect(looks).toEqual([undefined, undefined, undefined]);
  });

  it('does not bear those that stay', async () => {
    const tables = fakeTables(fakeClock(0), [{ tableName: 'Orders' }]);
    tables.failNext('describeTable', 'denied');
    await expect(waitFor(fakeClock(0), tables).table).rejects.toMatchObject({ kind: 'denied' });
  });

  it('fails for a table that is not there, unless it may still come', async () => {
    const clock = fakeClock(0);
    await expect(waitFor(clock, fakeTables(clock)).table).rejects.toMatchObject({ kind: 'not-found' });
    const tables = fakeTables(clock);
    const late = clock.sleep(3_000).then(() => {
      tables.put({ tableName: 'Orders' });
    });
    const { table } = waitFor(clock, tables, { mayBeMissing: true });
    expect((await table).tableName).toBe('Orders');
    await late;
  });

  it('gives up at the deadline exactly', async () => {
    const clock = fakeClock(0);
    const tables = fakeTables(clock);
    await expect(waitFor(clock, tables, { mayBeMissing: true, timeoutMs: 7_777 }).table).rejects.toMatchObject({
      code: 'timeout',
      exitCode: 6,
      hint: 'ddbx wait Orders',
    });
    expect(clock.now()).toBe(7_777);
  });

  it.each(['DELETING', 'ARCHIVED', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS'])(
    'hopes for nothing of a table that is %s',
    async status => {
      const clock = fakeClock(0);
      const tables = fakeTables(clock, [{ tableName: 'Orders', status }]);
      await expect(waitFor(clock, tables).table).rejects.toMatchObject({ code: 'table-stuck' });
      expect(clock.sleeps).toEqual([]);
    },
  );
});
