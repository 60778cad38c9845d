import { describe, expect, it } from 'vitest';
import { checkFilters, checkPattern } from '../../../src/lib/filter/check-filters.js';
import type { ViewType } from '../../../src/lib/filter/find-traps.js';
import { formatPath } from '../../../src/lib/model/attribute-path.js';

const inNew = (image: unknown) => ({ eventName: ['INSERT'], dynamodb: { NewImage: image } });

/** Outcome, and each finding as `id path`. */
function summaryOf(pattern: unknown, viewType?: ViewType): readonly string[] {
  const { outcome, findings } = checkPattern(JSON.stringify(pattern), viewType);
  return [String(outcome), ...findings.map(({ id, path }) => `${id} ${formatPath(path)}`)];
}

describe('checkPattern', () => {
  it.each([
    ['a plain condition', inNew({ status: { S: ['PAID'] } }), ['depends']],
    ['a map and a list', inNew({ a: { M: { b: { L: { N: ['1'] } } } }, c: { SS: ['x'] } }), ['depends']],
    ['deletes by TTL', { userIdentity: { type: ['Service'], principalId: ['dynamodb.amazonaws.com'] } }, ['depends']],
    [
      'numbers that are JSON numbers',
      { dynamodb: { ApproximateCreationDateTime: [{ numeric: ['>', 0] }] } },
      ['depends'],
    ],
    ['all events', { eventName: ['INSERT', 'MODIFY', { prefix: 'REM' }] }, ['always']],
    ['what every record has', { eventName: [{ exists: true }] }, ['always']],
    ['what every record has, unwanted', { eventName: [{ exists: false }] }, ['never']],
  ])('finds nothing odd in %s', (_, pattern, summary) => {
    expect(summaryOf(pattern)).toStrictEqual(summary);
  });

  it.each([
    ['no type', inNew({ status: ['PAID'] }), ['never', 'type-descriptor dynamodb.NewImage.status']],
    ['a map without M', inNew({ a: { city: { S: ['x'] } } }), ['never', 'type-descriptor dynamodb.NewImage.a.city']],
    ['no type within a map', inNew({ a: { M: { b: ['x'] } } }), ['never', 'type-descriptor dynamodb.NewImage.a.M.b']],
    ['exists on an attribute', inNew({ a: [{ exists: true }] }), ['never', 'exists-not-leaf dynamodb.NewImage.a']],
    [
      'exists on an attribute, unwanted',
      inNew({ a: [{ exists: false }] }),
      ['depends', 'exists-not-leaf dynamodb.NewImage.a'],
    ],
    [
      'exists on an image',
      { dynamodb: { OldImage: [{ exists: false }] } },
      ['always', 'exists-not-leaf dynamodb.OldImage'],
    ],
    ['a value where an object stands', { userIdentity: ['x'] }, ['never', 'wrong-kind userIdentity']],
    ['numeric on N', inNew({ n: { N: [{ numeric: ['>', 1] }] } }), ['never', 'numeric-on-text dynamodb.NewImage.n.N']],
    [
      'numeric on N beside another',
      inNew({ n: { N: [{ numeric: ['>', 1] }, '0'] } }),
      ['depends', 'numeric-on-text dynamodb.NewImage.n.N'],
    ],
    ['a number under N', inNew({ n: { N: [42] } }), ['never', 'wrong-kind dynamodb.NewImage.n.N']],
    [
      'a number excluded under N',
      inNew({ n: { N: [{ 'anything-but': 42 }] } }),
      ['depends', 'wrong-kind dynamodb.NewImage.n.N'],
    ],
    ['a number spelled otherwise', inNew({ n: { N: ['42.0'] } }), ['depends', 'number-text dynamodb.NewImage.n.N']],
    ['a word under N', inNew({ n: { NS: ['many'] } }), ['depends', 'number-text dynamodb.NewImage.n.NS']],
    ['a text under BOOL', inNew({ b: { BOOL: ['true'] } }), ['never', 'wrong-kind dynamodb.NewImage.b.BOOL']],
    [
      'a prefix under BOOL',
      inNew({ b: { BOOL: [{ prefix: 't' }] } }),
      ['never', 'wrong-kind dynamodb.NewImage.b.BOOL'],
    ],
    ['null under S', inNew({ s: { S: [null] } }), ['never', 'wrong-kind dynamodb.NewImage.s.S']],
    ['false under NULL', inNew({ s: { NULL: [false] } }), ['never', 'unknown-value dynamodb.NewImage.s.NULL']],
    ['small letters', { eventName: ['insert'] }, ['never', 'unknown-value eventName']],
    ['another source', { eventSource: ['aws:sqs'] }, ['never', 'unknown-value eventSource']],
    ['the wrapper of SQS', { body: { status: ['PAID'] } }, ['never', 'wrapper body']],
    ['the whole event', { Records: { eventName: ['INSERT'] } }, ['never', 'wrapper Records']],
    ['an image at the top', { NewImage: { a: { S: ['x'] } } }, ['never', 'unknown-member NewImage']],
    ['a path with dots', { 'dynamodb.Keys.pk.S': ['x'] }, ['never', 'unknown-member ["dynamodb.Keys.pk.S"]']],
    ['capitals of GetRecords', { userIdentity: { Type: ['Service'] } }, ['never', 'unknown-member userIdentity.Type']],
    ['an unknown member, unwanted', { nobody: [{ exists: false }] }, ['always', 'unknown-member nobody']],
    ['an operator outside of a list', { eventName: { prefix: ['INS'] } }, ['never', 'unknown-member eventName']],
    [
      'a new image of REMOVE',
      { eventName: ['REMOVE'], dynamodb: { NewImage: { a: { S: ['x'] } } } },
      ['never', 'missing-image dynamodb.NewImage'],
    ],
    [
      'an old image of INSERT',
      inNewOr('OldImage'),
      ['never', 'missing-image $or[0].dynamodb.OldImage', 'missing-image $or[1].dynamodb.OldImage'],
    ],
    [
      'a new image of any event',
      { dynamodb: { NewImage: { a: { S: ['x'] } } } },
      ['depends', 'missing-image dynamodb.NewImage'],
    ],
    ['a wildcard', { eventName: [{ wildcard: 'INS*' }] }, ['depends', 'unverified-operator eventName']],
    [
      'a block of addresses',
      inNew({ ip: { S: [{ cidr: '10.0.0.0/8' }] } }),
      ['depends', 'unverified-operator dynamodb.NewImage.ip.S'],
    ],
    [
      'a nested anything-but',
      inNew({ s: { S: [{ 'anything-but': { prefix: 'x' } }] } }),
      ['depends', 'unverified-operator dynamodb.NewImage.s.S'],
    ],
    [
      'a prefix without case',
      inNew({ s: { S: [{ prefix: { 'equals-ignore-case': 'x' } }] } }),
      ['depends', 'unverified-operator dynamodb.NewImage.s.S'],
    ],
    [
      'milliseconds',
      { dynamodb: { ApproximateCreationDateTime: [{ numeric: ['>', 1795306399000] }] } },
      ['depends', 'numeric-range dynamodb.ApproximateCreationDateTime'],
    ],
    [
      'an operator as a name in $or',
      inNew({ $or: [{ exists: { S: ['x'] } }, { b: { S: ['x'] } }] }),
      ['depends', 'reserved-name dynamodb.NewImage.$or[0].exists'],
    ],
    [
      'a path twice',
      { eventName: ['INSERT', 'MODIFY'], $or: [{ eventName: ['INSERT'] }, { eventID: ['x'] }] },
      ['depends', 'path-twice $or[0]'],
    ],
  ])('tells of %s', (_, pattern, summary) => {
    expect(summaryOf(pattern)).toStrictEqual(summary);
  });

  function inNewOr(image: string): unknown {
    const branch = { dynamodb: { [image]: { a: { S: ['x'] } } } };
    return { eventName: ['INSERT'], $or: [branch, branch] };
  }

  it.each([
    ['KEYS_ONLY', 'NewImage', 'never'],
    ['KEYS_ONLY', 'OldImage', 'never'],
    ['NEW_IMAGE', 'OldImage', 'never'],
    ['OLD_IMAGE', 'NewImage', 'never'],
    ['NEW_IMAGE', 'NewImage', 'depends'],
    ['OLD_IMAGE', 'OldImage', 'depends'],
    ['NEW_AND_OLD_IMAGES', 'OldImage', 'depends'],
    ['KEYS_ONLY', 'Keys', 'depends'],
  ] as const)('knows what a stream of %s carries: %s', (viewType, image, outcome) => {
    const pattern = { eventName: ['MODIFY'], dynamodb: { [image]: { pk: { S: ['x'] } } } };
    const summary = outcome === 'never' ? ['never', `view-type dynamodb.${image}`] : ['depends'];
    expect(summaryOf(pattern, viewType)).toStrictEqual(summary);
  });

  it('says what Lambda would refuse as errors, with the place', () => {
    expect(checkPattern('{"eventName": "INSERT"}')).toStrictEqual({
      text: '{"eventName": "INSERT"}',
      isValid: false,
      outcome: undefined,
      findings: [
        {
          id: 'invalid-pattern',
          severity: 'error',
          path: ['eventName'],
          at: 14,
          message: 'a value must stand in a list',
          hint: 'Write "eventName": ["INSERT"].',
        },
      ],
    });
  });
});

describe('checkFilters', () => {
  const some = '{"eventName": ["INSERT"]}';
  const never = '{"eventName": ["insert"]}';
  const all = '{"eventName": [{"exists": true}]}';

  it('takes filters as alternatives', () => {
    expect(checkFilters([]).outcome).toBe('always');
    expect(checkFilters([never]).outcome).toBe('never');
    expect(checkFilters([never, some]).outcome).toBe('depends');
    expect(checkFilters([never, all]).outcome).toBe('always');
    expect(checkFilters([all, '{}'])).toMatchObject({ outcome: undefined, isValid: false });
  });

  it('counts them: five, ten with a raised quota, never more', () => {
    const check = (count: number) => checkFilters(Array<string>(count).fill(some));
    expect(check(5)).toMatchObject({ isValid: true, findings: [] });
    expect(check(6)).toMatchObject({ isValid: true, findings: [{ id: 'too-many-filters', severity: 'warning' }] });
    expect(check(10)).toMatchObject({ isValid: true, findings: [{ severity: 'warning' }] });
    expect(check(11)).toMatchObject({ isValid: false, findings: [{ severity: 'error' }] });
  });
});
