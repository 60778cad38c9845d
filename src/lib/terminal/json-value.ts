/** What JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * Turns a value of ours into plain JSON: big integers become numbers while a double holds them exactly and strings
 * beyond, bytes become base64, dates ISO 8601, sets lists, maps objects; `undefined` and functions are left out.
 * Numbers that JSON has no word for (NaN, infinities) become null.
 */
export function jsonValue(value: unknown): JsonValue {
  return convert(value) ?? null;
}

function convert(value: unknown): JsonValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    case 'object':
      return value === null ? null : convertObject(value);
    default:
      return undefined;
  }
}

function convertObject(value: object): JsonValue {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(jsonValue);
  if (value instanceof Set) return [...value].map(jsonValue);
  if (value instanceof Map) return fromEntries(value.entries());
  if (hasJsonForm(value)) return jsonValue(value.toJSON());
  return fromEntries(Object.entries(value));
}

function hasJsonForm(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function fromEntries(entries: Iterable<readonly [unknown, unknown]>): JsonValue {
  const members: [string, JsonValue][] = [];
  for (const [key, member] of entries) {
    const converted = convert(member);
    if (converted !== undefined) members.push([String(key), converted]);
  }
  // fromEntries defines its members, so a key such as `__proto__` stays a key.
  return Object.fromEntries(members);
}
