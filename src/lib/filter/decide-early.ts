import type { JsonObject } from './compile-matcher.js';
import { allOf, anyOf, type Outcome } from './finding.js';
import { compileLeafTest } from './match-value.js';
import type { JsonScalar } from './json-tree.js';
import type { Pattern, PatternClause } from './pattern.js';

/**
 * Judges by some members of a record, without the rest of it: `true` and `false` when they decide, `undefined` when
 * more must be read. A record whose event alone decides need not be parsed.
 *
 * @param known values of members at the top of the record.
 */
export function decideEarly(
  patterns: readonly Pattern[],
  known: Readonly<Record<string, JsonScalar>>,
): boolean | undefined {
  if (patterns.length === 0) return true;
  const outcome = anyOf(patterns.map(({ root }) => judge(root.clauses, known)));
  return outcome === 'depends' ? undefined : outcome === 'always';
}

function judge(clauses: readonly PatternClause[], known: JsonObject): Outcome {
  return allOf(
    clauses.map(clause => {
      if (clause.kind === 'or') return anyOf(clause.branches.map(branch => judge(branch.clauses, known)));
      const value = Object.hasOwn(known, clause.name) ? known[clause.name] : undefined;
      if (value === undefined || clause.value.kind === 'object') return 'depends';
      return compileLeafTest(clause.value.conditions)(value as JsonScalar) ? 'always' : 'never';
    }),
  );
}
