import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPattern } from '../../../src/lib/filter/check-filters.js';
import { compileMatcher } from '../../../src/lib/filter/compile-matcher.js';
import { decideEarly } from '../../../src/lib/filter/decide-early.js';
import { parsePattern } from '../../../src/lib/filter/parse-pattern.js';
import { aLambdaRecord } from './lambda-records.js';

const text = fc.constantFrom('', 'x', 'INSERT', 'insert', '1', '1.0', 'Service');
const condition: fc.Arbitrary<unknown> = fc.oneof(
  fc.oneof(text, fc.constantFrom(1, 0, true, false, null)),
  fc.record({ exists: fc.boolean() }),
  fc.record({ prefix: text }),
  fc.record({ 'anything-but': fc.oneof(text, fc.constant([1])) }),
  fc.constant({ numeric: ['>', 0] }),
);
const leaf = fc.array(condition, { minLength: 1, maxLength: 2 });

/** Paths of a record, right ones and such as people write by mistake. */
const names = fc.constantFrom(
  ...['eventName', 'dynamodb', 'NewImage', 'OldImage', 'Keys', 'ApproximateCreationDateTime', 'userIdentity', 'type'],
  ...['a', 'S', 'N', 'BOOL', 'NULL', 'M', 'L', 'SS', 'body'],
);
const likelyPath = fc.oneof(
  fc.constantFrom(['eventName'], ['dynamodb'], ['userIdentity', 'type'], ['dynamodb', 'ApproximateCreationDateTime']),
  fc
    .tuple(
      fc.constantFrom('NewImage', 'OldImage', 'Keys'),
      fc.constantFrom('a', 'b'),
      fc.constantFrom('S', 'N', 'M', 'NULL'),
    )
    .map(path => ['dynamodb', ...path]),
  fc.array(names, { minLength: 1, maxLength: 4 }),
);
const onePath = fc
  .tuple(likelyPath, leaf)
  .map(([path, conditions]) => path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), conditions));
const pattern = fc.oneof(
  onePath,
  fc.array(onePath, { minLength: 2, maxLength: 3 }).map($or => ({ $or })),
  fc.tuple(leaf, fc.array(onePath, { minLength: 2, maxLength: 2 })).map(([eventName, $or]) => ({ eventName, $or })),
);

const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 2 },
    fc.record({ S: text }),
    fc.record({ N: fc.constantFrom('0', '1', '42') }),
    fc.record({ BOOL: fc.boolean() }),
    fc.constant({ NULL: true }),
    fc.constant({ SS: ['x', '1'] }),
    fc.record({ M: fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { maxKeys: 2 }) }),
    fc.record({ L: fc.array(tie('value'), { maxLength: 2 }) }),
  ),
}));
const image = fc.dictionary(fc.constantFrom('a', 'b'), value, { maxKeys: 2 });
const record = fc
  .tuple(fc.constantFrom('INSERT', 'MODIFY', 'REMOVE'), image, image, fc.boolean())
  .map(([eventName, before, after, isService]) => {
    const identity = isService ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {};
    const { dynamodb, ...rest } = aLambdaRecord({ eventName, ...identity }, { Keys: { a: { S: 'x' } } });
    const { NewImage: _new, OldImage: _old, ...data } = dynamodb as Readonly<Record<string, unknown>>;
    const images = {
      ...(eventName === 'REMOVE' ? {} : { NewImage: after }),
      ...(eventName === 'INSERT' ? {} : { OldImage: before }),
    };
    return { ...rest, eventName, dynamodb: { ...data, ...images } };
  });

describe('what is said of a filter without a record', () => {
  it('is true of every record: never is never, always is always', () => {
    const seen = { never: 0, always: 0, depends: 0 };
    fc.assert(
      fc.property(pattern, fc.array(record, { minLength: 3, maxLength: 6 }), (filter, records) => {
        const written = JSON.stringify(filter);
        const { outcome } = checkPattern(written);
        if (outcome === undefined) return;
        seen[outcome]++;
        const passed = records.filter(compileMatcher([parsePattern(written)]));
        if (outcome === 'never') expect(passed).toStrictEqual([]);
        if (outcome === 'always') expect(passed).toHaveLength(records.length);
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.never, seen.always, seen.depends)).toBeGreaterThan(20);
  });

  it('is told whenever a filter can never match, or always does', () => {
    fc.assert(
      fc.property(pattern, filter => {
        const { outcome, findings } = checkPattern(JSON.stringify(filter));
        const isPlain = findings.every(({ severity }) => severity === 'note');
        // Conditions on what every record has the same need no telling.
        const isOfWhatAllHave = /^\{"(?:eventName|dynamodb":\{"ApproximateCreationDateTime)"|\$or/.test(
          JSON.stringify(filter),
        );
        if (outcome === 'never' && !isOfWhatAllHave) expect(isPlain).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what the event alone decides', () => {
  it('is what the whole record decides', () => {
    let decided = 0;
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 3 }), record, (filters, given) => {
        const patterns = filters.map(filter => parsePattern(JSON.stringify(filter)));
        const early = decideEarly(patterns, { eventName: given.eventName });
        if (early === undefined) return;
        decided++;
        expect(early).toBe(compileMatcher(patterns)(given));
      }),
      { numRuns: 3000 },
    );
    expect(decided).toBeGreaterThan(100);
  });
});
