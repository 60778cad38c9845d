import type { CommandContext } from '../../context.js';
import { refuseLegacy, requireGlobal } from '../../lib/global/global-table.js';
import { type LagReport, pairsAbove, replicationLag } from '../../lib/global/lag.js';
import { formatDuration } from '../../lib/model/duration.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import type { LagCommandOptions } from './lag.js';
import { lagDocument, lagText, lagWarnings, pairJson } from './lag-view.js';
import { openGlobal, whileLooking } from './open-global.js';

/** Runs `ddbx global lag`. */
export async function runLag(options: LagCommandOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  for (;;) {
    const report = await lookAt(options, context);
    const above = options.failAboveMs === undefined ? [] : pairsAbove(report, options.failAboveMs);
    const { summary, document } = lagDocument(report, above);
    if (output.format === 'json') await output.document(document);
    else if (output.format === 'ndjson') {
      for (const pair of report.pairs) await output.event({ type: 'pair', ...pairJson(pair) });
      await output.event({ type: options.watch ? 'look' : 'summary', ...summary });
    } else {
      await output.line(`${await lagText(report, context.io)}${options.watch ? '\n' : ''}`);
      for (const warning of lagWarnings(report)) output.warn(warning);
    }
    if (!options.watch) {
      if (above.length > 0) {
        if (output.format === 'human')
          output.warn(
            `${above.length} of ${report.pairs.length} directions: above ${formatDuration(options.failAboveMs ?? 0)}, or possibly stalled.`,
          );
        return ExitCode.checkFailed;
      }
      return report.failures.length > 0 ? ExitCode.partial : ExitCode.done;
    }
    await context.clock.sleep(options.intervalMs, context.signal);
  }
}

function lookAt({ table, windowMs, periodMs, watch }: LagCommandOptions, context: CommandContext): Promise<LagReport> {
  const { signal } = context;
  const work = async (): Promise<LagReport> => {
    const { aws, home, nowMs } = await openGlobal(table, context);
    refuseLegacy(home);
    requireGlobal(home);
    if (home.isStronglyConsistent) {
      throw new DdbxError({
        code: 'no-latency',
        message: `${home.tableName} is strongly consistent: a write is in all Regions before it is answered, and there is no latency to measure.`,
        hint: `ddbx global probe ${home.tableName} proves it.`,
      });
    }
    return replicationLag({ aws, home, nowMs, signal, windowMs, periodMs });
  };
  return watch ? work() : whileLooking(context, `Asking CloudWatch about ${table.tableName}`, work);
}
