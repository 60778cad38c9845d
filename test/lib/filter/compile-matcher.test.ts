import { describe, expect, it } from 'vitest';
import { compileMatcher } from '../../../src/lib/filter/compile-matcher.js';
import { parsePattern } from '../../../src/lib/filter/parse-pattern.js';

/** Whether a record passes one of the patterns. */
function passes(record: Readonly<Record<string, unknown>>, ...patterns: readonly unknown[]): boolean {
  return compileMatcher(patterns.map(pattern => parsePattern(JSON.stringify(pattern))))(record);
}

/** The values of `list` that pass the conditions of one leaf. */
function kept(conditions: readonly unknown[], list: readonly unknown[]): readonly unknown[] {
  return list.filter(value => passes({ x: value }, { x: conditions }));
}

describe('compileMatcher', () => {
  it('lets everything pass when there is no filter', () => {
    expect(compileMatcher([])({})).toBe(true);
  });

  it('takes filters as alternatives, and the members of one as conditions that must all hold', () => {
    const [a, b] = [{ x: ['1'], y: ['1'] }, { y: ['2'] }];
    expect(passes({ x: '1', y: '1' }, a, b)).toBe(true);
    expect(passes({ x: '1', y: '2' }, a, b)).toBe(true);
    expect(passes({ x: '1', y: '3' }, a, b)).toBe(false);
    expect(passes({ x: '1' }, a)).toBe(false);
  });

  it('needs one branch of $or, whatever stands beside it', () => {
    const pattern = { z: ['z'], $or: [{ x: ['1'], y: ['1'] }, { y: ['2'] }, { o: { $or: [{ p: [1] }, { q: [1] }] } }] };
    expect(passes({ z: 'z', x: '1', y: '1' }, pattern)).toBe(true);
    expect(passes({ z: 'z', y: '2' }, pattern)).toBe(true);
    expect(passes({ z: 'z', o: { q: 1 } }, pattern)).toBe(true);
    expect(passes({ z: 'z', x: '1', y: '3', o: { r: 1 } }, pattern)).toBe(false);
    expect(passes({ x: '1', y: '1' }, pattern)).toBe(false);
  });

  it.each([
    [['a'], ['a', 'A', 'ab', 1, null, true], ['a']],
    [[''], ['', 'a', null], ['']],
    [[null], [null, 'null', 0, false], [null]],
    [[1], [1, '1', 10, true], [1]],
    [[true], [true, 'true', 1], [true]],
    [
      ['a', 'b', 'c', 1, null],
      ['a', 'c', 'd', 1, 2, null, false],
      ['a', 'c', 1, null],
    ],
    [[{ prefix: 'us-' }], ['us-east-1', 'US-', 'eu-us-', 5, 'us-'], ['us-east-1', 'us-']],
    [[{ prefix: '' }], ['', 'a', 5, null], ['', 'a']],
    [[{ prefix: { 'equals-ignore-case': 'Us' } }], ['USA', 'us', 'bus', 5], ['USA', 'us']],
    [[{ suffix: '.png' }], ['a.png', '.png', 'a.PNG', 'png'], ['a.png', '.png']],
    [[{ suffix: { 'equals-ignore-case': '.PNG' } }], ['a.png', 'a.PNG', 'png'], ['a.png', 'a.PNG']],
    [[{ 'equals-ignore-case': 'Paid' }], ['paid', 'PAID', 'paid ', 1], ['paid', 'PAID']],
    [[{ 'anything-but': 'a' }], ['a', 'b', 1, null, true], ['b', 1, null, true]],
    [[{ 'anything-but': ['a', 'b'] }], ['a', 'b', 'c'], ['c']],
    [[{ 'anything-but': 5 }], [5, 6, '5'], [6, '5']],
    [[{ 'anything-but': [1, 2, 3] }], [1, 3, 4], [4]],
    [[{ 'anything-but': { prefix: 'us-' } }], ['us-east-1', 'eu', 5], ['eu', 5]],
    [[{ 'anything-but': { suffix: ['.png', '.gif'] } }], ['a.png', 'a.gif', 'a.jpg'], ['a.jpg']],
    [[{ 'anything-but': { 'equals-ignore-case': ['a', 'B'] } }], ['A', 'b', 'c'], ['c']],
    [[{ 'anything-but': { wildcard: '*/lib/*' } }], ['/usr/lib/a', '/usr/bin/a'], ['/usr/bin/a']],
    [[{ numeric: ['=', 5] }], [5, 5.0, '5', 6], [5, 5.0]],
    [[{ numeric: ['>', 0, '<=', 9] }], [0, 0.5, 9, 9.5, '5'], [0.5, 9]],
    [[{ numeric: ['<', -1] }], [-2, -1, 0], [-2]],
    [[{ numeric: ['>=', 1.5] }], [1.4, 1.5, 2], [1.5, 2]],
    [[{ wildcard: '*' }], ['', 'a', 5], ['', 'a']],
    [[{ wildcard: 'ab' }], ['ab', 'aab', 'abb'], ['ab']],
    [[{ wildcard: 'a*a' }], ['a', 'aa', 'aba', 'abab'], ['aa', 'aba']],
    [[{ wildcard: '*ab*ab*c' }], ['ababc', 'abc', 'xabyabzc', 'ababcd'], ['ababc', 'xabyabzc']],
    [[{ wildcard: 'a*bc*bc' }], ['abc', 'abcbc', 'abxbcbc'], ['abcbc', 'abxbcbc']],
    [[{ wildcard: 'a\\*\\\\*' }], ['a*\\', 'a*\\b', 'ab\\'], ['a*\\', 'a*\\b']],
    [
      [{ cidr: '10.0.0.0/24' }],
      ['10.0.0.0', '10.0.0.255', '10.0.1.0', '10.0.0', 'x', '::a00:1', 5],
      ['10.0.0.0', '10.0.0.255'],
    ],
    [[{ cidr: '0.0.0.0/0' }], ['255.255.255.255', '::1'], ['255.255.255.255']],
    [
      [{ cidr: '2001:db8::/32' }],
      ['2001:db8::1', '2001:DB8:ffff::', '2001:db9::', '10.0.0.1'],
      ['2001:db8::1', '2001:DB8:ffff::'],
    ],
    [
      [{ cidr: '::ffff:10.0.0.0/104' }],
      ['::ffff:10.1.2.3', '::ffff:a01:203', '::ffff:11.0.0.0'],
      ['::ffff:10.1.2.3', '::ffff:a01:203'],
    ],
    [
      ['a', { numeric: ['>', 5] }, { prefix: 'b' }],
      ['a', 6, 'bb', 'c', 5],
      ['a', 6, 'bb'],
    ],
    [[{ exists: true }], ['', 0, null, false, 'a', {}, [], [[]], ['a']], ['', 0, null, false, 'a', ['a']]],
    [[{ exists: false }], ['', null, {}, { a: 1 }, [], [{}], ['a']], [{}, { a: 1 }, [], [{}]]],
    [
      ['a', { exists: false }],
      ['a', 'b', {}],
      ['a', {}],
    ],
  ])('%j keeps of %j what it should', (conditions, values, wanted) => {
    expect(kept(conditions, values)).toStrictEqual(wanted);
  });

  it('takes a list in the record for each of its members', () => {
    expect(passes({ tags: ['a', ['b']] }, { tags: ['b'] })).toBe(true);
    expect(passes({ tags: ['a', 'b'] }, { tags: [{ 'anything-but': 'a' }] })).toBe(true);
    expect(passes({ tags: ['a'] }, { tags: [{ 'anything-but': 'a' }] })).toBe(false);
    expect(passes({ tags: [] }, { tags: [{ 'anything-but': 'a' }] })).toBe(false);
  });

  it('wants conditions on objects of a list to hold of one of them', () => {
    const pattern = { lines: { sku: ['a'], count: [1] } };
    expect(passes({ lines: [{ sku: 'b' }, { sku: 'a', count: 1 }] }, pattern)).toBe(true);
    expect(passes({ lines: [[{ sku: 'a', count: 1 }]] }, pattern)).toBe(true);
    expect(passes({ lines: [{ sku: 'a' }, { count: 1 }] }, pattern)).toBe(false);
  });

  it('finds absent what stands nowhere in the record, and only that', () => {
    const absent = { o: { x: [{ exists: false }] } };
    for (const record of [{}, { o: {} }, { o: 5 }, { o: null }, { o: [] }, { o: [{}, 5] }, { o: { x: { y: 1 } } }]) {
      expect(passes(record, absent), JSON.stringify(record)).toBe(true);
    }
    for (const record of [{ o: { x: null } }, { o: [{}, { x: 1 }] }, { o: { x: [{}, [1]] } }]) {
      expect(passes(record, absent), JSON.stringify(record)).toBe(false);
    }
    expect(passes({ o: [{ y: 1 }] }, { o: { x: [{ exists: false }], y: [1] } })).toBe(true);
    expect(passes({ o: [{ y: 1 }, { x: 1 }] }, { o: { x: [{ exists: false }], y: [1] } })).toBe(false);
    expect(passes({}, { o: { x: [{ exists: false }], y: [1] } })).toBe(false);
    expect(passes({}, { o: { $or: [{ x: [{ exists: false }] }, { y: [1] }] } })).toBe(true);
  });

  it('takes the members of a record by their own names only', () => {
    expect(passes({}, { constructor: { name: ['Object'] } })).toBe(false);
    expect(passes({}, { toString: [{ exists: false }] })).toBe(true);
    const record = JSON.parse('{"__proto__": {"constructor": "x"}}') as Record<string, unknown>;
    expect(compileMatcher([parsePattern('{"__proto__": {"constructor": ["x"]}}')])(record)).toBe(true);
  });
});
