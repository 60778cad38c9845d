import { describe, expect, it } from 'vitest';
import { isFunction, parseFunctionRef, parseMappingRef, spelledMapping } from '../../../src/lib/esm/mapping-ref.js';

const UUID = '14e0db71-5d35-4eb5-b481-8945cf9d10c2';
const STREAM = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';
const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:orders-indexer';

describe('parseMappingRef', () => {
  it('reads a UUID, also in capitals', () => {
    expect(parseMappingRef(UUID)).toEqual({ kind: 'uuid', uuid: UUID });
    expect(parseMappingRef(UUID.toUpperCase())).toEqual({ kind: 'uuid', uuid: UUID });
  });

  it('takes the Region out of an ARN', () => {
    const arn = `arn:aws:lambda:us-east-1:111122223333:event-source-mapping:${UUID}`;
    expect(parseMappingRef(arn)).toEqual({ kind: 'uuid', uuid: UUID, region: 'us-east-1' });
  });

  it.each([
    ['Orders:orders-indexer', { tableName: 'Orders' }, 'orders-indexer'],
    ['Orders:orders-indexer:live', { tableName: 'Orders' }, 'orders-indexer:live'],
    ['Orders:orders-indexer:$LATEST', { tableName: 'Orders' }, 'orders-indexer:$LATEST'],
    [`Orders:${FUNCTION}`, { tableName: 'Orders' }, FUNCTION],
    [
      'arn:aws:dynamodb:us-east-1:111122223333:table/Orders:orders-indexer:live',
      { tableName: 'Orders', account: '111122223333', region: 'us-east-1' },
      'orders-indexer:live',
    ],
    [
      `${STREAM}:${FUNCTION}:live`,
      { tableName: 'Orders', account: '111122223333', region: 'us-east-1', streamArn: STREAM },
      `${FUNCTION}:live`,
    ],
  ])('reads %s', (text, table, functionName) => {
    expect(parseMappingRef(text)).toEqual({ kind: 'pair', table, functionName });
  });

  it.each([
    'Orders',
    '',
    ':',
    'Orders:',
    ':orders-indexer',
    'Orders:has space',
    'arn:aws:sqs:us-east-1:111122223333:q',
  ])('refuses %j as usage', text => {
    expect(() => parseMappingRef(text)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  it('spells what it has read', () => {
    for (const text of [UUID, 'Orders:orders-indexer:live', `${STREAM}:${FUNCTION}`]) {
      expect(spelledMapping(parseMappingRef(text))).toBe(text);
    }
  });
});

describe('a function', () => {
  it.each([
    ['orders-indexer', 'orders-indexer', true],
    ['orders-indexer:live', 'orders-indexer', true],
    ['orders-indexer:live', 'orders-indexer:live', true],
    ['orders-indexer', 'orders-indexer:live', false],
    ['orders-indexer', FUNCTION, true],
    ['orders-indexer-2', 'orders-indexer', false],
  ])('%s, typed as %s: %s', (functionName, typed, expected) => {
    expect(isFunction(functionName, typed)).toBe(expected);
  });

  it('is refused when it is no name', () => {
    expect(() => parseFunctionRef('orders indexer')).toThrow('is not the name of a Lambda function');
    expect(() => parseFunctionRef('arn:aws:sqs:us-east-1:111122223333:orders')).toThrow('is not the name');
  });
});
