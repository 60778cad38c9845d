import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributeMap, AttributeValue } from '../../../src/lib/model/attribute-value.js';
import { compileRedaction } from '../../../src/lib/streams/redact.js';
import { lambdaSplice, type StreamRecord, writeNdjson } from '../../../src/lib/streams/stream-record.js';
import { attributeMap } from '../model/attribute-values.js';
import { aRecord } from './records.js';

const HIDDEN = { S: '[redacted]' };
const SECRET = 'hunter2';

/** Every type of value with the secret in it. */
const secretValue: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<AttributeValue>({ S: SECRET }, { N: SECRET }, { B: SECRET }),
    fc.constantFrom<AttributeValue>({ SS: ['a', SECRET] }, { NS: [SECRET] }, { BS: [SECRET, 'b'] }),
    tie('value').map(value => ({ L: [{ NULL: true } as const, value] })),
    tie('value').map(value => ({ M: { inside: value } })),
    fc.constant<AttributeValue>({ M: { [SECRET]: { NULL: true } } }),
  ),
})).value;

/** Puts `value` under `name` somewhere in the item: at the top, or down in maps and lists. */
function hide(item: AttributeMap, name: string, value: AttributeValue, way: readonly ('map' | 'list')[]): AttributeMap {
  let wrapped: AttributeMap = { ...item, [name]: value };
  for (const step of way) {
    wrapped = { ...item, way: step === 'map' ? { M: wrapped } : { L: [{ L: [{ M: wrapped }] }] } };
  }
  return wrapped;
}

function redacted(paths: readonly string[], image: AttributeMap): AttributeMap | undefined {
  return compileRedaction(paths)(aRecord({}, { NewImage: image })).parsed().dynamodb.NewImage;
}

describe('compileRedaction', () => {
  it('leaves no byte of what it hides', () => {
    const ways = fc.array(fc.constantFrom('map' as const, 'list' as const), { maxLength: 4 });
    const images = fc.constantFrom('Keys' as const, 'NewImage' as const, 'OldImage' as const);
    fc.assert(
      fc.property(attributeMap, secretValue, ways, images, (item, value, way, image) => {
        const record = aRecord({}, { [image]: hide(item, 'password', value, way) });
        expect(record.bytes.includes(SECRET)).toBe(true);
        const safe = compileRedaction(['email', 'password'])(record);
        const lines = writeNdjson([safe], lambdaSplice('arn:x', 's'));
        expect(safe.bytes.includes(SECRET)).toBe(false);
        expect(lines.includes(SECRET)).toBe(false);
        expect(JSON.stringify(safe.parsed())).not.toContain(SECRET);
        expect(safe.bytes.includes('"password":{"S":"[redacted]"}')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('hides in keys and both images', () => {
    const image = { email: { S: SECRET }, id: { N: '1' } };
    const safe = compileRedaction(['email'])(aRecord({}, { Keys: image, NewImage: image, OldImage: image }));
    const { Keys, NewImage, OldImage } = safe.parsed().dynamodb;
    for (const each of [Keys, NewImage, OldImage]) expect(each).toEqual({ email: HIDDEN, id: { N: '1' } });
  });

  it('changes nothing else about a record', () => {
    const record = aRecord({
      eventName: 'REMOVE',
      userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
    });
    const safe = compileRedaction(['total'])(record);
    const about = (each: StreamRecord): unknown => [
      each.eventName,
      each.sequenceNumber,
      each.createdAtMs,
      each.isTtlDelete,
    ];
    expect(about(safe)).toEqual(about(record));
    expect(safe.parsed()).toEqual({
      ...record.parsed(),
      dynamodb: {
        ...record.parsed().dynamodb,
        NewImage: { pk: { S: 'order#1' }, total: HIDDEN },
        OldImage: { pk: { S: 'order#1' }, total: HIDDEN },
      },
    });
  });

  it('answers the same record when it holds nothing to hide', () => {
    const record = aRecord();
    expect(compileRedaction(['email'])(record)).toBe(record);
    expect(compileRedaction([])(record)).toBe(record);
  });

  it('follows a dotted path, through lists and at any depth', () => {
    const address = { M: { street: { S: 'x' }, city: { S: 'y' } } };
    const hidden = { M: { street: HIDDEN, city: { S: 'y' } } };
    const image = {
      address,
      street: { S: 'z' },
      customer: { M: { address } },
      all: { M: { address: { L: [address] } } },
    };
    expect(redacted(['address.street'], image)).toEqual({
      address: hidden,
      street: { S: 'z' },
      customer: { M: { address: hidden } },
      all: { M: { address: { L: [hidden] } } },
    });
  });

  it('hides a name that has a dot in it, quoted or not', () => {
    const image = { 'a.b': { S: 'x' }, a: { M: { b: { S: 'x' }, c: { S: 'y' } } } };
    expect(redacted(['a.b'], image)).toEqual({ 'a.b': HIDDEN, a: { M: { b: HIDDEN, c: { S: 'y' } } } });
    expect(redacted(['["a.b"]'], image)).toEqual({ ...image, 'a.b': HIDDEN });
  });

  it.each([
    ['items[0].email', 'names one element of a list'],
    ['', 'is not an attribute path'],
  ])('refuses %j', (path, message) => {
    expect(() => compileRedaction([path])).toThrow(message);
  });
});
