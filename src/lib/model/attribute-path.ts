import { type AttributeMap, type AttributeValue, quoteText } from './attribute-value.js';
import { usageError } from './error.js';

/** The way to a value in an item: names of attributes and map members, and indices of lists. */
export type AttributePath = readonly (string | number)[];

const PLAIN_NAME = /^[\w$-]+$/;
const SEGMENT = /(?:^|(?<!^)\.)([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** `address.city`, `items[2].qty`, `x["a.b"]`: names with dots or odd characters stand in brackets and quotes. */
export function formatPath(path: AttributePath): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (PLAIN_NAME.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${quoteText(segment)}]`;
  }
  return text;
}

/**
 * Reads what `formatPath` writes. A name need not be quoted for anything but `.`, `[`, `]` and `"`.
 *
 * @throws DdbxError (usage) for anything else; a path begins with a name.
 */
export function parsePath(text: string): AttributePath {
  const path: (string | number)[] = [];
  const segments = new RegExp(SEGMENT);
  let end = 0;
  for (let match = segments.exec(text); match !== null; match = segments.exec(text)) {
    const [, name, index, quoted] = match;
    if (name !== undefined) path.push(name);
    else if (index !== undefined) path.push(Number(index));
    else path.push(unquoted(quoted ?? '', text));
    end = segments.lastIndex;
  }
  if (end !== text.length || typeof path[0] !== 'string') throw notAPath(text);
  return path;
}

/** The value that stands at `path`, when there is one. */
export function valueAt(attributes: AttributeMap, path: AttributePath): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: attributes };
  for (const segment of path) value = value === undefined ? undefined : memberAt(value, segment);
  return value;
}

function memberAt(value: AttributeValue, segment: string | number): AttributeValue | undefined {
  if (typeof segment === 'number') return 'L' in value ? value.L[segment] : undefined;
  return 'M' in value && Object.hasOwn(value.M, segment) ? value.M[segment] : undefined;
}

function unquoted(json: string, text: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    throw notAPath(text);
  }
}

function notAPath(text: string): Error {
  return usageError(
    `"${text}" is not an attribute path.`,
    'Write status, address.city, items[2].qty, or ["a.b"] for a name with a dot in it.',
  );
}
