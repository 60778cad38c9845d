import { isNumberText } from '../model/attribute-number.js';
import { anyOf, type FindingId, type Outcome } from './finding.js';
import type { JsonScalar } from './json-tree.js';
import { compileAny, compileLeafTest } from './match-value.js';
import type { Condition, ConditionKind, PatternLeaf, ValueCondition } from './pattern.js';
import type { ValueShape } from './record-shape.js';

/** Tells of a trap in a leaf. */
export type Warn = (id: FindingId, at: number, message: string, hint?: string) => void;

/** What a leaf amounts to on values of a kind, with all that is odd about its conditions told. */
export function checkLeaf({ conditions }: PatternLeaf, shape: ValueShape, warn: Warn): Outcome {
  const { values } = shape;
  const outcomes = conditions.map(({ at, condition }) => {
    if (condition.kind === 'exists') return existence(condition.isWanted, shape);
    warnOfOperator(condition, at, warn);
    return outcomeOf(condition, shape, at, warn);
  });
  // All three events in one list are no condition at all.
  if (shape.isAlways === true && values?.every(compileLeafTest(conditions)) === true) return 'always';
  return anyOf(outcomes);
}

/** What a leaf amounts to where the record has no value. */
export function outcomeWhenAbsent({ conditions }: PatternLeaf): Outcome {
  return conditions.some(({ condition }) => condition.kind === 'exists' && !condition.isWanted) ? 'always' : 'never';
}

function existence(isWanted: boolean, { isAlways }: ValueShape): Outcome {
  if (isAlways !== true) return 'depends';
  return isWanted ? 'always' : 'never';
}

function outcomeOf(condition: ValueCondition, shape: ValueShape, at: number, warn: Warn): Outcome {
  const wrong = wrongKind(condition, shape);
  if (wrong !== undefined) {
    warn(condition.kind === 'numeric' ? 'numeric-on-text' : 'wrong-kind', at, wrong.message, wrong.hint);
    return condition.kind === 'anything-but' ? 'depends' : 'never';
  }
  if (shape.values !== undefined && !shape.values.some(compileAny([condition]))) {
    const known = shape.values.map(value => JSON.stringify(value)).join(', ');
    const meant =
      condition.kind === 'equals' ? shape.values.find(value => isNearly(value, condition.value)) : undefined;
    const hint = meant === undefined ? undefined : `Did you mean ${JSON.stringify(meant)}? Capitals count.`;
    warn('unknown-value', at, `no value that can stand here passes: there are ${known}`, hint);
    return 'never';
  }
  if (shape.holds === 'number-text') warnOfNumberText(condition, at, warn);
  return 'depends';
}

function isNearly(known: JsonScalar, typed: JsonScalar): boolean {
  return String(known).toLowerCase() === String(typed).toLowerCase();
}

/** Why a condition cannot hold of values of a kind, when it cannot. */
function wrongKind(
  condition: ValueCondition,
  { holds }: ValueShape,
): { readonly message: string; readonly hint?: string } | undefined {
  const found = {
    text: 'a text',
    'number-text': 'a number written as text',
    number: 'a number',
    boolean: 'true or false',
  }[holds];
  const holdsText = holds === 'text' || holds === 'number-text';
  switch (condition.kind) {
    case 'equals': {
      if (typeof condition.value === (holdsText ? 'string' : holds)) return undefined;
      const value = JSON.stringify(condition.value);
      return { message: `${value} never equals what stands here, ${found}`, ...insteadOf(condition.value, holdsText) };
    }
    case 'numeric':
      if (holds === 'number') return undefined;
      return {
        message: `"numeric" never holds here: it compares JSON numbers, and this is ${found}`,
        ...(holds === 'number-text' ? { hint: 'List the values, or compare in the function: {"N": ["1", "2"]}.' } : {}),
      };
    case 'anything-but': {
      const numbers = condition.none.filter(one => one.kind === 'equals' && typeof one.value === 'number');
      if (numbers.length === 0 || holds === 'number') return undefined;
      return {
        message: `this excludes nothing: it names numbers, and what stands here is ${found}`,
        hint: 'Write the numbers in quotes.',
      };
    }
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
    case 'wildcard':
    case 'cidr':
      if (holdsText) return undefined;
      return { message: `"${condition.kind}" holds of text only, and this is ${found}` };
  }
}

function insteadOf(value: JsonScalar, holdsText: boolean): { readonly hint?: string } {
  if (value === null) return { hint: 'DynamoDB writes null as {"NULL": true}: {"NULL": [true]}.' };
  if (holdsText) return { hint: `Write it in quotes: ["${String(value)}"].` };
  return typeof value === 'string' && value !== '' ? { hint: `Write it without quotes: [${value}].` } : {};
}

const AS_DYNAMODB_WRITES = /^(?:0|-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?)$/;

/** DynamoDB trims zeros that say nothing, and the filter compares text. */
function warnOfNumberText(condition: ValueCondition, at: number, warn: Warn): void {
  const compared = condition.kind === 'anything-but' ? condition.none : [condition];
  for (const one of compared) {
    if (one.kind !== 'equals' || typeof one.value !== 'string' || AS_DYNAMODB_WRITES.test(one.value)) continue;
    const what = isNumberText(one.value) ? 'DynamoDB writes this number in another way' : 'this is not a number';
    warn(
      'number-text',
      at,
      `${JSON.stringify(one.value)} never equals a value here: ${what}`,
      `Such as "42" or "0.5".`,
    );
  }
}

/** EventBridge refuses numbers beyond (event-ruler's README); what Lambda does is not documented. */
const LARGEST_NUMBER = 5e9;

function warnOfOperator(condition: ValueCondition, at: number, warn: Warn): void {
  const unverified = unverifiedForm(condition);
  if (unverified !== undefined) {
    const message = `${unverified} is EventBridge's, and Lambda's table of operators does not have it`;
    warn('unverified-operator', at, message, 'It is matched here as EventBridge does; Lambda may refuse it.');
  }
  const numbers = condition.kind === 'numeric' ? condition.bounds.map(({ value }) => value) : [];
  if (numbers.some(value => Math.abs(value) > LARGEST_NUMBER)) {
    warn('numeric-range', at, 'EventBridge compares numbers from -5e9 to 5e9 only', 'Lambda may refuse it.');
  }
}

/** An operator, or a form of one, for which no source says that Lambda takes it (FACTS B.6). */
function unverifiedForm(condition: Condition): string | undefined {
  const quoted = (kind: ConditionKind) => `"${kind}"`;
  switch (condition.kind) {
    case 'wildcard':
    case 'cidr':
      return quoted(condition.kind);
    case 'prefix':
    case 'suffix':
      return condition.ignoresCase ? `${quoted(condition.kind)} without regard to case` : undefined;
    case 'anything-but': {
      const nested = condition.none.find(one => one.kind !== 'equals');
      return nested === undefined ? undefined : `"anything-but" with ${quoted(nested.kind)}`;
    }
    case 'equals':
    case 'equals-ignore-case':
    case 'numeric':
    case 'exists':
      return undefined;
  }
}
