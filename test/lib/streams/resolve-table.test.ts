import { describe, expect, it } from 'vitest';
import { parseTableRef } from '../../../src/lib/aws/arn.js';
import { currentStream, resolveTable } from '../../../src/lib/streams/resolve-table.js';
import { fakeClock } from '../../support/fake-clock.js';
import { fakeStreamArn, fakeTables } from '../../support/fake-tables.js';

const arn = fakeStreamArn('Orders', '2026-11-20T10:11:12.123');
const clock = fakeClock(Date.UTC(2026, 10, 23));

describe('resolveTable', () => {
  it('finds a table by its name and by its ARN', async () => {
    const tables = fakeTables(clock, [{ tableName: 'Orders' }]);
    expect((await resolveTable(tables, { tableName: 'Orders' })).tableName).toBe('Orders');
    const byArn = parseTableRef('arn:aws:dynamodb:eu-central-1:111122223333:table/Orders');
    expect((await resolveTable(tables, byArn)).tableName).toBe('Orders');
  });

  it('suggests near names, and names the Region', async () => {
    const tables = fakeTables(clock, [{ tableName: 'Orders' }, { tableName: 'Customers' }]);
    await expect(resolveTable(tables, { tableName: 'Ordres' })).rejects.toMatchObject({
      code: 'table-not-found',
      message: 'There is no table Ordres in eu-central-1.',
      hint: expect.stringMatching(/^Did you mean Orders\?/),
    });
  });

  it('looks for near names on all pages', async () => {
    const names = Array.from({ length: 250 }, (_, index) => ({ tableName: `a-${String(index).padStart(3, '0')}` }));
    const tables = fakeTables(clock, [...names, { tableName: 'Zebra' }]);
    await expect(resolveTable(tables, { tableName: 'Zebar' })).rejects.toMatchObject({
      hint: expect.stringContaining('Zebra'),
    });
  });

  it('says what it knows when the tables cannot be listed', async () => {
    const tables = fakeTables(clock, [{ tableName: 'Orders' }]);
    tables.failNext('listTables', 'denied');
    await expect(resolveTable(tables, { tableName: 'Ordres' })).rejects.toMatchObject({
      code: 'table-not-found',
      hint: 'Check the Region (--region) and the account (--profile).',
    });
  });

  it('refuses the ARN of another account, whose table of the same name is not meant', async () => {
    const tables = fakeTables(clock, [{ tableName: 'Orders' }]);
    const other = parseTableRef('arn:aws:dynamodb:eu-central-1:999988887777:table/Orders');
    await expect(resolveTable(tables, other)).rejects.toMatchObject({
      code: 'other-account',
      message: expect.stringMatching(/999988887777.*111122223333/),
    });
  });

  it('passes on what else goes wrong', async () => {
    const tables = fakeTables(clock, [{ tableName: 'Orders' }]);
    tables.failNext('describeTable', 'denied');
    await expect(resolveTable(tables, { tableName: 'Orders' })).rejects.toMatchObject({ kind: 'denied' });
  });
});

describe('currentStream', () => {
  const streamOf = async (table: Parameters<typeof fakeTables>[1]) =>
    currentStream(await resolveTable(fakeTables(clock, table), { tableName: 'Orders' }));

  it('is the enabled stream', async () => {
    const stream = await streamOf([{ tableName: 'Orders', streamViewType: 'NEW_IMAGE', latestStreamArn: arn }]);
    expect(stream).toEqual({ streamArn: arn, tableName: 'Orders', region: 'eu-central-1' });
  });

  it('is none when the stream was turned off, though its ARN is still told; the hint says how to read it', async () => {
    await expect(streamOf([{ tableName: 'Orders', latestStreamArn: arn }])).rejects.toMatchObject({
      code: 'stream-not-enabled',
      hint: expect.stringContaining(arn),
    });
  });

  it('is none when there never was one; the hint names the command', async () => {
    await expect(streamOf([{ tableName: 'Orders' }])).rejects.toMatchObject({
      code: 'stream-not-enabled',
      hint: 'ddbx streams enable Orders --view new-and-old-images turns one on.',
    });
  });
});
