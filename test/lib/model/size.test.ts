import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, parseSize } from '../../../src/lib/model/size.js';

describe('parseSize', () => {
  it.each([
    ['0B', 0],
    ['512B', 512],
    ['400KB', 409_600],
    ['400kib', 409_600],
    ['1.5KB', 1536],
    ['1.3KB', 1331],
    ['1MB', 1_048_576],
    ['1GiB', 1_073_741_824],
    ['2TB', 2_199_023_255_552],
  ])('reads %s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(['', '400', 'KB', '1.5B', '1,5KB', '-1KB', '1 KB', '1PB', '1iB', '.5KB', '1K', '99999999TB'])(
    'refuses %j',
    text => {
      expect(() => parseSize(text)).toThrow('is not a size');
    },
  );
});

describe('formatBytes', () => {
  it.each([
    [0, '0B'],
    [1023, '1023B'],
    [1024, '1KB'],
    [1536, '1.5KB'],
    [39_000, '38.1KB'],
    [409_600, '400KB'],
    [1_048_550, '1MB'],
    [3 * 1024 ** 4, '3TB'],
    [5000 * 1024 ** 4, '5000TB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('is close to what it stands for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), bytes => {
        expect(Math.abs(parseSize(formatBytes(bytes)) - bytes)).toBeLessThanOrEqual(bytes * 0.05);
      }),
    );
  });
});
