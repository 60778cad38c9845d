import type { Condition, ValueCondition } from './pattern.js';

/** A condition as a pattern writes it: `"PAID"`, `{"prefix": "us-"}`. */
export function conditionJson(condition: Condition): unknown {
  switch (condition.kind) {
    case 'exists':
      return { exists: condition.isWanted };
    case 'anything-but':
      return { 'anything-but': excludedJson(condition.none) };
    default:
      return valueConditionJson(condition);
  }
}

function valueConditionJson(condition: Exclude<ValueCondition, { kind: 'anything-but' }>): unknown {
  switch (condition.kind) {
    case 'equals':
      return condition.value;
    case 'numeric':
      return { numeric: condition.bounds.flatMap(({ operator, value }) => [operator, value]) };
    case 'prefix':
    case 'suffix':
      return { [condition.kind]: condition.ignoresCase ? { 'equals-ignore-case': condition.text } : condition.text };
    case 'equals-ignore-case':
    case 'wildcard':
    case 'cidr':
      return { [condition.kind]: condition.text };
  }
}

/** A value or a list of them, or one operator with its text or texts. */
function excludedJson(none: readonly ValueCondition[]): unknown {
  const [first] = none;
  if (first === undefined || first.kind === 'equals') {
    return single(none.map(one => (one.kind === 'equals' ? one.value : '')));
  }
  return { [first.kind]: single(none.map(one => ('text' in one ? one.text : ''))) };
}

function single(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : values;
}
