import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from '../../../src/lib/model/instant.js';

const NOW_MS = Date.UTC(2026, 10, 23, 12, 0, 0);

describe('parseInstant', () => {
  it.each([
    ['2026-11-20T10:11:12Z', '2026-11-20T10:11:12Z'],
    ['2026-11-20T10:11:12.345Z', '2026-11-20T10:11:12.345Z'],
    ['2026-11-20T10:11+01:00', '2026-11-20T09:11:00Z'],
    ['2026-11-20T10:11:12-0530', '2026-11-20T15:41:12Z'],
    ['2026-11-20', '2026-11-20T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['15m', '2026-11-23T11:45:00Z'],
    ['15m ago', '2026-11-23T11:45:00Z'],
    ['1d2h  ago', '2026-11-22T10:00:00Z'],
    ['2027-01-01', '2027-01-01T00:00:00Z'],
  ])('reads %s', (text, instant) => {
    expect(formatInstant(parseInstant(text, NOW_MS))).toBe(instant);
  });

  it.each([
    ['2026-11-20T10:11:12', 'has no offset'],
    ['yesterday', 'is not an instant'],
    ['', 'is not an instant'],
    ['ago', 'is not an instant'],
    ['1795306399', 'is not an instant'],
    ['11/20/2026', 'is not an instant'],
    ['2026-11-20Z', 'is not an instant'],
    ['2026-02-30', 'does not exist'],
    ['2026-02-29T10:00Z', 'does not exist'],
    ['2026-13-01', 'does not exist'],
    ['2026-11-20T25:00Z', 'does not exist'],
    ['2026-11-20T10:61Z', 'does not exist'],
  ])('refuses %j: it %s', (text, what) => {
    expect(() => parseInstant(text, NOW_MS)).toThrow(what);
  });

  it('refuses the future when told to', () => {
    expect(() => parseInstant('2026-11-23T12:00:01Z', NOW_MS, { future: 'refuse' })).toThrow('in the future');
    expect(parseInstant('2026-11-23T12:00:00Z', NOW_MS, { future: 'refuse' })).toBe(NOW_MS);
    expect(parseInstant('1s', NOW_MS, { future: 'refuse' })).toBe(NOW_MS - 1000);
  });

  it('reads what formatInstant writes', () => {
    const instants = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });
    fc.assert(
      fc.property(instants, ms => {
        expect(parseInstant(formatInstant(ms), NOW_MS)).toBe(ms);
      }),
    );
  });
});
