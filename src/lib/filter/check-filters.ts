import { FILTER_QUOTA } from './filter-criteria.js';
import { anyOf, type Finding, type Outcome } from './finding.js';
import { findTraps, type ViewType } from './find-traps.js';
import { readPattern } from './parse-pattern.js';

/** What there is to say about one filter. */
export interface FilterCheck {
  readonly text: string;
  /** Whether Lambda would take it. */
  readonly isValid: boolean;
  /** Undefined when it is not valid. */
  readonly outcome: Outcome | undefined;
  readonly findings: readonly Finding[];
}

/** What there is to say about the filters of one mapping. */
export interface FiltersCheck {
  readonly isValid: boolean;
  /** Of all of them together: a record passes when one filter lets it. Undefined when one is not valid. */
  readonly outcome: Outcome | undefined;
  readonly filters: readonly FilterCheck[];
  /** About their number. */
  readonly findings: readonly Finding[];
}

/** Checks one pattern: as Lambda judges it, and for what it does on the records of a DynamoDB stream. */
export function checkPattern(text: string, viewType?: ViewType): FilterCheck {
  const { pattern, faults } = readPattern(text);
  if (pattern !== undefined) return { text, isValid: true, ...findTraps(pattern, viewType) };
  const findings = faults.map((fault): Finding => ({ id: 'invalid-pattern', severity: 'error', ...fault }));
  return { text, isValid: false, outcome: undefined, findings };
}

/** Checks the filters of one mapping, each and all together; none lets every record pass. */
export function checkFilters(texts: readonly string[], viewType?: ViewType): FiltersCheck {
  const filters = texts.map(text => checkPattern(text, viewType));
  const findings = tooMany(texts.length);
  const isValid = filters.every(filter => filter.isValid) && findings.every(({ severity }) => severity !== 'error');
  const outcomes = filters.flatMap(({ outcome }) => outcome ?? []);
  const outcome = filters.length === 0 ? 'always' : anyOf(outcomes);
  return { isValid, outcome: outcomes.length === filters.length ? outcome : undefined, filters, findings };
}

function tooMany(count: number): readonly Finding[] {
  const { byDefault, raised } = FILTER_QUOTA;
  if (count <= byDefault) return [];
  const severity = count > raised ? 'error' : 'warning';
  const message =
    severity === 'error'
      ? `these are ${count} filters, and a mapping has ${raised} at most`
      : `these are ${count} filters, and a mapping has ${byDefault} unless the quota was raised to ${raised}`;
  return [{ id: 'too-many-filters', severity, path: [], at: 0, message, hint: 'Join some of them with "$or".' }];
}
