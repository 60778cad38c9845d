import { nearNames } from '../model/near-names.js';
import { parseCidr } from './ip-address.js';
import type { JsonNode, JsonObjectNode, JsonScalar } from './json-tree.js';
import { jsonValue } from './json-tree.js';
import type { Condition, NumericBound, NumericOperator, ValueCondition } from './pattern.js';

/** Tells that what stands at `node` cannot be a condition; goes on from the path of the leaf. */
export type Complain = (node: Pick<JsonNode, 'at'>, message: string, hint?: string) => void;

const OPERATORS = [
  'prefix',
  'suffix',
  'equals-ignore-case',
  'anything-but',
  'numeric',
  'exists',
  'wildcard',
  'cidr',
] as const;
type Operator = (typeof OPERATORS)[number];

/** True for the name of an operator; as the name of a field, it is mostly one that stands in the wrong place. */
export function isOperator(name: string): name is Operator {
  return OPERATORS.some(operator => operator === name);
}

/** The condition that one member of a leaf's list is; `undefined`, and a complaint, when it is none. */
export function parseCondition(node: JsonNode, complain: Complain): Condition | undefined {
  if (node.kind === 'scalar') return { kind: 'equals', value: node.value };
  if (node.kind === 'list') {
    complain(node, 'a list cannot stand in a list of conditions', 'Conditions of one list are alternatives already.');
    return undefined;
  }
  const member = onlyMember(node, complain);
  if (member === undefined) return undefined;
  const { name, value } = member;
  if (!isOperator(name)) {
    const near = nearNames(name, OPERATORS)[0];
    complain(
      member,
      `${quoted(name)} is not an operator`,
      near === undefined ? `The operators are ${OPERATORS.join(', ')}.` : `Did you mean ${quoted(near)}?`,
    );
    return undefined;
  }
  if (name === 'exists') return parseExists(value, complain);
  if (name === 'anything-but') return parseAnythingBut(value, complain);
  return parseOperator(name, value, complain);
}

function parseExists(node: JsonNode, complain: Complain): Condition | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return { kind: 'exists', isWanted: node.value };
  complain(node, '"exists" takes true or false, without quotes');
  return undefined;
}

function parseOperator(
  name: Exclude<Operator, 'exists' | 'anything-but'>,
  node: JsonNode,
  complain: Complain,
): ValueCondition | undefined {
  if (name === 'numeric') return parseNumeric(node, complain);
  if ((name === 'prefix' || name === 'suffix') && node.kind === 'object') return parseCaselessEnd(name, node, complain);
  const text = textOf(node);
  if (text === undefined) {
    complain(node, `${quoted(name)} takes a text`);
    return undefined;
  }
  return textCondition(name, text, node, complain);
}

function textCondition(
  name: Exclude<Operator, 'exists' | 'anything-but' | 'numeric'>,
  text: string,
  node: JsonNode,
  complain: Complain,
): ValueCondition | undefined {
  switch (name) {
    case 'equals-ignore-case':
      return { kind: name, text };
    case 'prefix':
    case 'suffix':
      return { kind: name, text, ignoresCase: false };
    case 'wildcard': {
      const literals = literalsOf(text);
      if (typeof literals !== 'string') return { kind: name, text, literals };
      complain(node, literals);
      return undefined;
    }
    case 'cidr': {
      const range = parseCidr(text);
      if (range !== undefined) return { kind: name, text, range };
      complain(node, `${quoted(text)} is not a block of addresses`, 'Write "10.0.0.0/24" or "2001:db8::/32".');
      return undefined;
    }
  }
}

/** `{"prefix": {"equals-ignore-case": "ab"}}`. */
function parseCaselessEnd(
  kind: 'prefix' | 'suffix',
  node: JsonObjectNode,
  complain: Complain,
): ValueCondition | undefined {
  const member = onlyMember(node, complain);
  if (member === undefined) return undefined;
  const text = textOf(member.value);
  if (member.name === 'equals-ignore-case' && text !== undefined) return { kind, text, ignoresCase: true };
  complain(member, `${quoted(kind)} takes a text, or {"equals-ignore-case": "..."}`);
  return undefined;
}

