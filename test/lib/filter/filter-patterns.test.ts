import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileMatcher } from '../../../src/lib/filter/compile-matcher.js';
import { parsePattern } from '../../../src/lib/filter/parse-pattern.js';
import { aLambdaRecord } from './lambda-records.js';

interface SampleCase {
  readonly pattern: unknown;
  readonly matches?: string;
  readonly error?: string;
}

/** What AWS itself answered (FACTS B.6); the sample tells in words what passes, the records below show it. */
const { cases } = JSON.parse(readFileSync(new URL('filter-patterns.sample.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly SampleCase[];
};

const present = { presentKey: { S: 'presentValue' } };
const insert = aLambdaRecord({ eventName: 'INSERT' });
const modify = aLambdaRecord({ eventName: 'MODIFY' });
const remove = aLambdaRecord({ eventName: 'REMOVE' });
const ttlDelete = { ...remove, userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } };
const withImage = (image: object) => aLambdaRecord({}, { NewImage: image });

/** For each case of the sample, in its order: records that pass, and records that do not. */
const judged: readonly { readonly passing: readonly object[]; readonly failing: readonly object[] }[] = [
  { passing: [insert], failing: [modify, remove] },
  { passing: [insert, modify], failing: [remove] },
  { passing: [withImage(present)], failing: [withImage({ presentKey: { S: 'other' } }), withImage({})] },
  { passing: [], failing: [withImage(present), withImage({}), remove] },
  { passing: [withImage(present)], failing: [withImage({ presentKey: { N: '1' } }), withImage({})] },
  { passing: [], failing: [withImage(present), withImage({})] },
  { passing: [withImage(present), withImage({}), remove], failing: [] },
  {
    passing: [withImage({ numericFilter: { N: '42' } }), withImage({ numericFilter: { N: '102' } })],
    failing: [withImage({ numericFilter: { N: '101' } }), withImage({})],
  },
  { passing: [withImage({ prefix: { S: 'us-1-east' } })], failing: [withImage({ prefix: { S: 'eu-us-1' } })] },
  { passing: [insert, modify, remove], failing: [] },
  { passing: [ttlDelete], failing: [remove, { ...remove, userIdentity: null }] },
];

describe('the patterns that AWS has judged', () => {
  const valid = cases.filter(({ error }) => error === undefined);

  it('are all here, with records for each', () => {
    expect(valid).toHaveLength(judged.length);
  });

  it.each(valid.map((sample, i) => ({ ...sample, ...judged[i], text: JSON.stringify(sample.pattern) })))(
    '$text: $matches',
    ({ text, passing = [], failing = [] }) => {
      const matches = compileMatcher([parsePattern(text)]);
      for (const record of passing) expect(matches({ ...record }), JSON.stringify(record)).toBe(true);
      for (const record of failing) expect(matches({ ...record }), JSON.stringify(record)).toBe(false);
    },
  );

  it.each(cases.filter(({ error }) => error !== undefined))('$pattern: $error', ({ pattern }) => {
    expect(() => parsePattern(String(pattern))).toThrow(
      expect.objectContaining({ code: 'invalid-filter', exitCode: 2 }),
    );
  });
});
