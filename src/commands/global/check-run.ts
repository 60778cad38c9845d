import type { CommandContext } from '../../context.js';
import { preflight } from '../../lib/global/preflight.js';
import { hasFailed } from '../../lib/global/table-checks.js';
import { ExitCode } from '../../lib/model/error.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { regionFor } from '../region.js';
import { checkCounts, checkJson, checksText, countsText } from './check-view.js';
import type { CheckCommandOptions } from './check.js';
import { openGlobal, whileLooking } from './open-global.js';
import { openPrices } from './open-prices.js';
import { refuseOwnRegion } from './replica-flags.js';

/** Runs `ddbx global check`: changes nothing, and ends with 4 when AWS would refuse. */
export async function runCheck(options: CheckCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { table, ...wanted } = options;
  const output = context.output();
  refuseOwnRegion(wanted, table.tableName, await regionFor(table, await context.aws(), context.globals));
  const regions = wanted.replicas.map(replica => replica.region);
  const checks = await whileLooking(context, `Checking ${table.tableName} for ${regions.join(', ')}`, async () => {
    const { aws, home } = await openGlobal(table, context);
    const prices = await openPrices(context);
    const restorePrice = (region: string) => prices(region, 'restore');
    return preflight({ home, ...wanted }, { aws, signal: context.signal, restorePrice });
  });
  const result = { table: table.tableName, add: regions, ok: !hasFailed(checks), counts: checkCounts(checks) };
  if (output.format === 'json') await output.document({ ...result, checks: checks.map(checkJson) });
  else if (output.format === 'ndjson') {
    for (const check of checks) await output.event({ type: 'check', ...checkJson(check) });
    await output.event({ type: 'summary', ...result });
  } else {
    await output.line(checksText(checks, makePalettes(context.io).stdout, context.io));
    output.note(`${countsText(checks)}.`);
  }
  return hasFailed(checks) ? ExitCode.checkFailed : ExitCode.done;
}
