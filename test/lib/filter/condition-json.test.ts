import { describe, expect, it } from 'vitest';
import { conditionJson } from '../../../src/lib/filter/condition-json.js';
import { parsePattern } from '../../../src/lib/filter/parse-pattern.js';

describe('conditionJson', () => {
  it.each([
    ...['a', '', 1, true, null],
    { exists: true },
    { prefix: 'a' },
    { suffix: { 'equals-ignore-case': 'a' } },
    { 'equals-ignore-case': 'a' },
    { numeric: ['>', 0, '<=', 5] },
    { numeric: ['=', 1] },
    { wildcard: 'a\\**' },
    { cidr: '10.0.0.0/8' },
    { 'anything-but': 'a' },
    { 'anything-but': [1, 2] },
    { 'anything-but': { prefix: 'a' } },
    { 'anything-but': { wildcard: ['a*', '*b'] } },
  ])('writes %j as it was read', condition => {
    const { root } = parsePattern(JSON.stringify({ x: [condition] }));
    const [field] = root.clauses;
    const leaf = field?.kind === 'field' && field.value.kind === 'leaf' ? field.value : undefined;
    expect(leaf?.conditions.map(each => conditionJson(each.condition))).toStrictEqual([condition]);
  });
});
