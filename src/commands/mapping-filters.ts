import type { CommandContext } from '../context.js';
import { type MappingRef, spelledMapping } from '../lib/esm/mapping-ref.js';
import { resolveMapping } from '../lib/esm/resolve-mapping.js';
import type { StreamMapping } from '../lib/esm/stream-mapping.js';
import { parseFilterCriteria } from '../lib/filter/filter-criteria.js';
import type { Pattern } from '../lib/filter/pattern.js';
import { DdbxError, ExitCode } from '../lib/model/error.js';
import { regionFor } from './region.js';

/** A mapping, and its filters. */
export interface MappingFilters {
  readonly mapping: StreamMapping;
  readonly patterns: readonly Pattern[];
}

/**
 * Looks a mapping's filters up.
 * @param region where to look when the mapping's argument does not say so
 * @throws DdbxError `filters-not-readable` for encrypted ones, and as `resolveMapping` does; PatternError; AwsError
 */
export async function mappingFilters(
  ref: MappingRef,
  context: CommandContext,
  region?: string,
): Promise<MappingFilters> {
  const aws = await context.aws();
  const own =
    ref.kind === 'pair' && ref.table.region !== undefined
      ? await regionFor(ref.table, aws, context.globals)
      : undefined;
  const named = ref.kind === 'uuid' ? ref.region : own;
  const gateway = await aws.mappings(named ?? region ?? (await aws.defaultRegion()));
  const mapping = await resolveMapping(gateway, ref, context.signal);
  const { filters } = mapping.settings;
  if (filters === undefined) throw notReadable(ref, mapping);
  return { mapping, patterns: parseFilterCriteria({ Filters: filters.map(Pattern => ({ Pattern })) }) };
}

function notReadable(ref: MappingRef, { filterError, settings }: StreamMapping): DdbxError {
  const reason = filterError === undefined ? 'they are encrypted' : filterError;
  return new DdbxError({
    code: 'filters-not-readable',
    message: `The filters of mapping ${spelledMapping(ref)} cannot be read: ${reason}.`,
    hint: `They are encrypted with ${settings.kmsKeyArn}; you need kms:Decrypt on that key.`,
    exitCode: ExitCode.auth,
  });
}
