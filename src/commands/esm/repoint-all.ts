import type { CommandContext } from '../../context.js';
import type { RepointEvent } from '../../lib/esm/repoint.js';
import { onDynamoDb } from '../../lib/esm/resolve-mapping.js';
import type { StreamMapping } from '../../lib/esm/stream-mapping.js';
import { DdbxError } from '../../lib/model/error.js';
import { resolveTable } from '../../lib/streams/resolve-table.js';
import type { Output } from '../../lib/terminal/output.js';
import { withProgress } from '../../lib/terminal/spinner.js';
import { reachFlags } from '../streams/aws-lines.js';
import { findMappings } from './find-mappings.js';
import { carryOutMove, planMove } from './move-mapping.js';
import { DEFAULT_QUIET_MS } from './repoint.js';
import { repointDocument, repointProgress, repointResult } from './repoint-view.js';

/** What became of the mappings of a table's old streams. */
export interface MovedMappings {
  readonly moved: readonly ReturnType<typeof repointDocument>[];
  /** Those that could not be moved, and why. */
  readonly left: readonly { readonly uuid: string; readonly code: string; readonly message: string }[];
}

/** Failures of one mapping that say nothing of the others. */
const OF_ONE = new Set(['mapping-paused', 'filters-not-readable']);

/**
 * Moves every mapping of an older stream of a table to its present one, one after the other.
 * @throws DdbxError `timeout` (exit 6); AwsError
 */
export async function repointAll(
  { tableName, region, now }: { readonly tableName: string; readonly region: string; readonly now: boolean },
  context: CommandContext,
  output: Output,
): Promise<MovedMappings> {
  const { io, signal } = context;
  const aws = await context.aws();
  const mappings = await aws.mappings(region);
  const { latestStreamArn } = await resolveTable(await aws.tables(region), { tableName }, signal);
  const all = await findMappings(mappings, { table: { tableName } }, signal);
  const moved: ReturnType<typeof repointDocument>[] = [];
  const left: MovedMappings['left'][number][] = [];
  for (const found of all.filter(({ eventSourceArn }) => eventSourceArn !== latestStreamArn)) {
    const name = `Moving ${found.functionName}`;
    try {
      const document = await withProgress(io, output.format === 'human', name, async say => {
        const events: RepointEvent[] = [];
        const mapping = await whole(found);
        const opened = { aws, region, mappings, mapping };
        const { plan, tags } = await planMove(opened, now, context);
        const again = `ddbx esm repoint ${mapping.uuid}${now ? ' --now --yes' : ''}${reachFlags({ ...context.globals, region })}`;
        for await (const event of carryOutMove(plan, opened, DEFAULT_QUIET_MS, tags, again, context)) {
          events.push(event);
          say(repointProgress(event));
          if (output.format === 'ndjson') await output.event(event);
        }
        return { text: repointResult(plan, events, io), json: repointDocument(plan, events, false, []) };
      });
      moved.push(document.json);
      if (output.format === 'human') await output.line(document.text);
    } catch (error) {
      if (!(error instanceof DdbxError) || !OF_ONE.has(error.code)) throw error;
      left.push({ uuid: found.uuid, code: error.code, message: error.message });
      output.warn(`${error.message} ${error.hint ?? ''}`);
    }
  }
  return { moved, left };

  /** A list leaves encrypted filters out (FACTS B.1). */
  async function whole(mapping: StreamMapping): Promise<StreamMapping> {
    return mapping.settings.filters === undefined ? onDynamoDb(await mappings.get(mapping.uuid, signal)) : mapping;
  }
}
