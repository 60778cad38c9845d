import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/lib/model/duration.js';
import { DdbxError } from '../../../src/lib/model/error.js';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['5ms', 5],
    ['90s', 90_000],
    ['15m', 900_000],
    ['15m5ms', 900_005],
    ['5h30m', 19_800_000],
    ['2d', 172_800_000],
    ['1w2d3h4m5s6ms', 788_645_006],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    '',
    '90',
    's',
    '30m1h',
    '1h1h',
    '1.5h',
    '-5m',
    '5 m',
    '5M',
    ' 5m',
    '5m ',
    '1h30',
    '5 minutes',
    '1e3s',
    '１m',
  ])('refuses %j and shows how', text => {
    expect(() => parseDuration(text)).toThrow(DdbxError);
    expect(() => parseDuration(text)).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining('90s, 15m, 5h30m, 2d') }),
    );
  });

  it('refuses what cannot be counted', () => {
    expect(() => parseDuration('99999999999999w')).toThrow('too long');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [0.4, '0s'],
    [340, '340ms'],
    [999.6, '1s'],
    [1000, '1s'],
    [1234, '1.2s'],
    [9940, '9.9s'],
    [9960, '10s'],
    [38_400, '38s'],
    [59_600, '1m'],
    [75_000, '1m15s'],
    [3_599_600, '1h'],
    [15_120_000, '4h12m'],
    [86_399_000, '1d'],
    [183_600_000, '2d3h'],
    [604_800_000, '7d'],
    [8_640_000_000, '100d'],
    [-75_000, '-1m15s'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
