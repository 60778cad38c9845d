import type { AttributeMap, AttributeValue } from '../../model/attribute-value.js';
import { invalidParameter, serializationError, validationError } from '../aws-error.js';
import { isMembers } from '../members.js';
import { canonicalNumber } from './decimal.js';

/** The letters by which the wire names the type of a value. */
export type TypeName = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'L' | 'M' | 'SS' | 'NS' | 'BS';

/** A map of attributes that is being put together; it has no prototype, so that any name is a plain name. */
export type MutableAttributes = Record<string, AttributeValue>;

const MAX_DEPTH = 32;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** An empty map of attributes to fill. */
export function emptyAttributes(): MutableAttributes {
  return Object.create(null) as MutableAttributes;
}

/** A map of attributes from JSON, checked and with every number in its one form. */
export function parseAttributes(value: unknown, depth = 0): AttributeMap {
  if (!isMembers(value)) throw serializationError('Start of structure or map expected');
  const attributes = emptyAttributes();
  for (const [name, member] of Object.entries(value)) attributes[name] = parseValue(member, depth);
  return attributes;
}

/** One attribute value from JSON, checked and with every number in its one form. */
function parseValue(value: unknown, depth = 0): AttributeValue {
  if (depth > MAX_DEPTH) throw validationError('Nesting Levels have exceeded supported limits');
  if (!isMembers(value)) throw serializationError('Unexpected value type in payload');
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  const [entry] = entries;
  if (entry === undefined) {
    throw validationError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  if (entries.length > 1) {
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  return parseTyped(entry[0], entry[1], depth);
}

function parseTyped(type: string, value: unknown, depth: number): AttributeValue {
  switch (type) {
    case 'S':
      return { S: text(value) };
    case 'N':
      return { N: canonicalNumber(text(value)) };
    case 'B':
      return { B: base64(value) };
    case 'BOOL':
      if (typeof value !== 'boolean') throw serializationError('Expected a Boolean for BOOL');
      return { BOOL: value };
    case 'NULL':
      if (value !== true) throw invalidParameter('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'L':
      return { L: list(value).map(member => parseValue(member, depth + 1)) };
    case 'M':
      return { M: parseAttributes(value, depth + 1) };
    case 'SS':
      return { SS: set(list(value).map(text), type) };
    case 'NS':
      return { NS: set(list(value).map(text).map(canonicalNumber), type) };
    case 'BS':
      return { BS: set(list(value).map(base64), type) };
    default:
      throw validationError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw serializationError('Expected a String');
  return value;
}

function base64(value: unknown): string {
  const encoded = text(value);
  if (!BASE64.test(encoded)) throw serializationError('Invalid base64 in a binary value');
  return encoded;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw serializationError('Expected a List');
  return value;
}

function set(members: readonly string[], type: 'SS' | 'NS' | 'BS'): readonly string[] {
  if (members.length === 0) {
    const kind = type === 'SS' ? 'string' : type === 'NS' ? 'number' : 'binary';
    throw invalidParameter(`An ${kind} set  may not be empty`);
  }
  if (new Set(members).size < members.length) {
    throw invalidParameter(`Input collection [${members.join(', ')}] contains duplicates.`);
  }
  return members;
}

/** The type of a value, by its letter. */
export function typeOf(value: AttributeValue): TypeName {
  if ('S' in value) return 'S';
  if ('N' in value) return 'N';
  if ('B' in value) return 'B';
  if ('BOOL' in value) return 'BOOL';
  if ('NULL' in value) return 'NULL';
  if ('L' in value) return 'L';
  if ('M' in value) return 'M';
  if ('SS' in value) return 'SS';
  if ('NS' in value) return 'NS';
  return 'BS';
}

/** The members of a set, or `undefined` where the value is none. */
export function setMembers(value: AttributeValue): readonly string[] | undefined {
  if ('SS' in value) return value.SS;
  if ('NS' in value) return value.NS;
  if ('BS' in value) return value.BS;
  return undefined;
}

/** Whether two values mean the same: sets without order, maps without order, numbers by value. */
export function sameValue(a: AttributeValue, b: AttributeValue): boolean {
  if (typeOf(a) !== typeOf(b)) return false;
  if ('S' in a && 'S' in b) return a.S === b.S;
  if ('N' in a && 'N' in b) return a.N === b.N;
  if ('B' in a && 'B' in b) return a.B === b.B;
  if ('BOOL' in a && 'BOOL' in b) return a.BOOL === b.BOOL;
  if ('M' in a && 'M' in b) return sameAttributes(a.M, b.M);
  if ('L' in a && 'L' in b) return a.L.length === b.L.length && a.L.every((each, at) => sameAt(each, b.L[at]));
  const left = setMembers(a);
  const right = setMembers(b);
  if (left === undefined || right === undefined) return true;
  const members = new Set(right);
  return left.length === right.length && left.every(member => members.has(member));
}

/** Whether two items or maps hold the same attributes. */
export function sameAttributes(a: AttributeMap, b: AttributeMap): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every(name => sameAt(a[name], b[name]));
}

function sameAt(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  return a !== undefined && b !== undefined && sameValue(a, b);
}
