import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, parsePath, valueAt } from '../../../src/lib/model/attribute-path.js';

describe('formatPath and parsePath', () => {
  it.each([
    ['status', ['status']],
    ['address.city', ['address', 'city']],
    ['items[2].qty', ['items', 2, 'qty']],
    ['["a.b"]', ['a.b']],
    ['x["a.b"].y[0][1]', ['x', 'a.b', 'y', 0, 1]],
    ['user-id.2fa', ['user-id', '2fa']],
    ['x["say \\"]\\""]', ['x', 'say "]"']],
    ['x[""]', ['x', '']],
    ['["\\u001b"]', ['\u001b']],
    ['["\\u009b"]', ['\u009b']],
  ])('%s', (text, path) => {
    expect(parsePath(text)).toEqual(path);
    expect(formatPath(path)).toBe(text);
  });

  it('takes odd names without quotes', () => {
    expect(parsePath('first name.a:b#c')).toEqual(['first name', 'a:b#c']);
  });

  it.each(['', '.', 'a.', '.a', 'a..b', '[0]', '[0].a', 'a[', 'a[x]', 'a[-1]', 'a[0]b', 'a.[0]', '"a"', '["\\x"]'])(
    'refuses %j',
    text => {
      expect(() => parsePath(text)).toThrow(`"${text}" is not an attribute path.`);
    },
  );

  it('reads every path that it writes', () => {
    const path = fc
      .tuple(fc.string({ unit: 'binary' }), fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.nat(99))))
      .map(([first, rest]) => [first, ...rest]);
    fc.assert(
      fc.property(path, segments => {
        expect(parsePath(formatPath(segments))).toEqual(segments);
      }),
    );
  });
});

describe('valueAt', () => {
  const item = { a: { M: { 'b.c': { L: [{ N: '1' }, { M: { d: { S: 'x' } } }] } } } };

  it.each([
    ['a["b.c"][1].d', { S: 'x' }],
    ['a["b.c"][0]', { N: '1' }],
    ['a["b.c"][2]', undefined],
    ['a.b.c', undefined],
    ['a[0]', undefined],
    ['a["b.c"].d', undefined],
    ['toString', undefined],
  ])('finds what stands at %s', (path, value) => {
    expect(valueAt(item, parsePath(path))).toEqual(value);
  });
});
