import { canonicalNumber, toExactNumber } from './attribute-number.js';
import { isJsonObject } from './json-object.js';

/** An attribute value in the JSON form of the wire: numbers are decimal strings, binary is base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: AttributeMap }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };

/** Attributes by name: an item, a key, an image, or the content of a map. */
export type AttributeMap = Readonly<Record<string, AttributeValue>>;

/** The three kinds of sets; their members are kept as text. */
export type AttributeSet = Extract<AttributeValue, { SS: unknown } | { NS: unknown } | { BS: unknown }>;

/** Ordinary JSON. */
export type PlainValue = string | number | boolean | null | readonly PlainValue[] | PlainObject;

/** An object of ordinary JSON. */
export interface PlainObject {
  readonly [name: string]: PlainValue;
}

/** True for a value of one of the ten types, with values of the right form all the way down. */
export function isAttributeValue(value: unknown): value is AttributeValue {
  if (!isJsonObject(value)) return false;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return false;
  const [type, content] = entry;
  switch (type) {
    case 'S':
    case 'N':
    case 'B':
      return typeof content === 'string';
    case 'BOOL':
      return typeof content === 'boolean';
    case 'NULL':
      return content === true;
    case 'SS':
    case 'NS':
    case 'BS':
      return Array.isArray(content) && content.every(member => typeof member === 'string');
    case 'L':
      return Array.isArray(content) && content.every(isAttributeValue);
    case 'M':
      return isAttributeMap(content);
    default:
      return false;
  }
}

/** True for an object that holds nothing but attribute values. */
export function isAttributeMap(value: unknown): value is AttributeMap {
  return isJsonObject(value) && Object.values(value).every(isAttributeValue);
}

/** True for a string set, number set or binary set. */
export function isSet(value: AttributeValue): value is AttributeSet {
  return 'SS' in value || 'NS' in value || 'BS' in value;
}

/** The members of a set as they are written. */
export function membersOf(set: AttributeSet): readonly string[] {
  if ('SS' in set) return set.SS;
  return 'NS' in set ? set.NS : set.BS;
}

/** Two members of a set are the same when this text is: numbers by value, binary by its bytes. */
export function memberIdentity(set: AttributeSet, member: string): string {
  if ('NS' in set) return canonicalNumber(member);
  return 'BS' in set ? Buffer.from(member, 'base64').toString('base64') : member;
}

/** Equal as DynamoDB means it: the same type, numbers by value, sets without order, binary by its bytes. */
export function equalValues(a: AttributeValue, b: AttributeValue): boolean {
  if (a === b) return true;
  if ('S' in a) return 'S' in b && a.S === b.S;
  if ('N' in a) return 'N' in b && (a.N === b.N || canonicalNumber(a.N) === canonicalNumber(b.N));
  if ('B' in a) return 'B' in b && (a.B === b.B || Buffer.from(a.B, 'base64').equals(Buffer.from(b.B, 'base64')));
  if ('BOOL' in a) return 'BOOL' in b && a.BOOL === b.BOOL;
  if ('NULL' in a) return 'NULL' in b;
  if ('M' in a) return 'M' in b && equalMaps(a.M, b.M);
  if ('L' in a) {
    if (!('L' in b) || a.L.length !== b.L.length) return false;
    return a.L.every((element, index) => {
      const other = b.L[index];
      return other !== undefined && equalValues(element, other);
    });
  }
  if ('SS' in a) return 'SS' in b && equalSets(a, b);
  if ('NS' in a) return 'NS' in b && equalSets(a, b);
  return 'BS' in b && equalSets(a, b);
}

/** Equal attributes under equal names; the order does not count. */
export function equalMaps(a: AttributeMap, b: AttributeMap): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(name => {
    const left = a[name];
    const right = Object.hasOwn(b, name) ? b[name] : undefined;
    return left !== undefined && right !== undefined && equalValues(left, right);
  });
}

