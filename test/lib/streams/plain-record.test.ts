import { describe, expect, it } from 'vitest';
import { toPlainRecord } from '../../../src/lib/streams/plain-record.js';
import { aRecord } from './records.js';

const origin = { table: 'Orders', region: 'eu-central-1', shardId: 'shardId-1' };

describe('toPlainRecord', () => {
  it('makes ordinary JSON of a record', () => {
    expect(toPlainRecord(aRecord(), origin)).toEqual({
      at: '2026-11-22T00:13:19Z',
      event: 'MODIFY',
      table: 'Orders',
      region: 'eu-central-1',
      keys: { pk: 'order#1' },
      new: { pk: 'order#1', total: 42 },
      old: { pk: 'order#1', total: 40 },
      changed: ['total'],
      ttl: false,
      shardId: 'shardId-1',
      sequenceNumber: '800000000003126276362',
    });
  });

  it('says that it does not know what changed when an image is missing', () => {
    const plain = toPlainRecord(aRecord({}, { OldImage: undefined, Keys: undefined }), origin);
    expect([plain.keys, plain.old, plain.changed]).toEqual([{}, null, null]);
    expect(toPlainRecord(aRecord({}, { NewImage: undefined }), origin).changed).toBeNull();
  });

  it('marks an item that expired', () => {
    const userIdentity = { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' };
    const plain = toPlainRecord(aRecord({ eventName: 'REMOVE', userIdentity }), origin);
    expect([plain.event, plain.ttl, plain.changed]).toEqual(['REMOVE', true, null]);
  });
});
