import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DdbxError } from '../../../src/lib/model/error.js';
import { scanPage } from '../../../src/lib/streams/record-page.js';
import { aWireRecord } from './records.js';

function pageOf(...records: readonly unknown[]): Buffer {
  return Buffer.from(JSON.stringify({ NextShardIterator: 'next', Records: records }));
}

function errorOf(body: string): DdbxError {
  try {
    scanPage(Buffer.from(body));
  } catch (error) {
    if (error instanceof DdbxError) return error;
  }
  throw new Error(`no DdbxError for ${body}`);
}

describe('scanPage', () => {
  it('cuts a page into slices that share its memory', () => {
    const body = pageOf(
      aWireRecord(),
      aWireRecord({ eventName: 'INSERT' }, { SequenceNumber: '800000000003126276363' }),
    );
    const { records, nextShardIterator } = scanPage(body);
    expect(nextShardIterator).toBe('next');
    expect(records.map(record => [record.eventName, record.sequenceNumber])).toEqual([
      ['MODIFY', '800000000003126276362'],
      ['INSERT', '800000000003126276363'],
    ]);
    expect(records.every(record => record.bytes.buffer === body.buffer)).toBe(true);
  });

  it.each(['{}', '{"Records":[]}', ' {\n"Records" : [ ]\r\n}\t', '{"Records":null,"NextShardIterator":null}'])(
    'takes %j for an empty page at the end of a shard',
    body => {
      expect(scanPage(Buffer.from(body))).toEqual({ records: [], nextShardIterator: undefined });
    },
  );

  it('decodes an iterator with escapes', () => {
    expect(scanPage(Buffer.from('{"NextShardIterator":"a\\/b\\u0041"}')).nextShardIterator).toBe('a/bA');
  });

  it.each([
    ['1795306399', 1795306399000],
    ['1795306399.0', 1795306399000],
    ['1.795306399E9', 1795306399000],
    ['1795306399.25', 1795306399250],
    ['"2026-11-22T00:13:19Z"', 1795306399000],
  ])('reads the creation time %s', (text, createdAtMs) => {
    const body = pageOf(aWireRecord()).toString('utf8').replace(':1795306399,', `:${text},`);
    expect(scanPage(Buffer.from(body)).records[0]?.createdAtMs).toBe(createdAtMs);
  });

  it('is not taken in by its own names inside data', () => {
    const M = { Records: { S: '}]' }, SequenceNumber: { S: '7' }, dynamodb: { M: { eventName: { S: 'REMOVE' } } } };
    const [record] = scanPage(pageOf(aWireRecord({}, { Keys: M, NewImage: { m: { M } } }))).records;
    expect(record?.sequenceNumber).toBe('800000000003126276362');
    expect(record?.eventName).toBe('MODIFY');
    expect(record?.parsed().dynamodb.NewImage).toEqual({ m: { M } });
  });

  it('writes records anew that were formatted over several lines', () => {
    const body = Buffer.from(JSON.stringify({ Records: [aWireRecord()], NextShardIterator: 'n' }, null, 2));
    const [record] = scanPage(body).records;
    expect(record?.bytes.toString('utf8')).toBe(JSON.stringify(aWireRecord()));
  });

  it('leaves out what Lambda adds, so that it cannot be there twice', () => {
    const [record] = scanPage(pageOf({ ...aWireRecord(), eventSourceARN: 'arn:x', shardId: 's' })).records;
    expect(record?.bytes.toString('utf8')).toBe(JSON.stringify(aWireRecord()));
  });

  it.each([
    ['"eventName":"MODIFY"', '"eventName":"INSERT"'],
    ['"SequenceNumber":"800000000003126276362"', '"SequenceNumber":"7"'],
    ['"ApproximateCreationDateTime":1795306399', '"ApproximateCreationDateTime":7'],
    ['"dynamodb":{', '"dynamodb":{"ApproximateCreationDateTime":7,"SequenceNumber":"7"}'],
    ['"Records":[{', '"Records":[{"dynamodb":{"SequenceNumber":"7"}}]'],
    ['"userIdentity":{"', '"userIdentity":{"Type":"Service","PrincipalId":"dynamodb.amazonaws.com"}'],
  ])('believes the last of two members, as JSON.parse does: %s', (last, first) => {
    const wire = aWireRecord({ userIdentity: { Type: 'Someone' } });
    const body = pageOf(wire).toString('utf8').replace(last, `${first},${last}`);
    const { records } = scanPage(Buffer.from(body));
    expect(records.map(record => record.bytes.toString('utf8'))).toEqual([JSON.stringify(wire)]);
    expect(records[0]?.createdAtMs).toBe(1795306399000);
  });

  it.each(['\n', '\r', '\t'])('writes a record anew that has %j between the parts of an item', whitespace => {
    const body = pageOf(aWireRecord()).toString('utf8').replace('"NewImage":{', `"NewImage":{${whitespace}`);
    const [record] = scanPage(Buffer.from(body)).records;
    expect(record?.bytes.toString('utf8')).toBe(JSON.stringify(aWireRecord()));
  });

  it('reads the recorded sample', () => {
    const sample = new URL('get-records.sample.json', import.meta.url);
    const { records } = scanPage(readFileSync(sample));
    expect(records.map(record => record.isTtlDelete)).toEqual([false, true]);
  });

  const whole = pageOf(aWireRecord({ userIdentity: { Type: 'Service', PrincipalId: 'x' } })).toString('utf8');

  it.each([
    ['a missing colon', '"NextShardIterator":', '"NextShardIterator" '],
    ['a missing comma', '"next",', '"next" '],
    ['a comma too many', '"next",', '"next",,'],
    ['text behind the end', /$/, ' {}'],
    ['an escape in the iterator that is none', '"next"', '"\\x"'],
    ['an unknown member without a value', '{"NextShardIterator"', '{"a":,"NextShardIterator"'],
    ['a missing comma between records', ']}', '{}]}'],
    ['a missing colon in a record', '"eventName":', '"eventName"'],
    ['a missing comma in a record', '"MODIFY",', '"MODIFY"'],
    ['a name with an escape that is none', '"eventID"', '"\\x"'],
    ['a value that is none', '"SizeBytes":39', '"SizeBytes":'],
    ['a value with a quote in it', '"SizeBytes":39', '"SizeBytes":3"9'],
    ['a newline in a name', '"eventID"', '"event\nID"'],
    ['a newline in a text', '"aws:dynamodb"', '"aws:\ndynamodb"'],
    ['an escaped newline in a text', '"aws:dynamodb"', '"aws:\\\ndynamodb"'],
    ['a newline in a text of an item', '"order#1"', '"order\n1"'],
    ['an escaped newline in a text of an item', '"order#1"', '"order\\\n1"'],
    ['a time that is no number', '1795306399', '17953x6399'],
    ['a time too great', '1795306399', '1e999'],
    ['a missing comma in the data', '39,', '39 '],
    ['a missing comma in userIdentity', '"Service",', '"Service"'],
    ['a missing colon in userIdentity', '"Type":', '"Type"'],
    ['a missing value in userIdentity', '"Type":"Service"', '"Type":'],
  ])('refuses a page with %s', (_what, found, damaged) => {
    expect(scanPage(Buffer.from(whole)).records).toHaveLength(1);
    expect(errorOf(whole.replace(found, damaged)).code).toBe('malformed-page');
  });

  it.each([
    ['null', '"userIdentity":null'],
    ['empty', '"userIdentity":{ }'],
    ['with unknown members alone', '"userIdentity":{"b":[1]}'],
  ])('takes a userIdentity that is %s', (_what, userIdentity) => {
    const body = Buffer.from(whole.replace(/"userIdentity":\{.*?\}/, userIdentity));
    const [record] = scanPage(body).records;
    expect(record?.bytes.includes(userIdentity)).toBe(true);
    expect(record?.isTtlDelete).toBe(false);
  });

  it.each([
    ['eventName', '"eventName":"MODIFY"', '"eventName":"MOD\\u0049FY"'],
    ['sequence number', '"800000000003126276362"', '"80000000000312627636\\u0032"'],
    ['member name', '"SequenceNumber"', '"Sequence\\u004eumber"'],
    ['list of records', '"Records"', '"\\u0052ecords"'],
    ['name that is not known', '"eventID"', '"event\\u0049D"'],
    ['time with a newline behind it', '1795306399', '1795306399\n'],
  ])('reads an %s written oddly', (_what, plain, odd) => {
    expect(whole).toContain(plain);
    const [record] = scanPage(Buffer.from(whole.replace(plain, odd))).records;
    expect(record?.parsed()).toEqual(aWireRecord({ userIdentity: { Type: 'Service', PrincipalId: 'x' } }));
    expect(record?.sequenceNumber).toBe('800000000003126276362');
  });

  it.each([
    ['<html><body>It works!</body></html>', 'it is not JSON, and begins with "<html>'],
    ['', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['{"Records":{}}', '"Records" is not a list'],
    ['{"Records":[],"NextShardIterator":7}', '"NextShardIterator" is not a string'],
    ['{"Records":[7]}', 'record 1 is not a JSON object'],
    ['{"Records":[{}]}', 'record 1 has no "dynamodb" member'],
    ['{"Records":[{"dynamodb":{"SequenceNumber":7}}]}', 'record 1 has no "dynamodb.SequenceNumber"'],
    ['{"Records":[{"eventName":"DROP","dynamodb":{"SequenceNumber":"7"}}]}', 'record 1 has no "eventName"'],
    [
      '{"Records":[{"eventName":"INSERT","dynamodb":{"SequenceNumber":"7"}}]}',
      'record 1 has no "dynamodb.ApproximateCreationDateTime"',
    ],
    [pageOf({ ...aWireRecord(), userIdentity: { Type: 'a', type: 'b' } }).toString(), 'names a member twice'],
  ])('says what is wrong with %s', (body, what) => {
    const error = errorOf(body);
    expect(error.code).toBe('malformed-page');
    expect(error.message).toContain(what);
    expect(error.hint).toContain('may not be DynamoDB Streams');
  });
});
