import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValue } from '../../../src/lib/terminal/json-value.js';

describe('jsonValue', () => {
  it.each([
    ['a big integer that a double holds', 42n, 42],
    ['a big integer that it does not hold', 9_007_199_254_740_993n, '9007199254740993'],
    ['bytes', Uint8Array.from([104, 105]), 'aGk='],
    ['a slice of a larger buffer', Buffer.from('xhix').subarray(1, 3), 'aGk='],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a set', new Set(['a', 'b']), ['a', 'b']],
    ['a map', new Map([['a', 1n]]), { a: 1 }],
    ['members that are not there', { a: undefined, b: 1 }, { b: 1 }],
    ['a hole in a list', [undefined, 1], [null, 1]],
    ['no number', [Number.NaN, Number.POSITIVE_INFINITY], [null, null]],
    ['nothing', undefined, null],
    [
      'a key that JavaScript would take for something else',
      JSON.parse('{"__proto__":1}'),
      JSON.parse('{"__proto__":1}'),
    ],
  ])('turns %s into plain JSON', (_, value, expected) => {
    expect(JSON.stringify(jsonValue(value))).toBe(JSON.stringify(expected));
  });

  it('changes nothing that JSON can hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(JSON.stringify(jsonValue(value))).toBe(JSON.stringify(value));
      }),
    );
  });
});
