import type { CommandContext } from '../../context.js';
import type { TableRef } from '../../lib/aws/arn.js';
import type { Aws } from '../../lib/aws/connection.js';
import type { RegionTable } from '../../lib/aws/region-table.js';
import { describeHome } from '../../lib/global/global-table.js';
import { withSpinner } from '../../lib/terminal/spinner.js';
import { regionFor } from '../region.js';

/** The table, as the Region that is asked describes it, and the door to all Regions. */
export interface OpenedTable {
  readonly aws: Aws;
  readonly home: RegionTable;
  /** What time it was by the clock of AWS when the table was looked at. */
  readonly nowMs: number;
}

/** Looks the table up in the Region that its ARN, the flags or the profile name. */
export async function openGlobal(ref: TableRef, context: CommandContext): Promise<OpenedTable> {
  const aws = await context.aws();
  const region = await regionFor(ref, aws, context.globals);
  const home = await describeHome(aws, ref, region, context.signal);
  return { aws, home, nowMs: (await aws.replicas(region)).serverNow() };
}

/** Shows on a terminal that something is being read; says nothing elsewhere, where the result is soon there. */
export function whileLooking<T>(
  context: CommandContext,
  text: string,
  work: (update: (text: string) => void) => Promise<T>,
): Promise<T> {
  const isShown = context.io.progress && (context.globals.output ?? 'human') === 'human';
  return isShown ? withSpinner(context.io, text, work) : work(() => undefined);
}
