import { type AttributePath, parsePath } from '../model/attribute-path.js';
import { usageError } from '../model/error.js';
import { isJsonObject } from '../model/json-object.js';
import type { PlainRecord } from './plain-record.js';

/** What a template may name first; `json` is the whole record. */
const ROOTS: ReadonlySet<string> = new Set<keyof PlainRecord | 'json'>([
  ...(['at', 'event', 'table', 'region', 'keys', 'new', 'old', 'changed', 'ttl', 'shardId'] as const),
  ...(['sequenceNumber', 'json'] as const),
]);

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', '{': '{' };
const EXAMPLE = '{{at}} {{event}} {{keys}} {{new.status}} {{new.items[0].sku}}';

/**
 * Compiles `{{at}} {{event}} {{new.status}}` to a function that fills it in from a plain record. What is not there is
 * left empty, maps and lists are compact JSON, text is as it is. `\n`, `\t` and `\\` are understood, `\{` is a brace.
 *
 * @throws DdbxError (usage) for a name that no record has, and for braces that do not close.
 */
export function compileTemplate(template: string): (record: PlainRecord) => string {
  const parts = template.split('{{');
  const head = unescaped(joinEscapedBraces(parts));
  const holes = parts.map(part => {
    const end = part.indexOf('}}');
    if (end < 0)
      throw usageError(`The template does not close "{{${part.trim()}".`, `Write names in double braces: ${EXAMPLE}`);
    return { path: placeholderPath(part.slice(0, end).trim()), text: unescaped(part.slice(end + 2)) };
  });
  return record => holes.reduce((line, { path, text }) => line + written(lookUp(record, path)) + text, head);
}

/** Takes the text before the first hole off `parts`, and mends what a `\{{` has cut. */
function joinEscapedBraces(parts: string[]): string {
  for (let i = 0; i < parts.length - 1; ) {
    const part = parts[i] ?? '';
    const backslashes = part.length - part.replace(/\\+$/, '').length;
    if (backslashes % 2 === 1) parts.splice(i, 2, `${part}{{${parts[i + 1] ?? ''}`);
    else i++;
  }
  return parts.shift() ?? '';
}

function placeholderPath(text: string): AttributePath {
  const path = parsePath(text);
  const [root] = path;
  if (typeof root !== 'string' || !ROOTS.has(root)) {
    throw usageError(
      `A record has no "${String(root)}" to put into the template.`,
      `Names begin with one of: ${[...ROOTS].join(', ')}. For example: ${EXAMPLE}`,
    );
  }
  return path;
}

function lookUp(record: PlainRecord, path: AttributePath): unknown {
  let value: unknown = record;
  for (const segment of path[0] === 'json' ? path.slice(1) : path) value = memberOf(value, segment);
  return value;
}

function memberOf(value: unknown, segment: string | number): unknown {
  if (typeof segment === 'number') return Array.isArray(value) ? value[segment] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}

function written(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (escape, character: string) => ESCAPES[character] ?? escape);
}