function equalSets(a: AttributeSet, b: AttributeSet): boolean {
  const left = new Set(membersOf(a).map(member => memberIdentity(a, member)));
  const right = new Set(membersOf(b).map(member => memberIdentity(b, member)));
  return left.size === right.size && [...left].every(member => right.has(member));
}

/** One text for all values that `equalValues` calls equal, fit for a Map. */
export function valueIdentity(value: AttributeValue): string {
  if ('N' in value) return `N${canonicalNumber(value.N)}`;
  if ('B' in value) return `B${Buffer.from(value.B, 'base64').toString('base64')}`;
  if ('L' in value) return `L${JSON.stringify(value.L.map(valueIdentity))}`;
  if ('M' in value) {
    const members = Object.entries(value.M).map(([name, member]) => JSON.stringify([name, valueIdentity(member)]));
    return `M${JSON.stringify(members.sort())}`;
  }
  if ('SS' in value || 'NS' in value || 'BS' in value) {
    const members = new Set(membersOf(value).map(member => memberIdentity(value, member)));
    return `${Object.keys(value)[0] ?? ''}${JSON.stringify([...members].sort())}`;
  }
  return JSON.stringify(value);
}

/**
 * Ordinary JSON of a value. A number becomes a number when it prints back as the same decimal, and stays a string
 * when a double would drop digits; binary stays base64 text; sets become lists in the order they came.
 */
export function toPlain(value: AttributeValue): PlainValue {
  if ('S' in value) return value.S;
  if ('N' in value) return plainNumber(value.N);
  if ('B' in value) return value.B;
  if ('BOOL' in value) return value.BOOL;
  if ('NULL' in value) return null;
  if ('M' in value) return toPlainObject(value.M);
  if ('L' in value) return value.L.map(toPlain);
  return 'NS' in value ? value.NS.map(plainNumber) : [...membersOf(value)];
}

/** Ordinary JSON of an item, a key or an image; see `toPlain`. */
export function toPlainObject(attributes: AttributeMap): PlainObject {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, toPlain(value)]));
}

function plainNumber(text: string): string | number {
  return toExactNumber(text) ?? text;
}

/**
 * A value on one line for people: text in quotes, numbers bare, lists in `[ ]`, maps `{name: value}`, sets
 * `{"a", "b"}`, binary as `base64:...`. Control characters are written as escapes, so that data cannot steer a terminal.
 *
 * @param maxWidth characters, at least 1; what is longer ends with an ellipsis.
 */
export function formatValue(value: AttributeValue, maxWidth?: number): string {
  const text = written(value);
  if (maxWidth === undefined || text.length <= maxWidth) return text;
  const characters = Array.from(text);
  return characters.length <= maxWidth ? text : `${characters.slice(0, maxWidth - 1).join('')}…`;
}

function written(value: AttributeValue): string {
  if ('S' in value) return quoteText(value.S);
  if ('N' in value) return printable(value.N);
  if ('B' in value) return `base64:${printable(value.B)}`;
  if ('BOOL' in value) return String(value.BOOL);
  if ('NULL' in value) return 'null';
  if ('L' in value) return `[${value.L.map(written).join(', ')}]`;
  if ('M' in value) {
    const members = Object.entries(value.M).map(([name, member]) => `${formatName(name)}: ${written(member)}`);
    return `{${members.join(', ')}}`;
  }
  if ('SS' in value) return `{${value.SS.map(quoteText).join(', ')}}`;
  if ('NS' in value) return `{${value.NS.map(printable).join(', ')}}`;
  return `{${value.BS.map(member => `base64:${printable(member)}`).join(', ')}}`;
}

function formatName(name: string): string {
  return /^[\w-]+$/.test(name) ? name : quoteText(name);
}

/** Text as a JSON string in which every character can be seen; see `formatValue`. */
export function quoteText(text: string): string {
  return printable(JSON.stringify(text));
}

/** Controls, and the marks that turn or hide text, written as escapes; joiners stay, since scripts and emoji need them. */
function printable(text: string): string {
  return text.replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, character => {
    const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
    return units.map(unit => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}
