import type { AttributeMap, AttributeValue } from '../../../model/attribute-value.js';
import type { TypeName } from '../attribute-value.js';
import { parsePath, type Path, valueAt } from './paths.js';
import type { Placeholders } from './placeholders.js';
import { TokenReader } from './tokens.js';
import { valueSizeBytes, binarySizeBytes } from '../item-size.js';
import { setMembers } from '../attribute-value.js';

/** What a condition compares. */
export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'size'; readonly path: Path };

/** The signs of comparison. */
export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A parsed condition, filter or key condition. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly [Condition, Condition] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'compare'; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly choices: readonly Operand[] }
  | { readonly kind: 'exists'; readonly path: Path; readonly wanted: boolean }
  | { readonly kind: 'type'; readonly path: Path; readonly type: TypeName }
  | { readonly kind: 'begins-with' | 'contains'; readonly operand: Operand; readonly part: Operand };

const COMPARATORS: readonly Comparator[] = ['=', '<>', '<=', '>=', '<', '>'];
const TYPES: readonly TypeName[] = ['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS'];
const MAX_IN = 100;

/** Parses the condition in a request's `parameter`. */
export function parseCondition(parameter: string, text: string, placeholders: Placeholders): Condition {
  const tokens = new TokenReader(parameter, text);
  const condition = parseOr(tokens, placeholders);
  tokens.expectEnd();
  return condition;
}

function parseOr(tokens: TokenReader, placeholders: Placeholders): Condition {
  let left = parseAnd(tokens, placeholders);
  while (tokens.take('OR')) left = { kind: 'or', parts: [left, parseAnd(tokens, placeholders)] };
  return left;
}

function parseAnd(tokens: TokenReader, placeholders: Placeholders): Condition {
  let left = parseNot(tokens, placeholders);
  while (tokens.take('AND')) left = { kind: 'and', parts: [left, parseNot(tokens, placeholders)] };
  return left;
}

function parseNot(tokens: TokenReader, placeholders: Placeholders): Condition {
  if (tokens.take('NOT')) return { kind: 'not', part: parseNot(tokens, placeholders) };
  if (tokens.take('(')) {
    const inner = parseOr(tokens, placeholders);
    tokens.expect(')');
    return inner;
  }
  return parseFunction(tokens, placeholders) ?? parseComparison(tokens, placeholders);
}

function parseFunction(tokens: TokenReader, placeholders: Placeholders): Condition | undefined {
  const name = tokens.peek();
  if (name.kind !== 'name' || !tokens.isNext('(', 1) || name.text === 'size') return undefined;
  tokens.next();
  tokens.next();
  const condition = parseCall(name.text, tokens, placeholders);
  tokens.expect(')');
  return condition;
}

function parseCall(name: string, tokens: TokenReader, placeholders: Placeholders): Condition {
  switch (name) {
    case 'attribute_exists':
      return { kind: 'exists', path: parsePath(tokens, placeholders), wanted: true };
    case 'attribute_not_exists':
      return { kind: 'exists', path: parsePath(tokens, placeholders), wanted: false };
    case 'attribute_type': {
      const path = parsePath(tokens, placeholders);
      tokens.expect(',');
      return { kind: 'type', path, type: typeNamed(parseOperand(tokens, placeholders), tokens) };
    }
    case 'begins_with':
    case 'contains': {
      const operand = parseOperand(tokens, placeholders);
      tokens.expect(',');
      const part = parseOperand(tokens, placeholders);
      return { kind: name === 'contains' ? 'contains' : 'begins-with', operand, part };
    }
    default:
      throw tokens.invalid(`Invalid function name; function: ${name}`);
  }
}

function typeNamed(operand: Operand, tokens: TokenReader): TypeName {
  const name = operand.kind === 'value' && 'S' in operand.value ? operand.value.S : '';
  const type = TYPES.find(each => each === name);
  if (type === undefined) throw tokens.invalid(`Invalid attribute type name found; type: ${name}`);
  return type;
}

function parseComparison(tokens: TokenReader, placeholders: Placeholders): Condition {
  const left = parseOperand(tokens, placeholders);
  if (tokens.take('BETWEEN')) {
    const low = parseOperand(tokens, placeholders);
    tokens.expect('AND');
    return { kind: 'between', operand: left, low, high: parseOperand(tokens, placeholders) };
  }
  if (tokens.take('IN')) {
    tokens.expect('(');
    const choices = [parseOperand(tokens, placeholders)];
    while (tokens.take(',')) choices.push(parseOperand(tokens, placeholders));
    tokens.expect(')');
    if (choices.length > MAX_IN) throw tokens.invalid(`Too many operands for operator IN: ${choices.length}`);
    return { kind: 'in', operand: left, choices };
  }
  const comparator = COMPARATORS.find(each => tokens.take(each));
  if (comparator === undefined) throw tokens.syntaxError();
  return { kind: 'compare', comparator, left, right: parseOperand(tokens, placeholders) };
}

function parseOperand(tokens: TokenReader, placeholders: Placeholders): Operand {
  if (tokens.peek().kind === 'placeholder-value') {
    return { kind: 'value', value: placeholders.value(tokens.next().text, tokens.parameter) };
  }
  if (tokens.peek().text === 'size' && tokens.isNext('(', 1)) {
    tokens.next();
    tokens.next();
    const path = parsePath(tokens, placeholders);
    tokens.expect(')');
    return { kind: 'size', path };
  }
  return { kind: 'path', path: parsePath(tokens, placeholders) };
}

/** What an operand stands for in an item, or `undefined` where the item does not have it. */
export function operandValue(operand: Operand, item: AttributeMap): AttributeValue | undefined {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path':
      return valueAt(item, operand.path);
    case 'size': {
      const value = valueAt(item, operand.path);
      const size = value === undefined ? undefined : sizeOf(value);
      return size === undefined ? undefined : { N: String(size) };
    }
  }
}

/** What the `size` function gives: bytes of text and binary, members of collections. */
function sizeOf(value: AttributeValue): number | undefined {
  if ('S' in value) return valueSizeBytes(value);
  if ('B' in value) return binarySizeBytes(value.B);
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return setMembers(value)?.length;
}
