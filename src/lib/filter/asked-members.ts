import type { Pattern, PatternClause } from './pattern.js';

/** The members of a record that patterns ask for, by name; those within them likewise. */
export type AskedMembers = ReadonlyMap<string, AskedMembers>;

/** All that a matcher of these patterns looks at: what stands elsewhere in a record cannot change its answer. */
export function askedMembers(patterns: readonly Pattern[]): AskedMembers {
  return membersIn(patterns.flatMap(({ root }) => root.clauses));
}

function membersIn(clauses: readonly PatternClause[]): AskedMembers {
  const byName = new Map<string, PatternClause[]>();
  const collect = (clause: PatternClause): void => {
    if (clause.kind === 'or') {
      for (const branch of clause.branches) branch.clauses.forEach(collect);
      return;
    }
    const inner = byName.get(clause.name) ?? [];
    if (clause.value.kind === 'object') inner.push(...clause.value.clauses);
    byName.set(clause.name, inner);
  };
  clauses.forEach(collect);
  return new Map([...byName].map(([name, inner]) => [name, membersIn(inner)]));
}
