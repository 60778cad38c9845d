import type { AttributeMap, AttributeValue } from '../../model/attribute-value.js';
import { invalidParameter, validationError } from '../aws-error.js';
import { emptyAttributes, typeOf } from './attribute-value.js';
import { compareNumbers } from './decimal.js';
import { valueSizeBytes } from './item-size.js';

/** The attributes by which a table or an index orders its items. */
export interface KeyNames {
  readonly hash: string;
  readonly range: string | undefined;
}

/** The types that a key attribute can have. */
export type KeyType = 'S' | 'N' | 'B';

/** The types of the attributes that are part of keys. */
export type KeyTypes = ReadonlyMap<string, KeyType>;

const MAX_HASH_BYTES = 2048;
const MAX_RANGE_BYTES = 1024;

/** The names of a key, the partition key first. */
export function keyAttributes({ hash, range }: KeyNames): readonly string[] {
  return range === undefined ? [hash] : [hash, range];
}

/** A key schema as the API shows it. */
export function describeKeys(keys: KeyNames): readonly Readonly<Record<string, string>>[] {
  const [hash, range] = keyAttributes(keys);
  const schema = [{ AttributeName: hash ?? '', KeyType: 'HASH' }];
  return range === undefined ? schema : [...schema, { AttributeName: range, KeyType: 'RANGE' }];
}

/** The key of an item that is to be written: all its attributes there, of the right type, not empty, not too long. */
export function keyOfItem(item: AttributeMap, keys: KeyNames, types: KeyTypes): AttributeMap {
  const key = emptyAttributes();
  for (const name of keyAttributes(keys)) {
    const value = item[name];
    if (value === undefined) throw invalidParameter(`Missing the key ${name} in the item`);
    const wanted = types.get(name) ?? 'S';
    if (typeOf(value) !== wanted) {
      throw invalidParameter(`Type mismatch for key ${name} expected: ${wanted} actual: ${typeOf(value)}`);
    }
    key[name] = value;
  }
  assertKeySizes(key, keys);
  return key;
}

/** A key that was given as such: exactly the table's key attributes, of the right types. */
export function checkedKey(given: AttributeMap, keys: KeyNames, types: KeyTypes): AttributeMap {
  const names = keyAttributes(keys);
  const matches = names.every(name => {
    const value = given[name];
    return value !== undefined && typeOf(value) === types.get(name);
  });
  if (!matches || Object.keys(given).length !== names.length) {
    throw validationError('The provided key element does not match the schema');
  }
  assertKeySizes(given, keys);
  return given;
}

function assertKeySizes(key: AttributeMap, keys: KeyNames): void {
  for (const name of keyAttributes(keys)) {
    const value = key[name];
    if (value === undefined) continue;
    if (isEmpty(value)) {
      const kind = 'S' in value ? 'string' : 'binary';
      throw validationError(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`,
      );
    }
    const isHash = name === keys.hash;
    const limit = isHash ? MAX_HASH_BYTES : MAX_RANGE_BYTES;
    if (valueSizeBytes(value) > limit) {
      const kind = isHash ? 'hashkey' : 'rangekey';
      throw invalidParameter(`Size of ${kind} has exceeded the maximum size limit of${limit} bytes`);
    }
  }
}

function isEmpty(value: AttributeValue): boolean {
  return ('S' in value && value.S === '') || ('B' in value && value.B === '');
}

/** A text that is equal for equal key values and for no others. */
export function keyText(value: AttributeValue): string {
  if ('S' in value) return `S${value.S}`;
  if ('N' in value) return `N${value.N}`;
  if ('B' in value) return `B${value.B}`;
  return '';
}

/** A text that is equal for equal keys of one table and for no others. */
export function wholeKeyText(key: AttributeMap, keys: KeyNames): string {
  const texts = keyAttributes(keys).map(name => {
    const value = key[name];
    return value === undefined ? '' : keyText(value);
  });
  return JSON.stringify(texts);
}

/** Where a partition key lies in the hash space of 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Orders two key values of one type as DynamoDB sorts them: text by its UTF-8 bytes, numbers by value. */
export function compareKeys(a: AttributeValue, b: AttributeValue): number {
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  if ('S' in a && 'S' in b) return compareText(a.S, b.S);
  if ('B' in a && 'B' in b) return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  return 0;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  // UTF-16 and UTF-8 sort alike but for characters beyond the basic plane.
  if (/[\ud800-\udfff]/.test(a + b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}
