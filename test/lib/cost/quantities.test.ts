import { describe, expect, it } from 'vitest';
import {
  parseGigabytes,
  parseItemSize,
  parseMonthlyRate,
  parseQuantity,
  parseShare,
  parseUsd,
} from '../../../src/lib/cost/quantities.js';
import { complaintOf } from './complaint.js';

describe('a rate', () => {
  it.each([
    // a month has 730 h = 2,628,000 s
    ['1/s', '2628000'],
    ['1/sec', '2628000'],
    ['2.5/m', '109500'],
    ['1/hour', '730'],
    ['24/day', '730'],
    ['12K/d', '365000'],
    ['5M/month', '5000000'],
    ['1.5B/mo', '1500000000'],
    ['0/s', '0'],
    [' 250/S ', '657000000'],
  ])('%j is %s a month', (text, perMonth) => {
    expect(parseMonthlyRate(text).toFixed()).toBe(perMonth);
  });

  it.each(['100M', '-5/day', '1e9/day', '5/fortnight', '5 / day', '/day', '.5/s', '1T/day', '1_000/day', 'NaN/s', ''])(
    'is not %j',
    text => {
      expect(complaintOf(() => parseMonthlyRate(text))).toContain(`"${text}" is not a rate.`);
    },
  );

  it('is no more than any table does', () => {
    expect(complaintOf(() => parseMonthlyRate('999999999999B/s'))).toContain('more than any table does');
  });
});

describe('other quantities', () => {
  it.each([
    [parseQuantity, '2.5M', '2500000'],
    [parseQuantity, '7', '7'],
    [parseShare, '12%', '0.12'],
    [parseShare, '0.5%', '0.005'],
    [parseShare, '100%', '1'],
    [parseGigabytes, '250GB', '250'],
    [parseGigabytes, '1.5TiB', '1536'],
    [parseGigabytes, '512mb', '0.5'],
    [parseUsd, '$0.29', '0.29'],
    [parseUsd, '0.00000000000000000001', '0.00000000000000000001'],
  ] as const)('%o reads %j as %s', (parse, text, expected) => {
    expect(parse(text).toFixed()).toBe(expected);
  });

  it.each([
    [parseQuantity, '-1', 'not a quantity'],
    [parseShare, '0.1', 'not a share'],
    [parseShare, '-1%', 'not a share'],
    [parseShare, '100.01%', 'more than all of it'],
    [parseGigabytes, '250', 'not a storage size'],
    [parseGigabytes, '1KB', 'not a storage size'],
    [parseGigabytes, '9999999999999999TB', 'more than any table'],
    [parseUsd, '1,50', 'not an amount'],
    [parseUsd, '-1', 'not an amount'],
  ] as const)('%o refuses %j: %s', (parse, text, complaint) => {
    expect(complaintOf(() => parse(text))).toContain(complaint);
  });

  it('an item has 1 byte to 400 KB', () => {
    expect([parseItemSize('1B'), parseItemSize('400KB')]).toEqual([1, 409_600]);
    expect(complaintOf(() => parseItemSize('409601B'))).toContain('up to 400KB');
    expect(complaintOf(() => parseItemSize('0KB'))).toContain('at least one byte');
  });
});
