import { describe, expect, it } from 'vitest';
import { scanPage } from '../../../src/lib/streams/record-page.js';
import {
  fromLambdaRecord,
  lambdaSplice,
  type WireRecord,
  writeNdjson,
} from '../../../src/lib/streams/stream-record.js';
import { aRecord, aWireRecord } from './records.js';

const ARN = 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';
const SHARD_ID = 'shardId-00000001795306399123-1a2b3c4d';
const SERVICE = 'dynamodb.amazonaws.com';

describe('isTtlDelete', () => {
  it.each<[boolean, Partial<WireRecord>]>([
    [true, { eventName: 'REMOVE', userIdentity: { PrincipalId: SERVICE, Type: 'Service' } }],
    [true, { eventName: 'REMOVE', userIdentity: { type: 'Service', principalId: SERVICE } }],
    [false, { eventName: 'MODIFY', userIdentity: { PrincipalId: SERVICE, Type: 'Service' } }],
    [false, { eventName: 'REMOVE', userIdentity: { PrincipalId: SERVICE, Type: 'User' } }],
    [false, { eventName: 'REMOVE', userIdentity: { PrincipalId: 'lambda.amazonaws.com', Type: 'Service' } }],
    [false, { eventName: 'REMOVE', userIdentity: {} }],
    [false, { eventName: 'REMOVE' }],
  ])('is %s for %j', (isTtlDelete, overrides) => {
    expect(aRecord(overrides).isTtlDelete).toBe(isTtlDelete);
  });

  it('does not pass from one record to the next', () => {
    const expired = aWireRecord({ eventName: 'REMOVE', userIdentity: { PrincipalId: SERVICE, Type: 'Service' } });
    const deleted = aWireRecord({ eventName: 'REMOVE' });
    const { records } = scanPage(Buffer.from(JSON.stringify({ Records: [expired, deleted] })));
    expect(records.map(record => record.isTtlDelete)).toEqual([true, false]);
  });

  it('sees through escapes', () => {
    const body = JSON.stringify({
      Records: [aWireRecord({ eventName: 'REMOVE', userIdentity: { Type: 'Service', PrincipalId: SERVICE } })],
    }).replace('dynamodb.amazonaws', 'dynamodb\\u002eamazonaws');
    expect(scanPage(Buffer.from(body)).records[0]?.isTtlDelete).toBe(true);
  });
});

describe('writeNdjson', () => {
  it('adds the stream and the shard, and changes nothing else', () => {
    const lines = writeNdjson([aRecord(), aRecord({ eventName: 'INSERT' })], lambdaSplice(ARN, SHARD_ID)).toString(
      'utf8',
    );
    const added = `,"eventSourceARN":"${ARN}","shardId":"${SHARD_ID}"}\n`;
    expect(lines).toBe(
      [aWireRecord(), aWireRecord({ eventName: 'INSERT' })]
        .map(wire => JSON.stringify(wire).slice(0, -1) + added)
        .join(''),
    );
  });

  it('spells userIdentity as Lambda does, and leaves the record as it was', () => {
    const userIdentity = { PrincipalId: SERVICE, Type: 'Service' };
    const record = aRecord({ eventName: 'REMOVE', userIdentity });
    const line = writeNdjson([record], lambdaSplice(ARN, SHARD_ID)).toString('utf8');
    expect(line).toContain('"userIdentity":{"principalId":"dynamodb.amazonaws.com","type":"Service"}');
    expect(record.parsed().userIdentity).toEqual(userIdentity);
  });

  it('writes nothing for no records', () => {
    expect(writeNdjson([], lambdaSplice(ARN, SHARD_ID))).toHaveLength(0);
  });
});

describe('parsed', () => {
  it('parses once', () => {
    const record = aRecord();
    expect(record.parsed()).toEqual(aWireRecord());
    expect(record.parsed()).toBe(record.parsed());
  });
});

describe('fromLambdaRecord', () => {
  it('gives back the bytes that were written', () => {
    const exact = JSON.stringify(aWireRecord()).replace('1795306399', '1.795306399E9');
    const [record] = scanPage(Buffer.from(`{"Records":[${exact}]}`)).records;
    if (record === undefined) throw new Error('no record');
    const line = writeNdjson([record], lambdaSplice(ARN, SHARD_ID));
    for (const form of [line, line.toString('utf8'), line.subarray(0, -1)]) {
      const back = fromLambdaRecord(form);
      expect(back.record.bytes.toString('utf8')).toBe(exact);
      expect([back.eventSourceArn, back.shardId]).toEqual([ARN, SHARD_ID]);
    }
  });

  it('takes a Lambda record with its members in another order', () => {
    const back = fromLambdaRecord(JSON.stringify({ eventSourceARN: ARN, ...aWireRecord() }));
    expect(back.record.bytes.toString('utf8')).toBe(JSON.stringify(aWireRecord()));
    expect([back.eventSourceArn, back.shardId]).toEqual([ARN, undefined]);
  });

  it('takes a bare record of GetRecords', () => {
    const back = fromLambdaRecord(JSON.stringify(aWireRecord()));
    expect([back.eventSourceArn, back.shardId]).toEqual([undefined, undefined]);
  });

  it('does not take two pairs of members for one', () => {
    const twice = JSON.stringify({ shardId: 'other', ...aWireRecord() }).slice(0, -1);
    const back = fromLambdaRecord(`${twice}${lambdaSplice(ARN, SHARD_ID).toString('utf8')}}`);
    expect(back.shardId).toBe(SHARD_ID);
    expect(back.record.parsed()).toEqual(aWireRecord());
  });

  it.each([
    ['nonsense', 'is not JSON'],
    ['{"at":"2026"}', 'has no "dynamodb" member'],
  ])('refuses %s', (line, what) => {
    expect(() => fromLambdaRecord(line)).toThrow(what);
  });
});
