import type { AskedMembers } from '../filter/asked-members.js';
import {
  BACKSLASH,
  CLOSE_BRACE,
  COLON,
  COMMA,
  equalsAt,
  NOT_AS_EXPECTED,
  OPEN_BRACE,
  QUOTE,
  skipSpaces,
  skipValue,
} from './json-bytes.js';

/** Makes an object of the members that were asked for; `undefined` when only a real JSON parser should read the bytes. */
export type Projection = (bytes: Buffer) => Readonly<Record<string, unknown>> | undefined;

/** Names as bytes, to be compared without reading those that stand in the record. */
interface Names {
  readonly names: readonly { readonly bytes: Buffer; readonly name: string; readonly inner: Names | undefined }[];
}

/**
 * Compiles a reader of some members of a JSON object on one line: it steps over everything else, which is far faster
 * than parsing it. An object in which nothing was asked for comes back empty; lists come back whole.
 */
export function compileProjection(asked: AskedMembers): Projection {
  const names = namesOf(asked);
  return bytes => {
    const into: Record<string, unknown> = {};
    return readMembers(bytes, 0, names, into) === NOT_AS_EXPECTED ? undefined : into;
  };
}

function namesOf(asked: AskedMembers): Names {
  return {
    // A name that cannot stand in JSON without an escape equals none here: a record that has it is left to the parser.
    names: [...asked]
      .filter(([name]) => !/\p{Surrogate}/u.test(name))
      .map(([name, inner]) => ({
        bytes: Buffer.from(name),
        name,
        inner: inner.size === 0 ? undefined : namesOf(inner),
      })),
  };
}

function readMembers(bytes: Buffer, at: number, { names }: Names, into: Record<string, unknown>): number {
  if (bytes[at] !== OPEN_BRACE) return NOT_AS_EXPECTED;
  let i = skipSpaces(bytes, at + 1);
  if (bytes[i] === CLOSE_BRACE) return i + 1;
  for (;;) {
    const nameAt = i + 1;
    const nameEnd = endOfName(bytes, i);
    if (nameEnd < 0) return NOT_AS_EXPECTED;
    i = skipSpaces(bytes, nameEnd + 1);
    if (bytes[i] !== COLON) return NOT_AS_EXPECTED;
    const valueAt = skipSpaces(bytes, i + 1);
    const found = names.find(
      ({ bytes: wanted }) => wanted.length === nameEnd - nameAt && equalsAt(bytes, nameAt, wanted),
    );
    if (found === undefined) i = skipValue(bytes, valueAt);
    else if (found.name === '__proto__') return NOT_AS_EXPECTED;
    else if (bytes[valueAt] === OPEN_BRACE) {
      const members: Record<string, unknown> = {};
      i = found.inner === undefined ? skipValue(bytes, valueAt) : readMembers(bytes, valueAt, found.inner, members);
      into[found.name] = members;
    } else {
      i = skipValue(bytes, valueAt);
      if (i >= 0) into[found.name] = readValue(bytes, valueAt, i);
    }
    if (i < 0) return NOT_AS_EXPECTED;
    i = skipSpaces(bytes, i);
    const byte = bytes[i];
    if (byte === CLOSE_BRACE) return i + 1;
    if (byte !== COMMA) return NOT_AS_EXPECTED;
    i = skipSpaces(bytes, i + 1);
  }
}

/** Offset of the quote that closes a name; a name with an escape in it may be spelled in many ways. */
function endOfName(bytes: Buffer, at: number): number {
  if (bytes[at] !== QUOTE) return NOT_AS_EXPECTED;
  for (let i = at + 1; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) return i;
    if (byte === BACKSLASH) return NOT_AS_EXPECTED;
  }
  return NOT_AS_EXPECTED;
}

/** A text without escapes is read at once; all else is rare or short. */
function readValue(bytes: Buffer, at: number, end: number): unknown {
  if (bytes[at] === QUOTE) {
    const text = bytes.toString('utf8', at + 1, end - 1);
    if (!text.includes('\\')) return text;
  }
  return JSON.parse(bytes.toString('utf8', at, end));
}
