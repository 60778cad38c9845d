import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecorded } from '../../../src/lib/streams/recorded.js';
import { lambdaSplice, type RecordedRecord, writeNdjson } from '../../../src/lib/streams/stream-record.js';
import { aRecord, aWireRecord } from './records.js';

async function* chunked(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function read(text: string, size = 1000): Promise<readonly RecordedRecord[]> {
  const records: RecordedRecord[] = [];
  for await (const record of readRecorded(chunked(text, size))) records.push(record);
  return records;
}

const wires = ['7', '8', '9'].map(SequenceNumber =>
  aWireRecord({}, { SequenceNumber, Keys: { pk: { S: 'Zoë "Records"' } } }),
);
const ndjson = wires.map(wire => `${JSON.stringify({ ...wire, eventSourceARN: 'arn:x', shardId: 's' })}\n`).join('');

describe('readRecorded', () => {
  it.each([
    ['NDJSON', ndjson],
    ['NDJSON without a last newline', ndjson.slice(0, -1)],
    [
      'NDJSON with carriage returns, blank lines and a byte order mark',
      `\uFEFF\n${ndjson.replaceAll('\n', '\r\n\r\n')}`,
    ],
    ['a JSON array', JSON.stringify(wires)],
    ['a JSON array over several lines', `\n${JSON.stringify(wires, null, 2)}\n`],
    ['a Lambda event', JSON.stringify({ Records: wires })],
    ['a Lambda event over several lines', JSON.stringify({ Records: wires }, null, 2)],
    ['Lambda events, one a line', wires.map(wire => `${JSON.stringify({ Records: [wire] })}\n`).join('')],
  ])('reads %s', async (_name, text) => {
    expect((await read(text)).map(({ record }) => record.parsed())).toEqual(wires);
  });

  it('reads one formatted record', async () => {
    expect(await read(JSON.stringify(wires[0], null, 2))).toHaveLength(1);
  });

  it('reads nothing from nothing', async () => {
    expect(await read('\n \n')).toEqual([]);
  });

  it('does not care where the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async size => {
        expect((await read(ndjson, size)).map(({ record }) => record.sequenceNumber)).toEqual(['7', '8', '9']);
      }),
    );
  });

  it('tells where each record came from', async () => {
    const lines = writeNdjson([aRecord()], lambdaSplice('arn:x', 'shardId-1')).toString('utf8');
    const [recorded] = await read(lines);
    expect([recorded?.eventSourceArn, recorded?.shardId]).toEqual(['arn:x', 'shardId-1']);
  });

  it('yields what comes before the damage', async () => {
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { record } of readRecorded(chunked(`${ndjson}oops\n`, 100))) seen.push(record.sequenceNumber);
    })();
    await expect(reading).rejects.toThrow('Line 4 of the recording is not JSON');
    expect(seen).toEqual(['7', '8', '9']);
  });

  it.each([
    [`${ndjson}{"at":"2026"}`, 'Line 4 of the recording has no "dynamodb" member.'],
    [`\n{"Records":[{}]}`, 'The recording (line 2, record 1 of its list) has no "dynamodb" member.'],
    [JSON.stringify([...wires, {}], null, 1), 'The recording (record 4 of its list) has no "dynamodb" member.'],
    ['[\n{"a":1},\n{"b" 2}]', 'Line 3 of the recording is not JSON'],
    ['[\n{"a":1},\n{"b":xx}, "and more that goes on"]', 'Line 3 of the recording is not JSON'],
    ['\n[\nx', 'Line 3 of the recording is not JSON'],
    ['[\n1,\n', 'Line 2 of the recording is not JSON'],
    ['{"eventName":\n', 'Line 1 of the recording is not JSON'],
  ])('names the place in %j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});
