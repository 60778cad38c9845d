import { compileLeafTest, type ValueTest } from './match-value.js';
import type { Pattern, PatternClause, PatternField, PatternLeaf, PatternObject } from './pattern.js';

/** Any JSON object: a stream record as Lambda delivers it, or something else; a matcher does not know the difference. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Answers whether a record passes. */
export type Matcher = (record: JsonObject) => boolean;

/**
 * Compiles filters; a record passes when one of them does, and every record when there is none (FACTS B.6).
 *
 * What a record holds is judged as EventBridge does: a list in the record stands for each of its members; conditions
 * on one object of a list must hold of the same object; `exists` looks for a value without members at the path, in the
 * whole record. The matcher allocates nothing but what comparing without case needs.
 */
export function compileMatcher(patterns: readonly Pattern[]): Matcher {
  const matchers = patterns.map(({ root }) => compileObject(root, []));
  const [only, second] = matchers;
  if (only === undefined) return () => true;
  if (second === undefined) return record => only(record, record);
  return record => {
    for (const matches of matchers) if (matches(record, record)) return true;
    return false;
  };
}

/** Answers for the value that stands where the pattern's part does; `undefined` when there is none. */
type PartMatcher = (value: unknown, record: JsonObject) => boolean;

/** Answers for an object of the record, `undefined` when something else or nothing stands there. */
type ClauseMatcher = (object: JsonObject | undefined, record: JsonObject) => boolean;

function compileObject({ clauses }: PatternObject, path: readonly string[]): PartMatcher {
  const matches = compileClauses(clauses, path);
  const canBeAbsent = acceptsAbsence(clauses);
  const part: PartMatcher = (value, record) => {
    if (typeof value !== 'object' || value === null) return canBeAbsent && matches(undefined, record);
    if (!Array.isArray(value)) return matches(value as JsonObject, record);
    for (const element of value as readonly unknown[]) if (part(element, record)) return true;
    return canBeAbsent && matches(undefined, record);
  };
  return part;
}

function compileClauses(clauses: readonly PatternClause[], path: readonly string[]): ClauseMatcher {
  const [first, second, ...more] = cheapestFirst(clauses).map(clause => compileClause(clause, path));
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (more.length === 0) return (object, record) => first(object, record) && second(object, record);
  const rest = [second, ...more];
  return (object, record) => {
    if (!first(object, record)) return false;
    for (const matches of rest) if (!matches(object, record)) return false;
    return true;
  };
}

function compileClause(clause: PatternClause, path: readonly string[]): ClauseMatcher {
  if (clause.kind === 'field') return compileField(clause, path);
  const branches = clause.branches.map(branch => compileClauses(branch.clauses, path));
  return (object, record) => {
    for (const matches of branches) if (matches(object, record)) return true;
    return false;
  };
}

function compileField({ name, value }: PatternField, path: readonly string[]): ClauseMatcher {
  const own = [...path, name];
  const matches = value.kind === 'leaf' ? compileLeaf(value, own) : compileObject(value, own);
  // Reading a member is fast; asking first whether it is the object's own is only needed for names all objects know.
  if (name in Object.prototype) {
    return (object, record) =>
      matches(object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined, record);
  }
  return (object, record) => matches(object === undefined ? undefined : object[name], record);
}

function compileLeaf({ conditions }: PatternLeaf, path: readonly string[]): PartMatcher {
  const test = compileLeafTest(conditions);
  const canBeAbsent = acceptsAbsenceAt(conditions);
  return (value, record) => {
    if (value === null || (value !== undefined && typeof value !== 'object')) {
      return test(value as string | number | boolean | null);
    }
    if (Array.isArray(value) && passesOne(value, test)) return true;
    return canBeAbsent && isAbsent(record, path, 0);
  };
}

/** Whether a member of the list, or of a list in it, passes. */
function passesOne(list: readonly unknown[], test: ValueTest): boolean {
  for (const member of list) {
    if (member === null || typeof member !== 'object') {
      if (test(member as string | number | boolean | null)) return true;
    } else if (Array.isArray(member) && passesOne(member, test)) return true;
  }
  return false;
}

/** Whether no value without members stands at the path, in no object of any list on the way. */
function isAbsent(value: unknown, path: readonly string[], depth: number): boolean {
  if (Array.isArray(value)) {
    for (const member of value) if (!isAbsent(member, path, depth)) return false;
    return true;
  }
  const name = path[depth];
  const isObject = typeof value === 'object' && value !== null;
  if (name === undefined) return isObject || value === undefined;
  return !isObject || !Object.hasOwn(value, name) || isAbsent((value as JsonObject)[name], path, depth + 1);
}

/** True when all of the clauses could hold where the record has nothing. */
function acceptsAbsence(clauses: readonly PatternClause[]): boolean {
  return clauses.every(clause => {
    if (clause.kind === 'or') return clause.branches.some(branch => acceptsAbsence(branch.clauses));
    return clause.value.kind === 'leaf'
      ? acceptsAbsenceAt(clause.value.conditions)
      : acceptsAbsence(clause.value.clauses);
  });
}

function acceptsAbsenceAt(conditions: PatternLeaf['conditions']): boolean {
  return conditions.some(({ condition }) => condition.kind === 'exists' && !condition.isWanted);
}

/** All must hold, so their order is ours: a value at hand is judged before one that lies deeper. */
function cheapestFirst(clauses: readonly PatternClause[]): readonly PatternClause[] {
  const depth = (clause: PatternClause) => (clause.kind === 'or' ? 2 : clause.value.kind === 'leaf' ? 0 : 1);
  return clauses.toSorted((a, b) => depth(a) - depth(b));
}
