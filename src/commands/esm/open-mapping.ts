import type { CommandContext } from '../../context.js';
import type { Aws } from '../../lib/aws/connection.js';
import type { MappingsGateway } from '../../lib/aws/mappings-gateway.js';
import { type MappingRef, spelledMapping } from '../../lib/esm/mapping-ref.js';
import { resolveMapping } from '../../lib/esm/resolve-mapping.js';
import type { StreamMapping } from '../../lib/esm/stream-mapping.js';
import { regionFor } from '../region.js';

/** A mapping that was found, and the doors that were opened for it. */
export interface OpenMapping {
  readonly aws: Aws;
  readonly region: string;
  readonly mappings: MappingsGateway;
  readonly mapping: StreamMapping;
}

/**
 * Finds the mapping that an argument names.
 * @throws DdbxError as `resolveMapping` and `regionFor` do; AwsError
 */
export async function openMapping(ref: MappingRef, context: CommandContext): Promise<OpenMapping> {
  const aws = await context.aws();
  const region = await regionOf(ref, aws, context);
  const mappings = await aws.mappings(region);
  return { aws, region, mappings, mapping: await resolveMapping(mappings, ref, context.signal) };
}

function regionOf(ref: MappingRef, aws: Aws, { globals }: CommandContext): Promise<string> {
  if (ref.kind === 'pair') return regionFor(ref.table, aws, globals);
  const place = ref.region === undefined ? {} : { region: ref.region };
  return regionFor({ tableName: `mapping ${spelledMapping(ref)}`, ...place }, aws, globals);
}
