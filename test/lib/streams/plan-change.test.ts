import { describe, expect, it } from 'vitest';
import type { Table } from '../../../src/lib/aws/tables-gateway.js';
import { planChange, type StreamGoal } from '../../../src/lib/streams/plan-change.js';
import { fakeClock } from '../../support/fake-clock.js';
import { type FakeTable, fakeStreamArn, fakeTables } from '../../support/fake-tables.js';

const arn = fakeStreamArn('Orders', '2026-11-20T10:11:12.123');
const enable: StreamGoal = { verb: 'enable', viewType: 'NEW_IMAGE' };
const disable: StreamGoal = { verb: 'disable' };
const setView: StreamGoal = { verb: 'set-view', viewType: 'NEW_IMAGE' };

function aTable(parts: Omit<FakeTable, 'tableName'>): Promise<Table> {
  return fakeTables(fakeClock(0), [{ tableName: 'Orders', ...parts }]).describeTable('Orders');
}

const never: Omit<FakeTable, 'tableName'> = {};
const off = { latestStreamArn: arn };
const asWanted = { streamViewType: 'NEW_IMAGE', latestStreamArn: arn } as const;
const other = { streamViewType: 'KEYS_ONLY', latestStreamArn: arn } as const;
const replica = { replicaRegions: ['us-east-1'] };
const strong = { ...replica, multiRegionConsistency: 'STRONG' };

describe('planChange', () => {
  it.each([
    ['enable', 'no stream yet', enable, never, ['enable']],
    ['enable', 'an old stream', enable, off, ['enable']],
    ['enable', 'the same view', enable, asWanted, []],
    ['enable', 'the same view on a replica', enable, { ...asWanted, ...replica }, []],
    ['disable', 'a stream', disable, other, ['disable']],
    ['disable', 'no stream', disable, never, []],
    ['disable', 'an old stream', disable, off, []],
    ['disable', 'a strongly consistent replica', disable, { ...other, ...strong }, ['disable']],
    ['set-view', 'another view', setView, other, ['disable', 'enable']],
    ['set-view', 'the same view', setView, asWanted, []],
    ['set-view', 'the same view on a replica', setView, { ...asWanted, ...replica }, []],
    ['set-view', 'a strongly consistent replica', setView, { ...other, ...strong }, ['disable', 'enable']],
  ])('%s with %s', async (_verb, _table, goal, table, steps) => {
    const plan = planChange(await aTable(table), goal);
    expect(plan.steps).toEqual(steps);
    expect(plan.resumes).toBe(false);
  });

  it('goes on with a change of view that stopped half way', async () => {
    expect(planChange(await aTable(off), setView)).toMatchObject({ steps: ['enable'], resumes: true, streamArn: arn });
  });

  it.each([
    ['disable', disable],
    ['enable with another view', enable],
    ['set-view', setView],
  ])('refuses to %s where replication owns the stream', async (_what, goal) => {
    const table = await aTable({ ...other, ...replica });
    expect(() => planChange(table, goal)).toThrow(
      expect.objectContaining({ code: 'stream-frozen', message: expect.stringContaining('us-east-1') }),
    );
  });

  it('names set-view when a stream of another view is to be enabled', async () => {
    const table = await aTable(other);
    expect(() => planChange(table, enable)).toThrow(
      expect.objectContaining({
        code: 'other-view-type',
        exitCode: 1,
        hint: expect.stringContaining('ddbx streams set-view Orders --view new-image'),
      }),
    );
  });

  it('names enable when there never was a stream', async () => {
    const table = await aTable(never);
    expect(() => planChange(table, setView)).toThrow(
      expect.objectContaining({
        code: 'never-had-stream',
        hint: expect.stringContaining('ddbx streams enable Orders --view new-image'),
      }),
    );
  });
});
