import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AttributeValue,
  equalMaps,
  equalValues,
  formatValue,
  isAttributeMap,
  isAttributeValue,
  toPlain,
  toPlainObject,
} from '../../../src/lib/model/attribute-value.js';
import { attributeMap, attributeValue } from './attribute-values.js';

describe('isAttributeValue', () => {
  it('takes every kind of value', () => {
    fc.assert(
      fc.property(attributeValue, value => {
        expect(isAttributeValue(value)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(attributeMap, value => {
        expect(isAttributeMap(value)).toBe(true);
      }),
    );
  });

  it.each([
    ...[null, 'a', [], {}, { S: 1 }, { N: 1 }, { X: 'a' }, { S: 'a', N: '1' }, { NULL: false }, { BOOL: 'true' }],
    ...[{ SS: 'a' }, { NS: [1] }, { L: [{ S: 1 }] }, { L: { S: 'a' } }, { M: { a: 'b' } }, { M: [] }],
  ])('refuses %j', value => {
    expect(isAttributeValue(value)).toBe(false);
  });
});

describe('equalValues', () => {
  it.each<[AttributeValue, AttributeValue]>([
    [{ N: '1E+2' }, { N: '100.0' }],
    [{ SS: ['a', 'b'] }, { SS: ['b', 'a'] }],
    [{ NS: ['1', '2.0'] }, { NS: ['2', '1.0'] }],
    [{ BS: ['YQ==', 'Yg=='] }, { BS: ['Yg==', 'YQ=='] }],
    [{ B: 'YQ==' }, { B: 'YQ' }],
    [{ M: { a: { N: '1' }, b: { S: 'x' } } }, { M: { b: { S: 'x' }, a: { N: '1.0' } } }],
    [{ L: [{ M: { a: { SS: ['x', 'y'] } } }] }, { L: [{ M: { a: { SS: ['y', 'x'] } } }] }],
  ])('%j equals %j', (a, b) => {
    expect(equalValues(a, b)).toBe(true);
    expect(equalValues(b, a)).toBe(true);
  });

  it.each<[AttributeValue, AttributeValue]>([
    [{ S: '1' }, { N: '1' }],
    [{ S: 'a' }, { S: 'A' }],
    [{ N: '9007199254740992' }, { N: '9007199254740993' }],
    [{ B: 'YQ==' }, { B: 'Yg==' }],
    [{ BOOL: true }, { BOOL: false }],
    [{ NULL: true }, { BOOL: true }],
    [{ SS: ['1'] }, { NS: ['1'] }],
    [{ SS: ['a'] }, { SS: ['a', 'b'] }],
    [{ NS: ['1'] }, { NS: ['2'] }],
    [{ BS: ['YQ=='] }, { BS: ['Yg=='] }],
    [{ L: [{ S: 'a' }, { S: 'b' }] }, { L: [{ S: 'b' }, { S: 'a' }] }],
    [{ L: [] }, { L: [{ S: 'a' }] }],
    [{ L: [] }, { M: {} }],
    [{ M: { a: { S: 'x' } } }, { M: { b: { S: 'x' } } }],
    [{ M: { a: { S: 'x' } } }, { M: { a: { S: 'y' } } }],
    [{ M: { toString: { S: 'x' } } }, { M: { a: { S: 'x' } } }],
  ])('%j does not equal %j', (a, b) => {
    expect(equalValues(a, b)).toBe(false);
    expect(equalValues(b, a)).toBe(false);
  });

  it('holds for a copy, and both ways', () => {
    fc.assert(
      fc.property(attributeValue, value => {
        expect(equalValues(value, structuredClone(value))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(attributeValue, attributeValue, (a, b) => {
        expect(equalValues(a, b)).toBe(equalValues(b, a));
      }),
    );
    fc.assert(
      fc.property(attributeMap, item => {
        expect(equalMaps(item, { ...item })).toBe(true);
      }),
    );
  });
});

describe('toPlain', () => {
  it('keeps what JSON can hold, and never loses a digit', () => {
    expect(
      toPlainObject({
        s: { S: 'a' },
        n: { N: '1E+2' },
        big: { N: '12345678901234567890' },
        b: { B: 'YQ==' },
        bool: { BOOL: false },
        nil: { NULL: true },
        list: { L: [{ N: '1' }, { M: { a: { S: 'b' } } }] },
        ss: { SS: ['b', 'a'] },
        ns: { NS: ['1', '0.12345678901234567890'] },
        bs: { BS: ['YQ=='] },
      }),
    ).toEqual({
      s: 'a',
      n: 100,
      big: '12345678901234567890',
      b: 'YQ==',
      bool: false,
      nil: null,
      list: [1, { a: 'b' }],
      ss: ['b', 'a'],
      ns: [1, '0.12345678901234567890'],
      bs: ['YQ=='],
    });
  });

  it('comes through JSON unchanged', () => {
    fc.assert(
      fc.property(attributeValue, value => {
        expect(JSON.parse(JSON.stringify(toPlain(value)))).toEqual(toPlain(value));
      }),
    );
  });
});

describe('formatValue', () => {
  it.each<[AttributeValue, string]>([
    [{ S: 'a "b"' }, '"a \\"b\\""'],
    [{ N: '1E+2' }, '1E+2'],
    [{ B: 'YQ==' }, 'base64:YQ=='],
    [{ BOOL: true }, 'true'],
    [{ NULL: true }, 'null'],
    [{ L: [{ N: '1' }, { S: 'x' }] }, '[1, "x"]'],
    [{ M: { a: { N: '1' }, 'b c': { L: [] } } }, '{a: 1, "b c": []}'],
    [{ SS: ['a', 'b'] }, '{"a", "b"}'],
    [{ NS: ['1', '2'] }, '{1, 2}'],
    [{ BS: ['YQ=='] }, '{base64:YQ==}'],
  ])('writes %j as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  it('cuts what is too long by characters', () => {
    expect(formatValue({ S: 'abcdef' }, 5)).toBe('"abc…');
    expect(formatValue({ S: 'abcdef' }, 8)).toBe('"abcdef"');
    expect(formatValue({ S: '😀😀😀' }, 5)).toBe('"😀😀😀"');
    expect(formatValue({ S: '😀😀😀😀' }, 4)).toBe('"😀😀…');
  });

  it('lets no control character and no bidirectional mark through', () => {
    fc.assert(
      fc.property(attributeValue, value => {
        expect(formatValue(value)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
    expect(formatValue({ S: '\u001b[31m\u009b\u202e\u007f' })).toBe('"\\u001b[31m\\u009b\\u202e\\u007f"');
    expect(formatValue({ S: '👩\u200d💻' })).toBe('"👩\u200d💻"');
    expect(formatValue({ N: '\u001b[2J' })).toBe('\\u001b[2J');
  });
});
