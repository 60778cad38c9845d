import type { CommandContext } from '../../context.js';
import type { TableRef } from '../../lib/aws/arn.js';
import { isAwsError } from '../../lib/aws/aws-error.js';
import type { RegionTable } from '../../lib/aws/region-table.js';
import { type MeasuredRegion, measureWorkload } from '../../lib/cost/measure.js';
import type { Workload } from '../../lib/cost/workload.js';
import { resolveTable } from '../../lib/streams/resolve-table.js';
import { withSpinner } from '../../lib/terminal/spinner.js';
import type { Output } from '../../lib/terminal/output.js';
import { regionFor } from '../region.js';

/** Measures a table in every Region where it has a replica. */
export async function measuredWorkload(
  { table: ref, periodMs }: { readonly table: TableRef; readonly periodMs: number },
  context: CommandContext,
  output: Output,
): Promise<Workload> {
  const { signal, globals, io } = context;
  const aws = await context.aws();
  const region = await regionFor(ref, aws, globals);
  const measure = async () => {
    await resolveTable(await aws.tables(region), ref, signal);
    const home = await measuredRegion(context, region, ref.tableName, output);
    const others = await Promise.all(
      home.table.replicas.map(replica => measuredRegion(context, replica.region, ref.tableName, output)),
    );
    // CloudWatch files its periods by the clock of AWS, not by ours.
    const endMs = (await aws.replicas(region)).serverNow();
    return measureWorkload([home, ...others], { startMs: endMs - periodMs, endMs }, signal);
  };
  const { workload, notes } = await (output.format === 'human'
    ? withSpinner(io, `Measuring ${ref.tableName}`, measure)
    : measure());
  for (const note of notes) output.note(note);
  return workload;
}

async function measuredRegion(
  context: CommandContext,
  region: string,
  tableName: string,
  output: Output,
): Promise<MeasuredRegion> {
  const { signal } = context;
  const aws = await context.aws();
  const [replicas, metrics] = await Promise.all([aws.replicas(region), aws.metrics(region)]);
  const table = await replicas.describe(tableName, signal);
  return { table, metrics, hasPitr: await hasPitr(context, table, output) };
}

async function hasPitr(context: CommandContext, { region, tableName }: RegionTable, output: Output): Promise<boolean> {
  const settings = await (await context.aws()).settings(region);
  try {
    return (await settings.pointInTimeRecovery(tableName, context.signal)).enabled;
  } catch (error) {
    if (!isAwsError(error, 'denied', 'unknown-operation')) throw error;
    output.warn(
      `Whether ${tableName} (${region}) has point-in-time recovery is not known (${error.code}): it is not priced.`,
    );
    return false;
  }
}
