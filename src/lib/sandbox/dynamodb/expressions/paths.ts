import type { AttributeMap, AttributeValue } from '../../../model/attribute-value.js';
import type { Placeholders } from './placeholders.js';
import type { TokenReader } from './tokens.js';
import { reservedWords } from './reserved-words.js';

/** The way to an attribute: its name, then names in maps and places in lists. */
export type Path = readonly [string, ...(string | number)[]];

/** Reads a document path such as `#order.lines[0].price`. */
export function parsePath(tokens: TokenReader, placeholders: Placeholders): Path {
  const path: [string, ...(string | number)[]] = [parseName(tokens, placeholders)];
  for (;;) {
    if (tokens.take('.')) {
      path.push(parseName(tokens, placeholders));
    } else if (tokens.take('[')) {
      if (tokens.peek().kind !== 'integer') throw tokens.syntaxError();
      path.push(Number(tokens.next().text));
      tokens.expect(']');
    } else {
      return path;
    }
  }
}

function parseName(tokens: TokenReader, placeholders: Placeholders): string {
  const token = tokens.peek();
  if (token.kind === 'placeholder-name') return placeholders.name(tokens.next().text, tokens.parameter);
  if (token.kind !== 'name') throw tokens.syntaxError();
  if (reservedWords.has(token.text.toUpperCase())) {
    throw tokens.invalid(`Attribute name is a reserved keyword; reserved keyword: ${token.text}`);
  }
  return tokens.next().text;
}

/** The value at the end of a path, or `undefined` where there is none. */
export function valueAt(item: AttributeMap, path: Path): AttributeValue | undefined {
  const [name, ...steps] = path;
  let value = item[name];
  for (const step of steps) {
    if (value === undefined) return undefined;
    if (typeof step === 'number') value = 'L' in value ? value.L[step] : undefined;
    else value = 'M' in value ? value.M[step] : undefined;
  }
  return value;
}

/** A path as AWS prints it in its errors. */
export function showPath(path: Path): string {
  return `[${path.map(step => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}

/** Whether one path is the other, or leads through it. */
export function overlaps(a: Path, b: Path): boolean {
  const shorter = Math.min(a.length, b.length);
  return a.slice(0, shorter).every((step, at) => step === b[at]);
}
