import type { CommandContext } from '../../context.js';
import { regionsOf } from '../../lib/global/global-table.js';
import { type GlobalStatus, globalStatus } from '../../lib/global/status.js';
import { ExitCode } from '../../lib/model/error.js';
import { openGlobal, whileLooking } from './open-global.js';
import { regionEvent, statusDocument, statusText, statusWarnings } from './status-view.js';
import type { StatusCommandOptions } from './status.js';

/** Runs `ddbx global status`: one Region's failure does not hide the others. */
export async function runStatus(options: StatusCommandOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const { io, clock, signal } = context;
  for (;;) {
    const status = await lookAt(options, context);
    const document = statusDocument(status);
    if (output.format === 'json') await output.document(document);
    else if (output.format === 'ndjson') {
      for (const region of status.regions) await output.event({ type: 'region', ...regionEvent(region) });
      await output.event({ type: options.watch ? 'status' : 'summary', ...document.summary });
    } else {
      await output.line(`${await statusText(status, io)}${options.watch ? '\n' : ''}`);
      for (const warning of statusWarnings(status)) output.warn(warning);
    }
    const isPartial = status.regions.some(region => !region.table.known);
    if (!options.watch) return isPartial ? ExitCode.partial : ExitCode.done;
    await clock.sleep(options.intervalMs, signal);
  }
}

function lookAt({ table, watch }: StatusCommandOptions, context: CommandContext): Promise<GlobalStatus> {
  const { signal } = context;
  const work = async (update: (text: string) => void): Promise<GlobalStatus> => {
    const { aws, home, nowMs } = await openGlobal(table, context);
    update(`Asking ${regionsOf(home).join(', ')}`);
    return globalStatus({ aws, home, nowMs, signal });
  };
  return watch ? work(() => undefined) : whileLooking(context, `Looking for ${table.tableName}`, work);
}
