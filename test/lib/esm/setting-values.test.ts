import { describe, expect, it } from 'vitest';
import { awsDefaults } from '../../../src/lib/aws/mapping-settings.js';
import { settingNames, settingTable } from '../../../src/lib/esm/setting-table.js';
import {
  flagOf,
  formatSetting,
  parseNumberSetting,
  rangeWords,
  sameSetting,
} from '../../../src/lib/esm/setting-values.js';

/** The ranges of FACTS B.1, by Lambda's names. */
const RANGES = [
  ['batchSize', 'BatchSize', 1, 10_000, false],
  ['maximumBatchingWindowSeconds', 'MaximumBatchingWindowInSeconds', 0, 300, false],
  ['parallelizationFactor', 'ParallelizationFactor', 1, 10, false],
  ['maximumRecordAgeSeconds', 'MaximumRecordAgeInSeconds', 60, 604_800, true],
  ['maximumRetryAttempts', 'MaximumRetryAttempts', 0, 10_000, true],
  ['tumblingWindowSeconds', 'TumblingWindowInSeconds', 0, 900, false],
] as const;

const rowOf = (name: (typeof RANGES)[number][0]) => {
  const row = settingTable[name];
  if (row.kind !== 'count' && row.kind !== 'seconds') throw new Error(`${name} is no number`);
  return row;
};

describe('the table of settings', () => {
  it('names every setting once, and each that Lambda has', () => {
    expect([...settingNames].sort()).toEqual(Object.keys(awsDefaults).sort());
    expect(new Set(settingNames.map(name => settingTable[name].flag)).size).toBe(settingNames.length);
  });

  it.each(RANGES)('%s is %s, from %i to %i', (name, api, min, max, unlimited) => {
    const row = rowOf(name);
    expect(row).toMatchObject({ api, min, max, unlimited });
    expect(parseNumberSetting(row, String(min))).toBe(min);
    expect(parseNumberSetting(row, String(max))).toBe(max);
    expect(() => parseNumberSetting(row, String(max + 1))).toThrow('It takes');
    if (min > 0) expect(() => parseNumberSetting(row, String(min - 1))).toThrow('It takes');
    for (const text of ['-1', 'infinite']) {
      if (unlimited) expect(parseNumberSetting(row, text)).toBe(-1);
      else expect(() => parseNumberSetting(row, text)).toThrow('It takes');
    }
  });
});

describe('a value as it is typed', () => {
  it.each([
    ['maximumRecordAgeSeconds', '1h', 3_600],
    ['maximumRecordAgeSeconds', '7d', 604_800],
    ['maximumBatchingWindowSeconds', '5s', 5],
    ['maximumBatchingWindowSeconds', '5m', 300],
    ['tumblingWindowSeconds', '2000ms', 2],
  ] as const)('%s %s', (name, text, value) => {
    expect(parseNumberSetting(rowOf(name), text)).toBe(value);
  });

  it.each([
    ['batchSize', '10s'],
    ['batchSize', '1.5'],
    ['batchSize', '-5'],
    ['batchSize', ''],
    ['maximumRecordAgeSeconds', '59s'],
    ['maximumRecordAgeSeconds', '8d'],
    ['maximumRecordAgeSeconds', 'soon'],
    ['maximumBatchingWindowSeconds', '1500ms'],
    ['maximumBatchingWindowSeconds', '-1'],
    ['maximumRetryAttempts', '-2'],
    ['maximumRetryAttempts', '99999999999999999999'],
  ] as const)('%s %j is refused with exit 2', (name, text) => {
    expect(() => parseNumberSetting(rowOf(name), text)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  it('is told its range', () => {
    expect(rangeWords(rowOf('batchSize'))).toBe('a whole number from 1 to 10000');
    expect(rangeWords(rowOf('maximumRecordAgeSeconds'))).toBe(
      'a duration from 1m to 7d (or whole seconds), or infinite',
    );
  });
});

describe('a value for people', () => {
  it('is short, and in the units of people', () => {
    expect(settingNames.map(name => formatSetting(name, awsDefaults[name]))).toEqual([
      '100',
      '0s',
      '1',
      'infinite',
      'infinite',
      'off',
      'off',
      'none',
      'none',
      'none',
      'none',
      'none',
    ]);
    expect(formatSetting('maximumRecordAgeSeconds', 43_200)).toBe('12h');
    expect(formatSetting('filters', ['{"a":[1]}', '{"b":[2]}'])).toBe('{"a":[1]} or {"b":[2]}');
    expect(formatSetting('filters', undefined)).toBe('encrypted');
  });

  it('is a flag that sets it again', () => {
    const { batchSize, maximumRecordAgeSeconds } = { batchSize: 10, maximumRecordAgeSeconds: 3_600 };
    expect(flagOf('batchSize', batchSize)).toEqual(['--batch-size', '10']);
    expect(flagOf('maximumRecordAgeSeconds', maximumRecordAgeSeconds)).toEqual(['--maximum-record-age', '1h']);
    expect(flagOf('maximumRetryAttempts', -1)).toEqual(['--maximum-retry-attempts', 'infinite']);
    expect(flagOf('tumblingWindowSeconds', 0)).toEqual(['--tumbling-window', '0']);
    expect(flagOf('bisectBatchOnFunctionError', false)).toEqual(['--no-bisect']);
    expect(flagOf('reportBatchItemFailures', true)).toEqual(['--report-batch-item-failures']);
    expect(flagOf('onFailure', '')).toEqual(['--on-failure', 'none']);
    expect(flagOf('metrics', ['EventCount'])).toEqual(['--metrics']);
    expect(flagOf('metrics', [])).toEqual(['--no-metrics']);
    expect(flagOf('filters', [])).toEqual(['--no-filter']);
    expect(flagOf('filters', ['a', 'b'])).toEqual(['--filter', 'a', '--filter', 'b']);
    expect(flagOf('filters', undefined)).toEqual([]);
  });
});

describe('two values', () => {
  it('are the same whatever the order of the filters', () => {
    expect(sameSetting<'filters'>(['a', 'b'], ['b', 'a'])).toBe(true);
    expect(sameSetting<'filters'>(['a'], ['a', 'b'])).toBe(false);
    expect(sameSetting<'filters'>(undefined, [])).toBe(false);
    expect(sameSetting<'batchSize'>(100, 100)).toBe(true);
    expect(sameSetting<'onFailure'>('', 'arn')).toBe(false);
  });
});
