import { destinationRules } from './lint-destination-rules.js';
import { filterRules } from './lint-filter-rules.js';
import type { Finding, LintFacts, LintRule, Severity } from './lint-facts.js';
import { settingsRules } from './lint-settings-rules.js';
import { stateRules } from './lint-state-rules.js';

/** Every rule, in the order in which findings are shown within their severity. */
export const lintRules: readonly LintRule[] = [...stateRules, ...settingsRules, ...filterRules, ...destinationRules];

const RANK: Readonly<Record<Severity, number>> = { error: 0, warn: 1, info: 2 };

/** What the rules find in one mapping, the worst first. */
export function lintMapping(facts: LintFacts): readonly Finding[] {
  const { uuid, mappingArn, tableName, functionName, region } = facts.mapping;
  return lintRules
    .flatMap(({ id, severity, check }) => {
      const hit = check(facts);
      if (hit === undefined) return [];
      return [{ rule: id, severity, uuid, mappingArn, table: tableName, function: functionName, region, ...hit }];
    })
    .toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** Whether a finding is at least as bad as what a check is to fail on. */
export function isAtLeast(severity: Severity, failOn: Exclude<Severity, 'info'>): boolean {
  return RANK[severity] <= RANK[failOn];
}
