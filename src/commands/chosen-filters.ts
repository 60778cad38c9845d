import type { CommandContext } from '../context.js';
import { checkFilters } from '../lib/filter/check-filters.js';
import type { Pattern } from '../lib/filter/pattern.js';
import type { Output } from '../lib/terminal/output.js';
import type { FilterChoice } from './filter-options.js';
import { parseFilters } from './filter-texts.js';

/** Patterns of a choice that were found before any call; `fetch` completes them. */
export interface ChosenFilters {
  /** Undefined when nothing was chosen. */
  patterns(region?: string): Promise<readonly Pattern[] | undefined>;
}

/**
 * Reads what `--filter` says at once, and has what `--as-mapping` names looked up later: only the latter asks AWS.
 * Filters that let nothing pass are warned of.
 * @throws DdbxError `usage`, PatternError; `patterns` throws as `mappingFilters` does
 */
export function chooseFilters(
  { filters, asMapping }: FilterChoice,
  context: CommandContext,
  output: Output,
): ChosenFilters {
  const given = filters.length === 0 ? undefined : parseFilters(filters);
  if (given !== undefined) warnOfUselessFilters(given, output);
  return {
    async patterns(region) {
      if (asMapping === undefined) return given;
      const { mappingFilters } = await import('./mapping-filters.js');
      const { patterns } = await mappingFilters(asMapping, context, region);
      if (patterns.length === 0) output.note('The mapping has no filters: every record passes.');
      warnOfUselessFilters(patterns, output);
      return patterns;
    },
  };
}

function warnOfUselessFilters(patterns: readonly Pattern[], output: Output): void {
  if (checkFilters(patterns.map(({ text }) => text)).outcome !== 'never') return;
  output.warn('No record can pass the filter as it is; ddbx filter check tells why.');
}
