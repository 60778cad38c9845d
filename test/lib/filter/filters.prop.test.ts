import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMatcher } from '../../../src/lib/filter/compile-matcher.js';
import { parsePattern } from '../../../src/lib/filter/parse-pattern.js';
import { passesPlainly } from './plain-reading.js';

const text = fc.oneof(
  fc.constantFrom('', 'a', 'A', 'ab', 'abc', 'b', 'cab', '42', '10.0.0.1'),
  fc.string({ maxLength: 3 }),
);
const number = fc.oneof(fc.constantFrom(0, 1, 2, 42, -1, 0.5), fc.integer({ min: -3, max: 3 }));
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const filled = text.filter(value => value !== '');
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });

const range = fc
  .tuple(number, number, fc.constantFrom('>', '>='), fc.constantFrom('<', '<='))
  .map(([a, b, lower, upper]) => [lower, Math.min(a, b), upper, Math.max(a, b)]);
const wildcard = fc.constantFrom('*', 'a*', '*b', 'a*b', '*a*', 'a*b*c', 'ab', '\\*');
const condition: fc.Arbitrary<unknown> = fc.oneof(
  scalar,
  fc.record({ prefix: text }),
  fc.record({ suffix: text }),
  fc.record({ 'equals-ignore-case': text }),
  fc.record({ 'anything-but': fc.oneof(text, number, few(text), few(number)) }),
  fc.record({ 'anything-but': fc.oneof(fc.record({ prefix: filled }), fc.record({ suffix: few(filled) })) }),
  fc.record({ numeric: fc.oneof(fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), number), range) }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ wildcard }),
);

/** Names of a level; those of branches of `$or` are others than those beside it, see `plain-reading.ts`. */
const namesAt = (level: number) => fc.constantFrom(...['x', 'y', 'constructor'].map(name => `${name}${level || ''}`));

/** A pattern's object. */
function objectAt(level: number, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const leaf = few(condition);
  const value = depth === 0 ? leaf : fc.oneof({ weight: 3, arbitrary: leaf }, objectAt(level, depth - 1));
  const fields = fc.dictionary(namesAt(level), value, { minKeys: 1, maxKeys: 3 });
  if (depth === 0 || level === 2) return fields;
  const branches = fc.array(objectAt(level + 1, depth - 1), { minLength: 2, maxLength: 3 });
  return fc.oneof(
    { weight: 3, arbitrary: fields },
    fc.tuple(fields, branches).map(([object, $or]) => ({ ...object, $or })),
    branches.map($or => ({ $or })),
  );
}

const pattern = objectAt(0, 2);
const anyName = fc.nat(2).chain(namesAt);
const { record } = fc.letrec<{ record: Record<string, unknown>; value: unknown }>(tie => ({
  record: fc.dictionary(anyName, tie('value'), { maxKeys: 5 }),
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { weight: 4, arbitrary: scalar },
    { weight: 2, arbitrary: tie('record') },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
  ),
}));

function matcherOf(...patterns: readonly unknown[]): (record: Readonly<Record<string, unknown>>) => boolean {
  return compileMatcher(patterns.map(each => parsePattern(JSON.stringify(each))));
}

describe('a compiled matcher', () => {
  it('agrees with a plain reading of the pattern', () => {
    let passed = 0;
    fc.assert(
      fc.property(pattern, record, (filter, value) => {
        const answer = matcherOf(filter)(value);
        expect(answer).toBe(passesPlainly(filter, value));
        if (answer) passed++;
      }),
      { numRuns: 5000 },
    );
    expect(passed).toBeGreaterThan(100);
  });

  it('does not care for the order of branches of $or, of members, and of filters', () => {
    fc.assert(
      fc.property(pattern, pattern, pattern, record, (a, b, c, value) => {
        const answer = matcherOf({ $or: [a, b, c] })(value);
        expect(matcherOf({ $or: [c, a, b] })(value)).toBe(answer);
        expect(matcherOf({ $or: [a, { $or: [b, c] }] })(value)).toBe(answer);
        expect(matcherOf(c, b, a)(value)).toBe(answer);
        const reversed = Object.fromEntries(Object.entries(a).reverse());
        expect(matcherOf(reversed)(value)).toBe(matcherOf(a)(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes anything-but for the negation, on values without members', () => {
    const negatable = fc.oneof(text, number, fc.record({ prefix: filled }), fc.record({ suffix: filled }));
    fc.assert(
      fc.property(negatable, scalar, (what, value) => {
        const isSo = matcherOf({ x: [what] })({ x: value });
        expect(matcherOf({ x: [{ 'anything-but': what }] })({ x: value })).toBe(!isSo);
      }),
      { numRuns: 2000 },
    );
  });
});
