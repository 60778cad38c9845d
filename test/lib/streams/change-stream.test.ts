import { describe, expect, it } from 'vitest';
import { applyPlan, type ChangeEvent, settledTable } from '../../../src/lib/streams/change-stream.js';
import { planChange, type StreamGoal } from '../../../src/lib/streams/plan-change.js';
import { deadlineAfter } from '../../../src/lib/streams/wait-for-table.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { type FakeTables, fakeStreamArn, fakeTables, UPDATING_MS } from '../../support/fake-tables.js';

const oldArn = fakeStreamArn('Orders', '2026-11-20T10:11:12.123');
const setView: StreamGoal = { verb: 'set-view', viewType: 'NEW_IMAGE' };
const startMs = Date.UTC(2026, 10, 23, 10);

function aTableWithStream(): { clock: FakeClock; tables: FakeTables } {
  const clock = fakeClock(startMs);
  const tables = fakeTables(clock, [{ tableName: 'Orders', streamViewType: 'KEYS_ONLY', latestStreamArn: oldArn }]);
  return { clock, tables };
}

interface ChangeParts {
  readonly wait?: boolean;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ChangeEvent) => void;
}

/** Plans on the table as it is now, and carries the plan out. */
async function change(clock: FakeClock, tables: FakeTables, goal: StreamGoal, parts: ChangeParts = {}) {
  const plan = planChange(await tables.describeTable('Orders'), goal);
  const events: ChangeEvent[] = [];
  const deadline = deadlineAfter(parts.timeoutMs, clock, 'ddbx streams set-view Orders');
  const signal = parts.signal ?? new AbortController().signal;
  for await (const event of applyPlan(plan, { tables, clock, signal, deadline, wait: parts.wait ?? true })) {
    events.push(event);
    parts.onEvent?.(event);
  }
  return events;
}

const types = (events: readonly ChangeEvent[]) => events.map(event => event.type);

