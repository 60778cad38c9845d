import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedMembers } from '../../../src/lib/filter/asked-members.js';
import { compileMatcher } from '../../../src/lib/filter/compile-matcher.js';
import { parsePattern } from '../../../src/lib/filter/parse-pattern.js';
import { compileProjection } from '../../../src/lib/streams/project-record.js';
import { nastyText } from './records.js';

const name = fc.oneof(fc.constantFrom('a', 'b', 'ü', 'constructor', '__proto__', 'toString'), nastyText);
const scalar = fc.oneof(nastyText, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
const { object } = fc.letrec<{ object: unknown; value: unknown }>(tie => ({
  object: fc
    .array(fc.tuple(name, tie('value')), { maxLength: 4 })
    .map(members => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${String(value)}`).join(',')}}`),
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    scalar.map(value => JSON.stringify(value)),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }).map(values => `[${values.join(', ')}]`),
  ),
}));

const condition = fc.oneof(scalar, fc.record({ exists: fc.boolean() }), fc.record({ 'anything-but': nastyText }));
const leaf = fc.array(condition, { minLength: 1, maxLength: 2 });
const path = fc.array(name, { minLength: 1, maxLength: 3 });
const onePath = fc
  .tuple(path, leaf)
  .map(([names, conditions]) => names.reduceRight<unknown>((inner, each) => ({ [each]: inner }), conditions));
const pattern = fc.oneof(
  onePath,
  fc.array(onePath, { minLength: 2, maxLength: 3 }).map($or => ({ $or })),
);

describe('compileProjection', () => {
  it('gives a filter all that it looks at, or leaves the record to the parser', () => {
    let projected = 0;
    fc.assert(
      fc.property(pattern, object, (filter, json) => {
        const patterns = [parsePattern(JSON.stringify(filter))];
        const matches = compileMatcher(patterns);
        const part = compileProjection(askedMembers(patterns))(Buffer.from(String(json)));
        if (part === undefined) return;
        projected++;
        expect(matches(part)).toBe(
          matches(JSON.parse(Buffer.from(String(json)).toString()) as Record<string, unknown>),
        );
      }),
      { numRuns: 5000 },
    );
    expect(projected).toBeGreaterThan(1000);
  });
});

describe('a projection', () => {
  const project = compileProjection(
    askedMembers([parsePattern('{"a": {"b": ["x"]}, "$or": [{"a": {"c": ["x"]}}, {"d": [{"exists": true}]}]}')]),
  );

  it.each([
    ['{"a":{"b":"x","c":1,"e":2},"f":{"a":1},"d":null}', { a: { b: 'x', c: 1 }, d: null }],
    ['{ "a" : { "b" : "\\u0078\\n" } , "d" : [ 1 , {"a": 2} ] }', { a: { b: 'x\n' }, d: [1, { a: 2 }] }],
    ['{"a":{"b":{"c":1}},"d":{"e":1}}', { a: { b: {} }, d: {} }],
    ['{"a":5,"a":{"b":1}}', { a: { b: 1 } }],
    ['{"f":"\\"a\\":{\\"b\\":1}"}', {}],
    ['{}', {}],
  ])('of %s is what was asked for', (json, part) => {
    expect(project(Buffer.from(json))).toStrictEqual(part);
  });

  it.each([['{"\\u0061":1}'], ['{"a":1'], ['{"a" 1}'], ['[]'], ['{a:1}'], ['{"a":{"b":"x"} "d":1}']])(
    'of %s is left to the parser',
    json => {
      expect(project(Buffer.from(json))).toBeUndefined();
    },
  );
});
