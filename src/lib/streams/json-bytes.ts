/** The bytes that JSON is made of, as far as anybody outside needs them. */
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const DIGIT_0 = 0x30;
export const COLON = 0x3a;
export const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
const DIGIT_9 = 0x39;
const OPEN_BRACKET = 0x5b;
/** `{` and `[` differ in this bit alone, and so do `}` and `]`: with it set, one comparison finds either. */
const BRACKET_BIT = 0x20;

/** Answered in place of an offset when the bytes are not shaped as expected, and only a real JSON parser should judge. */
export const NOT_AS_EXPECTED = -1;

/** Steps over any JSON value; `at` is its first byte. */
export function skipValue(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === QUOTE) return skipString(bytes, at);
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) return skipNested(bytes, at);
  return skipScalar(bytes, at);
}

/** Steps over an object or array; this loop is where a tail spends its time. */
function skipNested(bytes: Buffer, at: number): number {
  const end = bytes.length;
  let depth = 0;
  let i = at;
  while (i < end) {
    const byte = bytes[i++] as number;
    if (byte === QUOTE) {
      for (;;) {
        if (i >= end) return NOT_AS_EXPECTED;
        const inside = bytes[i++] as number;
        if (inside === QUOTE) break;
        if (inside === BACKSLASH) {
          if (i >= end || (bytes[i++] as number) < SPACE) return NOT_AS_EXPECTED;
        } else if (inside < SPACE) return NOT_AS_EXPECTED;
      }
    } else if ((byte | BRACKET_BIT) === OPEN_BRACE) depth++;
    else if ((byte | BRACKET_BIT) === CLOSE_BRACE) {
      if (--depth === 0) return i;
    } else if (byte < SPACE) return NOT_AS_EXPECTED;
  }
  return NOT_AS_EXPECTED;
}

/** Steps over a string, escapes included; `at` is its opening quote. */
export function skipString(bytes: Buffer, at: number): number {
  const end = bytes.length;
  let i = at + 1;
  while (i < end) {
    const byte = bytes[i++] as number;
    if (byte === QUOTE) return i;
    if (byte === BACKSLASH) {
      if (i >= end || (bytes[i++] as number) < SPACE) return NOT_AS_EXPECTED;
    } else if (byte < SPACE) return NOT_AS_EXPECTED;
  }
  return NOT_AS_EXPECTED;
}

/** Steps over a number, `true`, `false` or `null`. */
export function skipScalar(bytes: Buffer, at: number): number {
  let i = at;
  for (;;) {
    const byte = bytes[i];
    if (byte === undefined || byte < SPACE) return NOT_AS_EXPECTED;
    if (byte === COMMA || byte === SPACE || (byte | BRACKET_BIT) === CLOSE_BRACE) break;
    if (byte === QUOTE || byte === COLON || (byte | BRACKET_BIT) === OPEN_BRACE) return NOT_AS_EXPECTED;
    i++;
  }
  return i === at ? NOT_AS_EXPECTED : i;
}

/** The JSON value from `at` to `end` when it is a string. */
export function readString(bytes: Buffer, at: number, end: number): string | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8', at, end));
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Steps over spaces alone: any other whitespace would break a line of NDJSON. */
export function skipSpaces(bytes: Buffer, at: number): number {
  let i = at;
  while (bytes[i] === SPACE) i++;
  return i;
}

/** True when `expected` stands at `at`. */
export function equalsAt(bytes: Buffer, at: number, expected: Buffer): boolean {
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
  return true;
}

/** True for `0` to `9`. */
export function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= DIGIT_0 && byte <= DIGIT_9;
}
