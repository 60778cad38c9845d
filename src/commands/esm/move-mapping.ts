import type { CommandContext } from '../../context.js';
import { isAwsError } from '../../lib/aws/aws-error.js';
import { planRepoint, type RepointPlan } from '../../lib/esm/plan-repoint.js';
import { repoint, type RepointEvent } from '../../lib/esm/repoint.js';
import { toStreamMapping } from '../../lib/esm/stream-mapping.js';
import { resolveTable } from '../../lib/streams/resolve-table.js';
import { deadlineAfter } from '../../lib/streams/wait-for-table.js';
import type { OpenMapping } from './open-mapping.js';

/** The plan as things are now. @throws DdbxError as `planRepoint` does */
export async function planMove(
  { aws, region, mappings, mapping }: OpenMapping,
  now: boolean,
  { signal }: CommandContext,
): Promise<{ readonly plan: RepointPlan; readonly tags: Readonly<Record<string, string>> }> {
  const table = await resolveTable(await aws.tables(region), { tableName: mapping.tableName }, signal);
  const { latestStreamArn } = table;
  const others = latestStreamArn === undefined ? [] : await mappings.list({ eventSourceArn: latestStreamArn }, signal);
  const plan = planRepoint(
    mapping,
    table,
    others.flatMap(other => toStreamMapping(other) ?? []),
    now,
  );
  const needsTags = plan.steps.includes('create') && mapping.mappingArn !== undefined;
  try {
    return { plan, tags: needsTags ? await mappings.tags(mapping.mappingArn ?? '', signal) : {} };
  } catch (error) {
    if (isAwsError(error, 'not-found', 'unknown-operation')) return { plan, tags: {} };
    throw error;
  }
}

/** Moves a mapping by its plan. @param again the command line that goes on when the time is over */
export async function* carryOutMove(
  plan: RepointPlan,
  { aws, region, mappings }: OpenMapping,
  quietMs: number,
  tags: Readonly<Record<string, string>>,
  again: string,
  { clock, signal, globals }: CommandContext,
): AsyncGenerator<RepointEvent, void, void> {
  const [streams, metrics] = await Promise.all([aws.streams(region), aws.metrics(region)]);
  const deadline = deadlineAfter(globals.timeoutMs, clock, `Nothing is lost; go on with: ${again}`);
  yield* repoint(plan, { mappings, streams, metrics, clock, signal, deadline, wait: true, quietMs, tags });
}
