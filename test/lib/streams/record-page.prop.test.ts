import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanPage } from '../../../src/lib/streams/record-page.js';
import { lambdaSplice, writeNdjson } from '../../../src/lib/streams/stream-record.js';
import { messyWriter, nastyJson, nastyText, nastyWireRecord } from './records.js';

interface Wire {
  readonly eventName: string;
  readonly dynamodb: { readonly SequenceNumber: string; readonly ApproximateCreationDateTime: number };
  readonly userIdentity?: Readonly<Record<string, unknown>>;
}

const page = fc
  .record({
    records: fc.option(fc.array(nastyWireRecord, { maxLength: 4 }), { nil: undefined }),
    iterator: fc.option(nastyText, { nil: undefined }),
    extra: fc.tuple(nastyText, nastyJson),
  })
  .map(({ records, iterator, extra: [name, value] }) => ({
    ...(name === 'Records' || name === 'NextShardIterator' ? {} : { [name]: value }),
    ...(records === undefined ? {} : { Records: records }),
    ...(iterator === undefined ? {} : { NextShardIterator: iterator }),
  }));

function check(json: string): void {
  const expected = JSON.parse(json) as { Records?: readonly Wire[]; NextShardIterator?: string };
  const body = Buffer.from(json);
  const { records, nextShardIterator } = scanPage(body);
  expect(nextShardIterator).toBe(expected.NextShardIterator);
  expect(records.map(record => record.parsed())).toEqual(expected.Records ?? []);
  expect(records.map(record => record.sequenceNumber)).toEqual(
    (expected.Records ?? []).map(wire => wire.dynamodb.SequenceNumber),
  );
  expect(records.map(record => record.eventName)).toEqual((expected.Records ?? []).map(wire => wire.eventName));
  expect(records.map(record => record.createdAtMs)).toEqual(
    (expected.Records ?? []).map(wire => wire.dynamodb.ApproximateCreationDateTime * 1000),
  );
  expect(records.map(record => record.isTtlDelete)).toEqual((expected.Records ?? []).map(isTtlDelete));
  for (const record of records) expect(record.bytes.some(byte => byte < 0x20)).toBe(false);
  const lines = writeNdjson(records, lambdaSplice('arn:x', 'shardId-1')).toString('utf8').split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map(line => JSON.parse(line) as unknown)).toEqual((expected.Records ?? []).map(toLambda));
}

function isTtlDelete({ eventName, userIdentity }: Wire): boolean {
  const type = userIdentity?.['Type'] ?? userIdentity?.['type'];
  const principalId = userIdentity?.['PrincipalId'] ?? userIdentity?.['principalId'];
  return eventName === 'REMOVE' && type === 'Service' && principalId === 'dynamodb.amazonaws.com';
}

function toLambda(wire: Wire): unknown {
  const added = { eventSourceARN: 'arn:x', shardId: 'shardId-1' };
  if (wire.userIdentity === undefined) return { ...wire, ...added };
  const { Type, PrincipalId, ...rest } = wire.userIdentity;
  const userIdentity = {
    ...rest,
    ...(Type === undefined ? {} : { type: Type }),
    ...(PrincipalId === undefined ? {} : { principalId: PrincipalId }),
  };
  return { ...wire, userIdentity, ...added };
}

describe('scanPage', () => {
  it('reads what JSON.parse reads, whatever stands in the items', () => {
    fc.assert(
      fc.property(page, value => check(JSON.stringify(value))),
      { numRuns: 500 },
    );
  });

  it('reads what JSON.parse reads, with spaces anywhere and members in any order', () => {
    fc.assert(
      fc.property(page, messyWriter(['', '', ' ', '   '], false), (value, writer) => check(writer.write(value))),
      { numRuns: 500 },
    );
  });

  it('reads what JSON.parse reads, with any whitespace and names written in escapes', () => {
    fc.assert(
      fc.property(page, messyWriter(['', ' ', '\n', '\r\n\t'], true), (value, writer) => check(writer.write(value))),
      { numRuns: 500 },
    );
  });

  it('never takes a damaged page for a whole one', () => {
    fc.assert(
      fc.property(page, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (value, where) => {
        const body = Buffer.from(JSON.stringify(value));
        expect(() => scanPage(body.subarray(0, Math.floor(where * body.length)))).toThrow(
          'not a page of stream records',
        );
      }),
      { numRuns: 300 },
    );
  });

  it('keeps each record as a slice of the page when the page is as AWS writes it', () => {
    fc.assert(
      fc.property(fc.array(nastyWireRecord, { minLength: 1, maxLength: 4 }), wires => {
        const body = Buffer.from(JSON.stringify({ NextShardIterator: 'i', Records: wires }));
        const { records } = scanPage(body);
        for (const [index, record] of records.entries()) {
          expect(record.bytes.buffer).toBe(body.buffer);
          expect(record.bytes.toString('utf8')).toBe(JSON.stringify(wires[index]));
        }
      }),
    );
  });
});
