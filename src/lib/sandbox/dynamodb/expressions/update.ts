import type { AttributeValue } from '../../../model/attribute-value.js';
import { overlaps, parsePath, type Path, showPath } from './paths.js';
import type { Placeholders } from './placeholders.js';
import { TokenReader } from './tokens.js';

/** What SET assigns. */
export type SetValue =
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'if-not-exists'; readonly path: Path; readonly otherwise: SetValue }
  | { readonly kind: 'list-append'; readonly first: SetValue; readonly second: SetValue }
  | { readonly kind: 'plus' | 'minus'; readonly left: SetValue; readonly right: SetValue };

/** One action of an update expression. */
export type UpdateAction =
  | { readonly kind: 'set'; readonly path: Path; readonly value: SetValue }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: AttributeValue };

const CLAUSES = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

/** Parses an UpdateExpression. */
export function parseUpdate(text: string, placeholders: Placeholders): readonly UpdateAction[] {
  const tokens = new TokenReader('UpdateExpression', text);
  const actions: UpdateAction[] = [];
  const seen = new Set<string>();
  while (tokens.peek().kind !== 'end') {
    const clause = CLAUSES.find(each => tokens.take(each));
    if (clause === undefined) throw tokens.syntaxError();
    if (seen.has(clause)) {
      throw tokens.invalid(`The "${clause}" section can only be used once in an update expression;`);
    }
    seen.add(clause);
    do actions.push(parseAction(clause, tokens, placeholders));
    while (tokens.take(','));
  }
  assertNoOverlap(actions, tokens);
  return actions;
}

function parseAction(clause: (typeof CLAUSES)[number], tokens: TokenReader, placeholders: Placeholders): UpdateAction {
  const path = parsePath(tokens, placeholders);
  switch (clause) {
    case 'SET':
      tokens.expect('=');
      return { kind: 'set', path, value: parseSetValue(tokens, placeholders) };
    case 'REMOVE':
      return { kind: 'remove', path };
    case 'ADD':
    case 'DELETE': {
      if (tokens.peek().kind !== 'placeholder-value') throw tokens.syntaxError();
      const value = placeholders.value(tokens.next().text, tokens.parameter);
      return { kind: clause === 'ADD' ? 'add' : 'delete', path, value };
    }
  }
}

function parseSetValue(tokens: TokenReader, placeholders: Placeholders): SetValue {
  const left = parseOperand(tokens, placeholders);
  if (tokens.take('+')) return { kind: 'plus', left, right: parseOperand(tokens, placeholders) };
  if (tokens.take('-')) return { kind: 'minus', left, right: parseOperand(tokens, placeholders) };
  return left;
}

function parseOperand(tokens: TokenReader, placeholders: Placeholders): SetValue {
  if (tokens.peek().kind === 'placeholder-value') {
    return { kind: 'value', value: placeholders.value(tokens.next().text, tokens.parameter) };
  }
  if (tokens.peek().kind === 'name' && tokens.isNext('(', 1)) {
    const name = tokens.next().text;
    tokens.expect('(');
    const call = parseCall(name, tokens, placeholders);
    tokens.expect(')');
    return call;
  }
  return { kind: 'path', path: parsePath(tokens, placeholders) };
}

function parseCall(name: string, tokens: TokenReader, placeholders: Placeholders): SetValue {
  switch (name) {
    case 'if_not_exists': {
      const path = parsePath(tokens, placeholders);
      tokens.expect(',');
      return { kind: 'if-not-exists', path, otherwise: parseOperand(tokens, placeholders) };
    }
    case 'list_append': {
      const first = parseOperand(tokens, placeholders);
      tokens.expect(',');
      return { kind: 'list-append', first, second: parseOperand(tokens, placeholders) };
    }
    default:
      throw tokens.invalid(`Invalid function name; function: ${name}`);
  }
}

function assertNoOverlap(actions: readonly UpdateAction[], tokens: TokenReader): void {
  for (const [at, { path }] of actions.entries()) {
    const other = actions.slice(0, at).find(each => overlaps(each.path, path));
    if (other !== undefined) {
      throw tokens.invalid(
        `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${showPath(other.path)}, path two: ${showPath(path)}`,
      );
    }
  }
}
