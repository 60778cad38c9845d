import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { functionNameOfArn, looksLikeRegion, parseStreamArn, parseTableRef } from '../../../src/lib/aws/arn.js';
import { DdbxError } from '../../../src/lib/model/error.js';

const region = fc.constantFrom(
  'us-east-1',
  'eu-central-1',
  'ap-southeast-3',
  'us-gov-west-1',
  'cn-north-1',
  'us-iso-east-1',
);
const partition = fc.constantFrom('aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b');
const account = fc.nat(10 ** 9).map(number => String(number).padStart(12, '0'));
const tableName = fc.stringMatching(/^[a-zA-Z0-9_.-]{3,255}$/);
const label = fc
  .date({ min: new Date('2012-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, -1));

describe('ARNs', () => {
  it('of streams come apart into what they are made of', () => {
    fc.assert(
      fc.property(partition, region, account, tableName, label, (each, place, owner, table, instant) => {
        const arn = `arn:${each}:dynamodb:${place}:${owner}:table/${table}/stream/${instant}`;
        expect(parseStreamArn(arn)).toEqual({ region: place, account: owner, tableName: table, label: instant });
        expect(parseTableRef(arn)).toEqual({ tableName: table, account: owner, region: place, streamArn: arn });
      }),
    );
  });

  it('of tables name the table, and are no stream', () => {
    fc.assert(
      fc.property(partition, region, account, tableName, (each, place, owner, table) => {
        const arn = `arn:${each}:dynamodb:${place}:${owner}:table/${table}`;
        expect(parseTableRef(arn)).toEqual({ tableName: table, account: owner, region: place });
        expect(parseStreamArn(arn)).toBeUndefined();
      }),
    );
  });

  it('a bare name is a table, unless it could be an ARN', () => {
    fc.assert(
      fc.property(tableName, name => {
        expect(parseTableRef(name)).toEqual({ tableName: name });
        expect(parseStreamArn(name)).toBeUndefined();
      }),
    );
  });

  it('anything else is refused in words', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        fc.pre(!/^[a-zA-Z0-9_.-]{3,255}$/.test(text));
        expect(() => parseTableRef(text)).toThrow(DdbxError);
      }),
    );
    for (const arn of [
      'arn:aws:dynamodb:us-east-1:111122223333:table/',
      'arn:aws:dynamodb:us-east-1:1234:table/Orders',
      'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/index/byDay',
      'arn:aws:sqs:us-east-1:111122223333:Orders',
      'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/',
    ]) {
      expect(() => parseTableRef(arn)).toThrow('is not the ARN of a DynamoDB table or stream');
    }
  });

  it('of an emulator name no Region to send a request to', () => {
    const arn = 'arn:aws:dynamodb:ddblocal:000000000000:table/Orders/stream/2026-11-20T10:11:12.123';
    expect(parseTableRef(arn)).toEqual({ tableName: 'Orders', account: '000000000000', streamArn: arn });
    expect(looksLikeRegion('ddblocal')).toBe(false);
    expect(looksLikeRegion('us-gov-west-1')).toBe(true);
  });

  it('of functions keep a version or an alias', () => {
    expect(functionNameOfArn('arn:aws:lambda:us-east-1:111122223333:function:ship-orders:live')).toBe(
      'ship-orders:live',
    );
    expect(functionNameOfArn('ship-orders')).toBe('ship-orders');
  });
});
