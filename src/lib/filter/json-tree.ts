/** A JSON value that remembers where it stood, and every member of an object, names that repeat among them. */
export type JsonNode = JsonObjectNode | JsonListNode | JsonScalarNode;

/** An object; unlike with `JSON.parse`, a name that stands twice is in `members` twice. */
export interface JsonObjectNode {
  readonly kind: 'object';
  /** Offset of the first character. */
  readonly at: number;
  readonly members: readonly JsonMember[];
}

/** One name and its value. */
export interface JsonMember {
  readonly name: string;
  /** Offset of the quote that opens the name. */
  readonly at: number;
  readonly value: JsonNode;
}

/** A list. */
export interface JsonListNode {
  readonly kind: 'list';
  readonly at: number;
  readonly items: readonly JsonNode[];
}

/** What has no members. */
export interface JsonScalarNode {
  readonly kind: 'scalar';
  readonly at: number;
  readonly value: JsonScalar;
}

/** The values that JSON calls neither object nor array. */
export type JsonScalar = string | number | boolean | null;

/** Text that is not JSON; the message goes on from "the text is not JSON:". */
export class JsonSyntaxError extends Error {
  /** Offset of the first character that cannot stand there. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'JsonSyntaxError';
    this.at = at;
  }
}

/** Deeper than any pattern can be used, and far from where the stack ends. */
const MOST_NESTING = 1000;

const SPACES = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[^"\\\u0000-\u001f]*)*"/y;
const WORD = /[A-Za-z]+/y;

/**
 * Reads JSON (RFC 8259, nothing beyond it) into a tree of what stood where.
 *
 * @throws JsonSyntaxError for text that is not JSON, or is nested a thousand deep.
 */
export function parseJsonTree(text: string): JsonNode {
  const reader: Reader = { text, at: 0, depth: 0 };
  skipSpaces(reader);
  const node = readValue(reader);
  skipSpaces(reader);
  if (reader.at < text.length) throw unexpected(reader, 'nothing more');
  return node;
}

/** The value as `JSON.parse` gives it; of members with the same name, the last. */
export function jsonValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(jsonValue);
    case 'object':
      return Object.fromEntries(node.members.map(({ name, value }) => [name, jsonValue(value)]));
  }
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

function readValue(reader: Reader): JsonNode {
  const { text, at } = reader;
  const first = text[at];
  if (first === '{') return nested(reader, readObject);
  if (first === '[') return nested(reader, readList);
  if (first === '"') return { kind: 'scalar', at, value: readString(reader) };
  const number = take(reader, NUMBER);
  if (number !== '') return { kind: 'scalar', at, value: Number(number) };
  const word = take(reader, WORD);
  if (word === 'true' || word === 'false') return { kind: 'scalar', at, value: word === 'true' };
  if (word === 'null') return { kind: 'scalar', at, value: null };
  reader.at = at;
  throw unexpected(reader, 'a value');
}

function nested(reader: Reader, read: (reader: Reader) => JsonNode): JsonNode {
  if (reader.depth === MOST_NESTING) throw new JsonSyntaxError('it is nested too deeply', reader.at);
  reader.depth++;
  const node = read(reader);
  reader.depth--;
  return node;
}

function readObject(reader: Reader): JsonObjectNode {
  const { at } = reader;
  const members: JsonMember[] = [];
  reader.at++;
  skipSpaces(reader);
  if (isNext(reader, '}')) return { kind: 'object', at, members };
  for (;;) {
    const nameAt = reader.at;
    if (reader.text[nameAt] !== '"') throw unexpected(reader, 'a name in double quotes');
    const name = readString(reader);
    skipSpaces(reader);
    if (!isNext(reader, ':')) throw unexpected(reader, `a colon after ${JSON.stringify(name)}`);
    skipSpaces(reader);
    members.push({ name, at: nameAt, value: readValue(reader) });
    skipSpaces(reader);
    if (isNext(reader, '}')) return { kind: 'object', at, members };
    if (!isNext(reader, ',')) throw unexpected(reader, 'a comma or }');
    skipSpaces(reader);
  }
}

function readList(reader: Reader): JsonListNode {
  const { at } = reader;
  const items: JsonNode[] = [];
  reader.at++;
  skipSpaces(reader);
  if (isNext(reader, ']')) return { kind: 'list', at, items };
  for (;;) {
    items.push(readValue(reader));
    skipSpaces(reader);
    if (isNext(reader, ']')) return { kind: 'list', at, items };
    if (!isNext(reader, ',')) throw unexpected(reader, 'a comma or ]');
    skipSpaces(reader);
  }
}

function readString(reader: Reader): string {
  const { at } = reader;
  const quoted = take(reader, STRING);
  if (quoted === '') throw new JsonSyntaxError('the text that begins here does not end, or holds a bad escape', at);
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

/** Steps over what `pattern`, a sticky one, matches here, and gives it; `''` when it does not. */
function take(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? '';
  reader.at += found.length;
  return found;
}

function skipSpaces(reader: Reader): void {
  take(reader, SPACES);
}

function isNext(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
}

function unexpected({ text, at }: Reader, wanted: string): JsonSyntaxError {
  const found = at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0)) : 'the end';
  return new JsonSyntaxError(`${wanted} should stand here, not ${found}`, at);
}
