import { compileMatcher, type JsonObject } from './compile-matcher.js';
import { conditionJson } from './condition-json.js';
import { isJsonObject } from '../model/json-object.js';
import type { JsonScalar } from './json-tree.js';
import { compileAny, compileLeafTest } from './match-value.js';
import type { LeafCondition, Pattern, PatternClause, PatternLeaf } from './pattern.js';
import type { PatternPath } from './pattern-fault.js';

/** What stands in a record at a path. */
export type Found =
  /** Values without members; more than one where lists stand on the way. */
  | { readonly kind: 'values'; readonly values: readonly JsonScalar[] }
  /** Something with members, in which no condition can hold. */
  | { readonly kind: 'object' }
  /** Nothing; the record has everything up to `missing`, the first name that is not there. */
  | { readonly kind: 'nothing'; readonly missing: PatternPath };

/** One condition of a leaf, as the pattern writes it. */
export interface ExplainedCondition {
  readonly condition: unknown;
  readonly passes: boolean;
}

/** One leaf: what is wanted at a path, what stands there, and whether that will do. */
export interface ExplainedLeaf {
  /** In the pattern, branches of `$or` among it. */
  readonly path: PatternPath;
  readonly found: Found;
  readonly conditions: readonly ExplainedCondition[];
  readonly passes: boolean;
}

/** Why a record passes one filter, or does not. */
export interface ExplainedFilter {
  readonly passes: boolean;
  readonly leaves: readonly ExplainedLeaf[];
  /** Each leaf would do, but not all of them in one object of a list. */
  readonly isSpread: boolean;
}

/** Explains one filter on one record, leaf by leaf in the order of the pattern. */
export function explainMatch(pattern: Pattern, record: JsonObject): ExplainedFilter {
  const passes = compileMatcher([pattern])(record);
  const leaves: ExplainedLeaf[] = [];
  const eachPasses = explainClauses(pattern.root.clauses, record, { path: [], recordPath: [] }, leaves);
  return { passes, leaves, isSpread: eachPasses && !passes };
}

interface Place {
  readonly path: PatternPath;
  /** Without the branches of `$or`. */
  readonly recordPath: readonly string[];
}

function explainClauses(
  clauses: readonly PatternClause[],
  record: JsonObject,
  place: Place,
  leaves: ExplainedLeaf[],
): boolean {
  // Each is told, also when one before it has failed.
  const answers = clauses.map(clause => {
    if (clause.kind === 'or') {
      const branches = clause.branches.map((branch, i) =>
        explainClauses(branch.clauses, record, { ...place, path: [...place.path, '$or', i] }, leaves),
      );
      return branches.includes(true);
    }
    const inner = { path: [...place.path, clause.name], recordPath: [...place.recordPath, clause.name] };
    if (clause.value.kind === 'object') return explainClauses(clause.value.clauses, record, inner, leaves);
    const leaf = explainLeaf(clause.value, record, inner);
    leaves.push(leaf);
    return leaf.passes;
  });
  return !answers.includes(false);
}

function explainLeaf({ conditions }: PatternLeaf, record: JsonObject, { path, recordPath }: Place): ExplainedLeaf {
  const found = findAt(record, recordPath);
  const values = found.kind === 'values' ? found.values : [];
  const passesOf = ({ condition }: LeafCondition): boolean => {
    if (condition.kind === 'exists') return condition.isWanted === values.length > 0;
    return values.some(compileAny([condition]));
  };
  const explained = conditions.map(each => ({ condition: conditionJson(each.condition), passes: passesOf(each) }));
  const passes = explained.some(each => each.passes) || values.some(compileLeafTest(conditions));
  return { path, found, conditions: explained, passes };
}

function findAt(record: JsonObject, path: readonly string[]): Found {
  let standing: readonly unknown[] = [record];
  for (const [depth, name] of path.entries()) {
    const next = standing.flatMap(value =>
      isJsonObject(value) && Object.hasOwn(value, name) ? flat(value[name]) : [],
    );
    if (next.length === 0) return { kind: 'nothing', missing: path.slice(0, depth + 1) };
    standing = next;
  }
  const values = standing.filter(isScalar);
  return values.length === 0 ? { kind: 'object' } : { kind: 'values', values };
}

/** A list stands for each of its members. */
function flat(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.flatMap(flat) : [value];
}

function isScalar(value: unknown): value is JsonScalar {
  return value === null || typeof value !== 'object';
}