describe('applyPlan', () => {
  it('replaces a stream: disables, waits, enables, waits', async () => {
    const { clock, tables } = aTableWithStream();
    const events = await change(clock, tables, setView);
    expect(types(events)).toEqual(['disabling', 'disabled', 'enabling', 'enabled']);
    expect(tables.changes).toEqual(['disableStream Orders', 'enableStream Orders']);
    const table = await tables.describeTable('Orders');
    expect(table).toMatchObject({ status: 'ACTIVE', streamViewType: 'NEW_IMAGE' });
    expect(events[1]).toMatchObject({ streamArn: oldArn });
    expect(events.at(-1)).toMatchObject({ streamArn: table.latestStreamArn });
    expect(table.latestStreamArn).not.toBe(oldArn);
  });

  it('says until when the old records can be read: a day after the stream was off', async () => {
    const { clock, tables } = aTableWithStream();
    let offAtMs = 0;
    const events = await change(
      clock,
      tables,
      { verb: 'disable' },
      {
        onEvent: event => {
          if (event.type === 'disabled') offAtMs = clock.now();
        },
      },
    );
    expect(offAtMs).toBeGreaterThanOrEqual(startMs + UPDATING_MS);
    expect(events.at(-1)).toMatchObject({ type: 'disabled', readableUntilMs: offAtMs + 86_400_000 });
  });

  it('changes nothing when all is as wanted', async () => {
    const { clock, tables } = aTableWithStream();
    expect(types(await change(clock, tables, { verb: 'enable', viewType: 'KEYS_ONLY' }))).toEqual(['unchanged']);
    expect(tables.changes).toEqual([]);
  });

  it('leaves without waiting when told to, but not between two steps', async () => {
    const { clock, tables } = aTableWithStream();
    const disabling = await change(clock, tables, { verb: 'disable' }, { wait: false });
    expect(types(disabling)).toEqual(['disabling', 'requested']);
    expect(clock.now()).toBe(startMs);
    const both = aTableWithStream();
    const events = await change(both.clock, both.tables, setView, { wait: false });
    expect(types(events)).toEqual(['disabling', 'disabled', 'enabling', 'requested']);
    expect(events.at(-1)).toMatchObject({ streamArn: (await both.tables.describeTable('Orders')).latestStreamArn });
  });

  it('finishes on the next run, wherever the first one was interrupted', async () => {
    for (const stopAt of ['disabling', 'disabled', 'enabling'] as const) {
      const { clock, tables } = aTableWithStream();
      const controller = new AbortController();
      const interrupted = change(clock, tables, setView, {
        signal: controller.signal,
        onEvent: event => {
          if (event.type === stopAt) controller.abort(new Error('interrupted'));
        },
      });
      await expect(interrupted).rejects.toThrow();
      clock.advance(UPDATING_MS);
      const events = await change(clock, tables, setView);
      expect(events.at(-1)?.type, stopAt).toMatch(/enabled|unchanged/);
      expect((await tables.describeTable('Orders')).streamViewType, stopAt).toBe('NEW_IMAGE');
    }
  });

  it('can be interrupted while it waits', async () => {
    const { clock, tables } = aTableWithStream();
    const controller = new AbortController();
    tables.put({
      tableName: 'Orders',
      streamViewType: 'KEYS_ONLY',
      latestStreamArn: oldArn,
      busyUntilMs: startMs + 900_000,
    });
    const waiting = change(
      clock,
      tables,
      { verb: 'disable' },
      {
        signal: controller.signal,
        onEvent: event => {
          if (event.type === 'in-use') controller.abort(new Error('interrupted'));
        },
      },
    );
    await expect(waiting).rejects.toThrow('interrupted');
  });

  it('waits while another operation has the table', async () => {
    const { clock, tables } = aTableWithStream();
    tables.put({
      tableName: 'Orders',
      streamViewType: 'KEYS_ONLY',
      latestStreamArn: oldArn,
      busyUntilMs: startMs + 20_000,
    });
    const events = await change(clock, tables, { verb: 'disable' });
    expect(types(events)).toContain('in-use');
    expect(events.at(-1)?.type).toBe('disabled');
    expect(clock.now()).toBeGreaterThanOrEqual(startMs + 20_000 + UPDATING_MS);
  });

  it('gives up at the deadline with exit code 6, and says how to go on', async () => {
    const { clock, tables } = aTableWithStream();
    await expect(change(clock, tables, { verb: 'disable' }, { timeoutMs: 2_000 })).rejects.toMatchObject({
      code: 'timeout',
      exitCode: 6,
      message: expect.stringContaining('UPDATING'),
      hint: expect.stringContaining('ddbx streams set-view Orders'),
    });
    expect(clock.now()).toBe(startMs + 2_000);
  });

  it('gives up at the deadline while another operation has the table', async () => {
    const { clock, tables } = aTableWithStream();
    tables.put({
      tableName: 'Orders',
      streamViewType: 'KEYS_ONLY',
      latestStreamArn: oldArn,
      busyUntilMs: startMs + 900_000,
    });
    await expect(change(clock, tables, { verb: 'disable' }, { timeoutMs: 30_000 })).rejects.toMatchObject({
      exitCode: 6,
    });
    expect(clock.now()).toBe(startMs + 30_000);
  });

  it('is content when somebody else was faster', async () => {
    const clock = fakeClock(startMs);
    const tables = fakeTables(clock, [{ tableName: 'Orders' }]);
    const plan = planChange(await tables.describeTable('Orders'), { verb: 'enable', viewType: 'NEW_IMAGE' });
    await tables.enableStream('Orders', 'NEW_IMAGE');
    clock.advance(UPDATING_MS);
    const events: ChangeEvent[] = [];
    const { signal } = new AbortController();
    const deadline = deadlineAfter(undefined, clock, '');
    for await (const event of applyPlan(plan, { tables, clock, signal, deadline, wait: true })) events.push(event);
    expect(types(events)).toEqual(['enabling', 'enabled']);
  });

  it('passes on a refusal that is not about that', async () => {
    const clock = fakeClock(startMs);
    const tables = fakeTables(clock, [{ tableName: 'Orders' }]);
    const plan = planChange(await tables.describeTable('Orders'), { verb: 'enable', viewType: 'NEW_IMAGE' });
    await tables.enableStream('Orders', 'KEYS_ONLY');
    clock.advance(UPDATING_MS);
    const { signal } = new AbortController();
    const events = applyPlan(plan, {
      tables,
      clock,
      signal,
      deadline: deadlineAfter(undefined, clock, ''),
      wait: true,
    });
    await expect(
      (async () => {
        for await (const event of events) expect(event.type).toBe('enabling');
      })(),
    ).rejects.toMatchObject({ kind: 'validation' });
  });
});

describe('settledTable', () => {
  const { signal } = new AbortController();

  it('waits for a change that is under way', async () => {
    const clock = fakeClock(startMs);
    const tables = fakeTables(clock, [{ tableName: 'Orders', busyUntilMs: startMs + 3_000 }]);
    const found = await tables.describeTable('Orders');
    expect(found.status).toBe('UPDATING');
    const deadline = deadlineAfter(undefined, clock, '');
    const table = await settledTable(found, { tables, clock, signal, deadline });
    expect(table.status).toBe('ACTIVE');
    expect(clock.now()).toBeGreaterThanOrEqual(startMs + 3_000);
  });

  it('asks nothing when nothing is under way', async () => {
    const clock = fakeClock(startMs);
    const tables = fakeTables(clock, [{ tableName: 'Orders' }]);
    const found = await tables.describeTable('Orders');
    await settledTable(found, { tables, clock, signal, deadline: deadlineAfter(undefined, clock, '') });
    expect(tables.calls).toEqual(['describeTable Orders']);
  });
});
