import { checkFilters, type FiltersCheck } from '../filter/check-filters.js';
import { type LintFacts, type LintRule, nameForCommand, tuneWith } from './lint-facts.js';

/** What is wrong with the filters, as `ddbx filter check` sees it. */
export const filterRules: readonly LintRule[] = [
  {
    id: 'filter-never-matches',
    severity: 'error',
    finds: 'filters that no record of the stream can pass',
    check: facts => {
      if (checked(facts)?.outcome !== 'never') return undefined;
      return {
        is: `No record can pass the filters.${reason(facts)}`,
        happens: 'The function is never invoked, every record is skipped, and nothing says so.',
        mend: `ddbx filter import ${nameForCommand(facts)}`,
      };
    },
  },
  {
    id: 'filter-always-matches',
    severity: 'warn',
    finds: 'filters that every record passes',
    check: facts => {
      if (checked(facts)?.outcome !== 'always') return undefined;
      return {
        is: `Every record passes the filters.${reason(facts)}`,
        happens: 'The function is invoked with records that the filters seem to keep from it.',
        mend: tuneWith(facts, '--no-filter'),
      };
    },
  },
  {
    id: 'filter-trap',
    severity: 'warn',
    finds: 'a filter that does not do what it seems to say',
    check: facts => {
      const check = checked(facts);
      const trap = firstTrap(check);
      if (check === undefined || trap === undefined || check.outcome !== 'depends') return undefined;
      return {
        is: `A filter is not what it seems: ${trap.message}.`,
        happens: 'Records that are wanted may be skipped, or others let through.',
        mend: `ddbx filter import ${nameForCommand(facts)}`,
      };
    },
  },
];

/** Undefined without filters, and where they cannot be read. */
function checked({ mapping, table }: LintFacts): FiltersCheck | undefined {
  const { filters } = mapping.settings;
  if (filters === undefined || filters.length === 0) return undefined;
  return checkFilters(filters, table?.streamViewType);
}

function firstTrap(check: FiltersCheck | undefined) {
  return check?.filters.flatMap(({ findings }) => findings).find(({ severity }) => severity !== 'note');
}

function reason(facts: LintFacts): string {
  const trap = firstTrap(checked(facts));
  return trap === undefined ? '' : ` One reason: ${trap.message}.`;
}
