import { describe, expect, it } from 'vitest';
import { type ExplainedFilter, explainMatch } from '../../../src/lib/filter/explain-match.js';
import { parsePattern } from '../../../src/lib/filter/parse-pattern.js';
import { formatPath } from '../../../src/lib/model/attribute-path.js';

function explain(pattern: unknown, record: Readonly<Record<string, unknown>>): ExplainedFilter {
  return explainMatch(parsePattern(JSON.stringify(pattern)), record);
}

/** Each leaf as `path: yes` or `path: no`. */
function leavesOf(pattern: unknown, record: Readonly<Record<string, unknown>>): readonly string[] {
  return explain(pattern, record).leaves.map(({ path, passes }) => `${formatPath(path)}: ${passes ? 'yes' : 'no'}`);
}

describe('explainMatch', () => {
  it('tells each leaf in the order of the pattern, those behind a failing one too', () => {
    const pattern = { a: { b: ['x'], c: [1] }, d: [null] };
    expect(leavesOf(pattern, { a: { b: 'y', c: 1 }, d: null })).toStrictEqual(['a.b: no', 'a.c: yes', 'd: yes']);
  });

  it('tells which alternative holds, as the pattern writes it', () => {
    const { leaves } = explain({ a: ['x', { prefix: 'y' }, { 'anything-but': ['z'] }] }, { a: 'yes' });
    expect(leaves[0]?.conditions).toStrictEqual([
      { condition: 'x', passes: false },
      { condition: { prefix: 'y' }, passes: true },
      { condition: { 'anything-but': 'z' }, passes: true },
    ]);
  });

  it('needs one branch of $or, and tells all of them', () => {
    const pattern = { $or: [{ a: [1], b: [1] }, { c: [1] }] };
    expect(leavesOf(pattern, { b: 1, c: 1 })).toStrictEqual(['$or[0].a: no', '$or[0].b: yes', '$or[1].c: yes']);
    expect(explain(pattern, { b: 1, c: 1 })).toMatchObject({ passes: true, isSpread: false });
    expect(explain(pattern, { b: 1 })).toMatchObject({ passes: false, isSpread: false });
  });

  it.each([
    ['a value', { a: { b: 'x' } }, { kind: 'values', values: ['x'] }],
    ['values in lists', { a: [{ b: ['x', [null]] }, {}, 5, { b: 1 }] }, { kind: 'values', values: ['x', null, 1] }],
    ['something with members', { a: { b: { c: 1 } } }, { kind: 'object' }],
    ['nothing at the end', { a: { c: 1 } }, { kind: 'nothing', missing: ['a', 'b'] }],
    ['nothing on the way', { b: 1 }, { kind: 'nothing', missing: ['a'] }],
    ['an empty list', { a: { b: [] } }, { kind: 'nothing', missing: ['a', 'b'] }],
    ['no members of its own', { a: {} }, { kind: 'nothing', missing: ['a', 'b'] }],
  ])('tells what it found: %s', (_, record, found) => {
    expect(explain({ a: { b: ['x'] } }, record).leaves[0]?.found).toStrictEqual(found);
  });

  it('judges exists by what is there', () => {
    const pattern = { a: [{ exists: true }], b: [{ exists: false }] };
    expect(leavesOf(pattern, { a: 1 })).toStrictEqual(['a: yes', 'b: yes']);
    expect(leavesOf(pattern, { a: {}, b: null })).toStrictEqual(['a: no', 'b: no']);
  });

  it('says when each leaf holds, but not in one member of a list', () => {
    const pattern = { lines: { sku: ['a'], count: [1] } };
    const record = {
      lines: [
        { sku: 'a', count: 2 },
        { sku: 'b', count: 1 },
      ],
    };
    expect(explain(pattern, record)).toMatchObject({ passes: false, isSpread: true });
  });
});
