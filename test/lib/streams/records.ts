import fc from 'fast-check';
import {
  recordFromWire,
  type StreamRecord,
  type WireRecord,
  type WireStreamData,
} from '../../../src/lib/streams/stream-record.js';

type Overrides = Omit<Partial<WireRecord>, 'dynamodb'>;

/** A MODIFY of an order, with what the test wants changed; `undefined` takes an image away. */
export function aWireRecord(overrides: Overrides = {}, data: Partial<WireStreamData> = {}): WireRecord {
  return {
    awsRegion: 'eu-central-1',
    eventID: 'c9fbe7d0261a5163fcb6940593e41797',
    eventName: 'MODIFY',
    eventSource: 'aws:dynamodb',
    eventVersion: '1.1',
    ...overrides,
    dynamodb: {
      ApproximateCreationDateTime: 1795306399,
      Keys: { pk: { S: 'order#1' } },
      NewImage: { pk: { S: 'order#1' }, total: { N: '42' } },
      OldImage: { pk: { S: 'order#1' }, total: { N: '40' } },
      SequenceNumber: '800000000003126276362',
      SizeBytes: 39,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      ...data,
    },
  };
}

export function aRecord(overrides: Overrides = {}, data: Partial<WireStreamData> = {}): StreamRecord {
  return recordFromWire(aWireRecord(overrides, data));
}

/** Text that a scanner of JSON could stumble over. */
export const nastyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    ...['Records', 'NextShardIterator', 'dynamodb', 'SequenceNumber', 'eventName', 'userIdentity', 'Type', 'shardId'],
    ...[
      '"',
      '\\',
      '\\"',
      '\\\\"',
      '{',
      '}',
      '[{"Records":[',
      '}]},"Records":[{',
      '"SequenceNumber":"7"',
      '\n',
      '\r\n',
      '\t',
    ],
    ...['\u0000', '\u007f', '\u2028', '\u{1F4A9}', '\uD800', '__proto__', '', ' ', ',', ':', 'null', '€ü'],
  ),
);

/** Any JSON, with nasty names and strings. */
export const nastyJson = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    nastyText,
    fc.constantFrom<unknown>(null, true, false, 0, -1.5e-7, 1e21, {}, []),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(nastyText, tie('value')), { maxLength: 4 }).map(members => Object.fromEntries(members)),
  ),
})).value;

/** Writes JSON as nobody would: members in any order, spaces anywhere, characters escaped without need. */
export class MessyWriter {
  readonly #choices: readonly number[];
  readonly #spaces: readonly string[];
  readonly #escapesNames: boolean;
  #next = 0;

  constructor(choices: readonly number[], spaces: readonly string[], escapesNames: boolean) {
    this.#choices = choices;
    this.#spaces = spaces;
    this.#escapesNames = escapesNames;
  }

  write(value: unknown): string {
    if (typeof value === 'string') return this.#string(value, true);
    if (Array.isArray(value)) {
      return `[${this.#space()}${value.map(each => `${this.write(each)}${this.#space()}`).join(`,${this.#space()}`)}]`;
    }
    if (typeof value === 'object' && value !== null) {
      const members = Object.entries(value).map(([name, member]) => ({ name, member, place: this.#choose(1000) }));
      const written = members
        .sort((a, b) => a.place - b.place)
        .map(
          ({ name, member }) =>
            `${this.#string(name, this.#escapesNames)}${this.#space()}:${this.#space()}${this.write(member)}${this.#space()}`,
        );
      return `{${this.#space()}${written.join(`,${this.#space()}`)}}`;
    }
    return JSON.stringify(value);
  }

  #string(text: string, mayEscape: boolean): string {
    const json = JSON.stringify(text);
    if (!mayEscape || this.#choose(4) !== 0) return json;
    return `"${Array.from({ length: text.length }, (_, i) => {
      const code = text.charCodeAt(i);
      return this.#choose(2) === 0 || code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c
        ? `\\u${code.toString(16).padStart(4, '0')}`
        : text.charAt(i);
    }).join('')}"`;
  }

  #space(): string {
    return this.#spaces[this.#choose(this.#spaces.length)] ?? '';
  }

  #choose(limit: number): number {
    const choice = this.#choices[this.#next++ % this.#choices.length] ?? 0;
    return (choice * 31 + this.#next) % limit;
  }
}

/** A writer that puts only spaces, or any whitespace, between tokens. */
export function messyWriter(spaces: readonly string[], escapesNames: boolean): fc.Arbitrary<MessyWriter> {
  return fc
    .array(fc.nat(999), { minLength: 1, maxLength: 40 })
    .map(choices => new MessyWriter(choices, spaces, escapesNames));
}

/** A wire record with unknown members at every level, and any content in its images. */
export const nastyWireRecord: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    eventName: fc.constantFrom('INSERT', 'MODIFY', 'REMOVE'),
    sequenceNumber: fc.bigInt(0n, 10n ** 40n - 1n).map(String),
    createdAt: fc.integer({ min: 0, max: 2_000_000_000 }),
    keys: nastyJson,
    newImage: nastyJson,
    oldImage: nastyJson,
    identity: fc.constantFrom(
      undefined,
      { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' },
      { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      { Type: 'Service', PrincipalId: 'someone "else"' },
      {},
    ),
    unknown: fc.array(fc.tuple(nastyText, nastyJson), { maxLength: 3 }),
  })
  .map(({ eventName, sequenceNumber, createdAt, keys, newImage, oldImage, identity, unknown }) => {
    const extra = Object.fromEntries(unknown.filter(([name]) => !OWN_NAMES.has(name)));
    return {
      ...extra,
      eventID: 'x',
      eventName,
      dynamodb: {
        ...extra,
        ApproximateCreationDateTime: createdAt,
        Keys: keys,
        NewImage: newImage,
        OldImage: oldImage,
        SequenceNumber: sequenceNumber,
      },
      ...(identity === undefined ? {} : { userIdentity: { ...identity, ...extra } }),
    };
  });

const OWN_NAMES: ReadonlySet<string> = new Set([
  ...['Records', 'NextShardIterator', 'dynamodb', 'SequenceNumber', 'eventName', 'userIdentity', 'Type', 'shardId'],
]);
