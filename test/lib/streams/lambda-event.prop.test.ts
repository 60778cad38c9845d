import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyEventBytes, eventRecordBytes, lambdaEvent } from '../../../src/lib/streams/lambda-event.js';
import { recordFromWire } from '../../../src/lib/streams/stream-record.js';
import { nastyWireRecord } from './records.js';

const ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';
const asLambdaSpells = (wire: Record<string, unknown>) => {
  const identity = wire['userIdentity'];
  if (typeof identity !== 'object' || identity === null) return wire;
  const { PrincipalId, Type, ...rest } = identity as Record<string, unknown>;
  return {
    ...wire,
    userIdentity: {
      ...rest,
      ...(PrincipalId === undefined ? {} : { principalId: PrincipalId }),
      ...(Type === undefined ? {} : { type: Type }),
    },
  };
};

describe('lambdaEvent', () => {
  it('is the event of exactly these records, with the ARN, without our shardId', () => {
    fc.assert(
      fc.property(fc.array(nastyWireRecord, { maxLength: 5 }), fc.boolean(), (wires, hasArn) => {
        const eventSourceArn = hasArn ? ARN : undefined;
        const records = wires.map(wire => ({ record: recordFromWire(wire), eventSourceArn }));
        const event = lambdaEvent(records);
        const added = hasArn ? { eventSourceARN: ARN } : {};
        const expected = wires.map(wire => JSON.parse(JSON.stringify({ ...asLambdaSpells(wire), ...added })));
        expect(JSON.parse(event.toString('utf8'))).toEqual({ Records: expected });
        const counted = records.reduce((sum, record) => sum + eventRecordBytes(record), emptyEventBytes);
        expect(event.length).toBe(counted - (records.length > 0 ? 1 : 0));
      }),
    );
  });
});
