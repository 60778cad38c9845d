import { isWithin } from './ip-address.js';
import type { JsonScalar } from './json-tree.js';
import type { LeafCondition, NumericBound, ValueCondition } from './pattern.js';

/** Answers for one value without members. */
export type ValueTest = (value: JsonScalar) => boolean;

/** Compiles one condition. Text operators hold of text alone, `numeric` of numbers alone: never of an `N` (FACTS B.6). */
function compileCondition(condition: ValueCondition): ValueTest {
  switch (condition.kind) {
    case 'equals': {
      const wanted = condition.value;
      return value => value === wanted;
    }
    case 'equals-ignore-case': {
      const wanted = condition.text.toLowerCase();
      return value => typeof value === 'string' && value.toLowerCase() === wanted;
    }
    case 'prefix':
      return compileEnd(condition.text, condition.ignoresCase, (text, end) => text.startsWith(end));
    case 'suffix':
      return compileEnd(condition.text, condition.ignoresCase, (text, end) => text.endsWith(end));
    case 'numeric':
      return compileNumeric(condition.bounds);
    case 'wildcard': {
      const { literals } = condition;
      return value => typeof value === 'string' && fitsWildcard(value, literals);
    }
    case 'cidr': {
      const { range } = condition;
      return value => typeof value === 'string' && isWithin(value, range);
    }
    case 'anything-but': {
      const isOneOfThem = compileAny(condition.none);
      return value => !isOneOfThem(value);
    }
  }
}

/** Compiles the conditions of a leaf, for values that are there: `exists: true` lets all of them pass. */
export function compileLeafTest(conditions: readonly LeafCondition[]): ValueTest {
  if (conditions.some(({ condition }) => condition.kind === 'exists' && condition.isWanted)) return () => true;
  return compileAny(conditions.flatMap(({ condition }) => (condition.kind === 'exists' ? [] : [condition])));
}

/** Compiles alternatives: one of them must hold. Many exact values cost one look into a set. */
export function compileAny(conditions: readonly ValueCondition[]): ValueTest {
  const exact = conditions.flatMap(condition => (condition.kind === 'equals' ? [condition.value] : []));
  const tests = conditions.filter(condition => condition.kind !== 'equals').map(compileCondition);
  if (exact.length > 2) {
    const wanted: ReadonlySet<JsonScalar> = new Set(exact);
    tests.unshift(value => wanted.has(value));
  } else tests.unshift(...exact.map(value => compileCondition({ kind: 'equals', value })));
  const [first, second] = tests;
  if (first === undefined) return () => false;
  if (second === undefined) return first;
  if (tests.length === 2) return value => first(value) || second(value);
  return value => {
    for (const test of tests) if (test(value)) return true;
    return false;
  };
}

function compileEnd(end: string, ignoresCase: boolean, isEnd: (text: string, end: string) => boolean): ValueTest {
  if (!ignoresCase) return value => typeof value === 'string' && isEnd(value, end);
  const lower = end.toLowerCase();
  return value => typeof value === 'string' && isEnd(value.toLowerCase(), lower);
}

function compileNumeric(bounds: readonly NumericBound[]): ValueTest {
  const tests = bounds.map(compileBound);
  return value => typeof value === 'number' && tests.every(test => test(value));
}

function compileBound({ operator, value: bound }: NumericBound): (value: number) => boolean {
  switch (operator) {
    case '=':
      return value => value === bound;
    case '<':
      return value => value < bound;
    case '<=':
      return value => value <= bound;
    case '>':
      return value => value > bound;
    case '>=':
      return value => value >= bound;
  }
}

/** The first literal opens the text, the last closes it, those between follow one another as early as they can. */
function fitsWildcard(text: string, literals: readonly string[]): boolean {
  const first = literals[0] ?? '';
  if (literals.length === 1) return text === first;
  const last = literals[literals.length - 1] ?? '';
  const end = text.length - last.length;
  let at = first.length;
  if (end < at || !text.startsWith(first) || !text.endsWith(last)) return false;
  for (let i = 1; i < literals.length - 1; i++) {
    const literal = literals[i] ?? '';
    const found = text.indexOf(literal, at);
    at = found + literal.length;
    if (found < 0 || at > end) return false;
  }
  return true;
}
