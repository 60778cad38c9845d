import { describe, expect, it } from 'vitest';
import { parsePattern } from '../../../src/lib/filter/parse-pattern.js';
import { scanPage } from '../../../src/lib/streams/record-page.js';
import { compileRecordFilter, type RecordFilter } from '../../../src/lib/streams/record-filter.js';
import { aRecord } from './records.js';

const CREATED_AT_MS = 1795306399000;
const KEYS = { pk: { S: 'order#1' }, n: { N: '100' }, b: { B: 'YQ==' } };
const expired = aRecord({
  eventName: 'REMOVE',
  userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
});
const OldImage = { a: { N: '1' }, m: { M: { x: { S: '1' }, y: { S: '1' } } }, l: { L: [{ N: '1' }] }, gone: { S: '' } };
const NewImage = {
  a: { N: '1.0' },
  m: { M: { x: { S: '2' }, y: { S: '1' } } },
  l: { L: [{ N: '2' }] },
  came: { S: '' },
};

describe('compileRecordFilter', () => {
  it.each<[boolean, RecordFilter]>([
    [true, {}],
    [true, { events: ['INSERT', 'MODIFY'] }],
    [false, { events: ['REMOVE'] }],
    [true, { sinceMs: CREATED_AT_MS }],
    [true, { sinceMs: CREATED_AT_MS + 999 }],
    [false, { sinceMs: CREATED_AT_MS + 1000 }],
    [true, { untilMs: CREATED_AT_MS + 1 }],
    [false, { untilMs: CREATED_AT_MS }],
    [false, { ttl: 'only' }],
    [true, { ttl: 'exclude' }],
    [true, { keys: [{ name: 'pk', value: 'order#1' }] }],
    [false, { keys: [{ name: 'pk', value: 'order#' }] }],
    [true, { keys: [{ name: 'n', value: '1E+2' }] }],
    [false, { keys: [{ name: 'n', value: '101' }] }],
    [false, { keys: [{ name: 'n', value: 'x' }] }],
    [true, { keys: [{ name: 'b', value: 'YQ' }] }],
    [false, { keys: [{ name: 'b', value: 'Yg==' }] }],
    [false, { keys: [{ name: 'missing', value: 'x' }] }],
    [false, { keys: [{ name: 'toString', value: 'x' }] }],
    [
      false,
      {
        keys: [
          { name: 'pk', value: 'order#1' },
          { name: 'n', value: '1' },
        ],
      },
    ],
    [true, { custom: record => record.sequenceNumber.endsWith('362') }],
    [false, { events: ['MODIFY'], custom: () => false }],
  ])('answers %s for %j', (isWanted, filter) => {
    expect(compileRecordFilter(filter)(aRecord({}, { Keys: KEYS }))).toBe(isWanted);
  });

  it('knows what expired from what was deleted', () => {
    expect(compileRecordFilter({ ttl: 'only' })(expired)).toBe(true);
    expect(compileRecordFilter({ ttl: 'exclude' })(expired)).toBe(false);
    expect(compileRecordFilter({ ttl: 'only' })(aRecord({ eventName: 'REMOVE' }))).toBe(false);
  });

  it.each([
    [false, ['a']],
    [true, ['m']],
    [true, ['m.x']],
    [false, ['m.y']],
    [true, ['l[0]']],
    [false, ['l[1]']],
    [true, ['gone']],
    [true, ['came']],
    [false, ['never']],
    [true, ['a', 'm.x']],
  ])('answers %s for a change of %j', (isWanted, changed) => {
    expect(compileRecordFilter({ changed })(aRecord({}, { OldImage, NewImage }))).toBe(isWanted);
  });

  it('finds no change in other events, nor without both images', () => {
    const isWanted = compileRecordFilter({ changed: ['m'] });
    expect(isWanted(aRecord({ eventName: 'REMOVE' }, { OldImage, NewImage: undefined }))).toBe(false);
    expect(isWanted(aRecord({ eventName: 'INSERT' }, { OldImage, NewImage }))).toBe(false);
    expect(isWanted(aRecord({}, { OldImage: undefined, NewImage }))).toBe(false);
    expect(isWanted(aRecord({}, { OldImage, NewImage: undefined }))).toBe(false);
  });

  it('refuses a path that is none', () => {
    expect(() => compileRecordFilter({ changed: ['a..b'] })).toThrow('is not an attribute path');
  });

  it('does not parse a record to tell its event, its time or a TTL delete', () => {
    const json =
      '{"Records":[{"eventName":"MODIFY","dynamodb":{"ApproximateCreationDateTime":7,"SequenceNumber":"7","Keys":{"pk" oops}}}]}';
    const [record] = scanPage(Buffer.from(json)).records;
    if (record === undefined) throw new Error('no record');
    expect(() => record.parsed()).toThrow(SyntaxError);
    const cheap: RecordFilter = { events: ['INSERT'], ttl: 'only', sinceMs: 9000, keys: [{ name: 'pk', value: '' }] };
    expect(compileRecordFilter(cheap)(record)).toBe(false);
    expect(compileRecordFilter({ events: ['MODIFY'], ttl: 'exclude', sinceMs: 7000, untilMs: 8000 })(record)).toBe(
      true,
    );
  });

  it('asks the custom test last', () => {
    let asked = 0;
    const isWanted = compileRecordFilter({
      events: ['MODIFY'],
      keys: [{ name: 'pk', value: 'other' }],
      custom: () => ++asked > 0,
    });
    expect(isWanted(aRecord())).toBe(false);
    expect(asked).toBe(0);
  });

  describe('with filter patterns', () => {
    const patternsOf = (...patterns: readonly unknown[]) => patterns.map(each => parsePattern(JSON.stringify(each)));
    const ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';

    it('lets through what one of them does, and all that all else does', () => {
      const patterns = patternsOf({ eventName: ['INSERT'] }, { dynamodb: { NewImage: { total: { N: ['42'] } } } });
      expect(compileRecordFilter({ patterns })(aRecord())).toBe(true);
      expect(compileRecordFilter({ patterns })(aRecord({ eventName: 'INSERT' }))).toBe(true);
      expect(compileRecordFilter({ patterns })(aRecord({}, { NewImage }))).toBe(false);
      expect(compileRecordFilter({ patterns, events: ['REMOVE'] })(aRecord())).toBe(false);
      expect(compileRecordFilter({ patterns: [] })(aRecord())).toBe(true);
    });

    it('judges records as Lambda delivers them: small letters, and the ARN of the stream', () => {
      const ttl = patternsOf({ userIdentity: { type: ['Service'], principalId: ['dynamodb.amazonaws.com'] } });
      expect(compileRecordFilter({ patterns: ttl })(expired)).toBe(true);
      expect(compileRecordFilter({ patterns: patternsOf({ userIdentity: { Type: ['Service'] } }) })(expired)).toBe(
        false,
      );
      expect(compileRecordFilter({ patterns: ttl })(aRecord({ eventName: 'REMOVE' }))).toBe(false);
      const ofStream = compileRecordFilter({ patterns: patternsOf({ eventSourceARN: [ARN] }) });
      expect([ofStream(expired, ARN), ofStream(expired, `${ARN}4`), ofStream(expired)]).toEqual([true, false, false]);
    });

    it('parses no record whose event decides', () => {
      const patterns = patternsOf({ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: ['order#1'] } } } });
      const page = Buffer.from(
        '{"Records":[{"eventName":"MODIFY","dynamodb":{"SequenceNumber":"1","ApproximateCreationDateTime":1,"Keys":{!}}}]}',
      );
      const [record] = scanPage(page).records;
      // Its data are no JSON: parsing it would throw.
      expect(record && compileRecordFilter({ patterns })(record)).toBe(false);
    });
  });
});