/** A scalar or a list of them, all text or all numbers; or `prefix`, `suffix`, `equals-ignore-case`, `wildcard` of texts. */
function parseAnythingBut(node: JsonNode, complain: Complain): ValueCondition | undefined {
  if (node.kind === 'object') return parseAnythingButOf(node, complain);
  const items = node.kind === 'list' ? node.items : [node];
  const values = items.map(item => (item.kind === 'scalar' ? item.value : undefined));
  const isAll = (type: string) => values.length > 0 && values.every(value => typeof value === type);
  if (isAll('string') || isAll('number')) {
    return { kind: 'anything-but', none: values.flatMap(value => (value === undefined ? [] : [equals(value)])) };
  }
  complain(node, '"anything-but" takes a text, a number, or a list of either kind', 'Not true, false or null.');
  return undefined;
}

function parseAnythingButOf(node: JsonObjectNode, complain: Complain): ValueCondition | undefined {
  const member = onlyMember(node, complain);
  if (member === undefined) return undefined;
  const { name, value } = member;
  if (name !== 'prefix' && name !== 'suffix' && name !== 'equals-ignore-case' && name !== 'wildcard') {
    complain(
      member,
      `"anything-but" cannot be combined with ${quoted(name)}`,
      'It takes prefix, suffix, equals-ignore-case or wildcard.',
    );
    return undefined;
  }
  const items = value.kind === 'list' ? value.items : [value];
  const texts = items.map(textOf);
  if (texts.length === 0 || texts.some(text => text === undefined || text === '')) {
    complain(value, `${quoted(name)} within "anything-but" takes a text that is not empty, or a list of them`);
    return undefined;
  }
  const none = texts.flatMap(text => textCondition(name, text ?? '', value, complain) ?? []);
  return none.length === texts.length ? { kind: 'anything-but', none } : undefined;
}

/** `["=", 5]`, `[">", 0]`, `[">", 0, "<=", 9]`: one bound, or a lower one and then an upper one. */
function parseNumeric(node: JsonNode, complain: Complain): ValueCondition | undefined {
  const hint = 'Write {"numeric": [">", 0, "<=", 9]}: a comparison and a number, once or twice, the lower bound first.';
  const parts = node.kind === 'list' ? node.items.map(jsonValue) : [];
  if (parts.length !== 2 && parts.length !== 4) {
    complain(node, '"numeric" takes a list of one or two comparisons', hint);
    return undefined;
  }
  const bounds: NumericBound[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const [operator, value] = [parts[i], parts[i + 1]];
    if (!isNumericOperator(operator)) {
      complain(node, `${JSON.stringify(operator)} is not a comparison`, hint);
      return undefined;
    }
    if (typeof value !== 'number') {
      complain(node, `${quoted(operator)} takes a number, without quotes`, hint);
      return undefined;
    }
    bounds.push({ operator, value });
  }
  const [first, second] = bounds;
  if (first !== undefined && second !== undefined) {
    if (!first.operator.startsWith('>') || !second.operator.startsWith('<')) {
      complain(node, 'two comparisons are a lower bound and then an upper one', hint);
      return undefined;
    }
    if (first.value > second.value) {
      complain(node, `no number lies between ${first.value} and ${second.value}`);
      return undefined;
    }
  }
  return { kind: 'numeric', bounds };
}

function isNumericOperator(value: unknown): value is NumericOperator {
  return value === '=' || value === '<' || value === '<=' || value === '>' || value === '>=';
}

/** What stands between the asterisks, `\*` and `\\` read; or why it cannot be read. */
function literalsOf(text: string): readonly string[] | string {
  if (/^(?:[^\\]|\\.)*?\*\*/s.test(text)) return 'two asterisks in a row cannot stand in "wildcard"';
  if (/^(?:[^\\]|\\[*\\])*$/s.exec(text) === null) return 'in "wildcard" a backslash stands before * or \\ only';
  const literals = [''];
  for (const [part] of text.matchAll(/\\.|[^\\]/gsu)) {
    if (part === '*') literals.push('');
    else literals.push((literals.pop() ?? '') + part.slice(-1));
  }
  return literals;
}

function onlyMember(node: JsonObjectNode, complain: Complain): JsonObjectNode['members'][number] | undefined {
  const [member, second] = node.members;
  if (member !== undefined && second === undefined) return member;
  if (second === undefined) complain(node, 'an operator is missing');
  else complain(second, 'only one operator can stand in one object', 'Alternatives stand side by side in the list.');
  return undefined;
}

function textOf(node: JsonNode): string | undefined {
  return node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function equals(value: JsonScalar): ValueCondition {
  return { kind: 'equals', value };
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
