import { describe, expect, it } from 'vitest';
import { describeCommand } from '../../../src/commands/streams/describe.js';
import { disableCommand } from '../../../src/commands/streams/disable.js';
import { enableCommand } from '../../../src/commands/streams/enable.js';
import { listCommand } from '../../../src/commands/streams/list.js';
import { setViewCommand } from '../../../src/commands/streams/set-view.js';
import { fakeStreamArn } from '../../support/fake-tables.js';
import { parsedOptions } from '../../support/parsed-options.js';

const arn = fakeStreamArn('Orders', '2026-11-20T10:11:12.123');
const byArn = { tableName: 'Orders', region: 'eu-central-1', account: '111122223333', streamArn: arn };
const table = { tableName: 'Orders' };
const safe = { dryRun: false, yes: false, showAws: false };

describe('streams list', () => {
  it.each([
    ['', { table: undefined, all: false, regions: [] }],
    ['--all', { table: undefined, all: true, regions: [] }],
    ['--table Orders', { table, all: false, regions: [] }],
    [`--table ${arn}`, { table: byArn, all: false, regions: [] }],
    ['--regions us-east-1,eu-west-1', { table: undefined, all: false, regions: ['us-east-1', 'eu-west-1'] }],
    ['--regions us-east-1 --regions us-east-1', { table: undefined, all: false, regions: ['us-east-1'] }],
  ])('%s', async (line, options) => {
    expect(await parsedOptions(listCommand, words(line))).toEqual({ options });
  });

  it.each([
    ['--regions Frankfurt', '"Frankfurt" is not the name of an AWS Region'],
    ['--table x', '"x" is not a table name'],
    ['--tabel Orders', 'Did you mean --table?'],
  ])('%s is refused', async (line, why) => {
    expect(await parsedOptions(listCommand, words(line))).toEqual({ refusal: expect.stringContaining(why) });
  });
});

describe('streams enable', () => {
  it.each([
    ['Orders --view keys-only', { table, viewType: 'KEYS_ONLY', wait: true, ...safe }],
    ['Orders --view new-image --no-wait', { table, viewType: 'NEW_IMAGE', wait: false, ...safe }],
    ['Orders --view OLD_IMAGE --dry-run', { table, viewType: 'OLD_IMAGE', wait: true, ...safe, dryRun: true }],
    [
      `${arn} --view new-and-old-images -y --show-aws`,
      { table: byArn, viewType: 'NEW_AND_OLD_IMAGES', wait: true, dryRun: false, yes: true, showAws: true },
    ],
  ])('%s', async (line, options) => {
    expect(await parsedOptions(enableCommand, words(line))).toEqual({ options });
  });

  it.each([
    ['Orders', "required option '--view <type>' not specified"],
    ['Orders --view images', '"images" is not a view type'],
    ['--view keys-only', "missing required argument 'table'"],
    ['arn:aws:s3:::orders --view keys-only', 'is not the ARN of a DynamoDB table or stream'],
  ])('%s is refused', async (line, why) => {
    expect(await parsedOptions(enableCommand, words(line))).toEqual({ refusal: expect.stringContaining(why) });
  });
});

describe('streams disable', () => {
  it.each([
    ['Orders', { table, wait: true, ...safe }],
    ['Orders --yes --no-wait', { table, wait: false, ...safe, yes: true }],
  ])('%s', async (line, options) => {
    expect(await parsedOptions(disableCommand, words(line))).toEqual({ options });
  });
});

describe('streams set-view', () => {
  it.each([
    ['Orders --view keys-only', { table, viewType: 'KEYS_ONLY', ...safe }],
    [
      'Orders --view new-image --dry-run --show-aws',
      { table, viewType: 'NEW_IMAGE', dryRun: true, yes: false, showAws: true },
    ],
  ])('%s', async (line, options) => {
    expect(await parsedOptions(setViewCommand, words(line))).toEqual({ options });
  });

  it('cannot do without --view', async () => {
    expect(await parsedOptions(setViewCommand, ['Orders'])).toEqual({ refusal: expect.stringContaining('--view') });
  });
});

describe('streams describe', () => {
  it.each([
    ['Orders', { table, peek: true }],
    [`${arn} --no-peek`, { table: byArn, peek: false }],
  ])('%s', async (line, options) => {
    expect(await parsedOptions(describeCommand, words(line))).toEqual({ options });
  });
});

function words(line: string): readonly string[] {
  return line.split(' ').filter(word => word !== '');
}
