import { describe, expect, it } from 'vitest';
import { toPlainRecord } from '../../../src/lib/streams/plain-record.js';
import { compileTemplate } from '../../../src/lib/streams/record-template.js';
import { aRecord } from './records.js';

const record = toPlainRecord(
  aRecord(
    {},
    {
      NewImage: {
        status: { S: 'PAID' },
        total: { N: '42' },
        paid: { BOOL: false },
        nothing: { NULL: true },
        items: { L: [{ M: { sku: { S: 'A' } } }, { N: '12345678901234567890' }] },
        'a.b': { S: 'dotted' },
        address: { M: { city: { S: 'Łódź' } } },
      },
    },
  ),
  { table: 'Orders', region: 'eu-central-1', shardId: 'shardId-1' },
);

describe('compileTemplate', () => {
  it.each([
    ['{{at}} {{event}} {{keys}}', '2026-11-22T00:13:19Z MODIFY {"pk":"order#1"}'],
    ['{{new.status}} was {{old.total}}', 'PAID was 40'],
    ['{{ new.total }}|{{new.paid}}|{{ttl}}', '42|false|false'],
    ['[{{new.nothing}}{{new.missing}}{{new.status.deeper}}{{new.items[9]}}{{old.status[0]}}]', '[]'],
    ['{{new.items[0].sku}} {{new.items[1]}} {{new.items[0]}}', 'A 12345678901234567890 {"sku":"A"}'],
    ['{{new["a.b"]}} {{new.address.city}}', 'dotted Łódź'],
    ['{{table}}/{{region}}/{{shardId}}/{{sequenceNumber}}', 'Orders/eu-central-1/shardId-1/800000000003126276362'],
    ['{{new.toString}}{{new.constructor.name}}', ''],
    ['{{event}}\\t{{ttl}}\\n', 'MODIFY\tfalse\n'],
    ['\\{{event}} \\\\{{event}} \\x', '{{event}} \\MODIFY \\x'],
    ['{{event}}\\{{at}}', 'MODIFY{{at}}'],
    ['{"event":"{{event}}","keys":{{keys}}}', '{"event":"MODIFY","keys":{"pk":"order#1"}}'],
    ['no holes', 'no holes'],
    ['', ''],
  ])('fills in %j', (template, line) => {
    expect(compileTemplate(template)(record)).toBe(line);
  });

  it('gives the whole record, and the paths that changed, as JSON', () => {
    expect(compileTemplate('{{json}}')(record)).toBe(JSON.stringify(record));
    expect(compileTemplate('{{json.event}}')(record)).toBe('MODIFY');
    expect(compileTemplate('{{changed}}')({ ...record, changed: ['a', 'b'] })).toBe('["a","b"]');
    expect(compileTemplate('{{changed}}')({ ...record, changed: null })).toBe('');
  });

  it.each([
    ['{{evnt}}', 'A record has no "evnt"'],
    ['{{toString}}', 'A record has no "toString"'],
    ['{{}}', 'is not an attribute path'],
    ['{{at', 'does not close "{{at"'],
    ['{{at}} {{', 'does not close'],
  ])('refuses %j', (template, message) => {
    expect(() => compileTemplate(template)).toThrow(message);
  });

  it('lists the names there are', () => {
    expect(() => compileTemplate('{{nope}}')).toThrow(
      expect.objectContaining({
        hint: expect.stringContaining(
          'at, event, table, region, keys, new, old, changed, ttl, shardId, sequenceNumber, json',
        ),
      }),
    );
  });
});
