import { access, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CommandContext } from '../../context.js';
import type { RegionTable } from '../../lib/aws/region-table.js';
import { writeAtomically } from '../../lib/files/write-atomically.js';
import { refuseLegacy, regionsOf, requireGlobal } from '../../lib/global/global-table.js';
import { emptyScan, formatScan, parseScan, type ScanState } from '../../lib/global/scan-state.js';
import { verifyReplicas } from '../../lib/global/verify.js';
import { DdbxError, ExitCode, usageError } from '../../lib/model/error.js';
import { formatPercent } from '../../lib/terminal/human.js';
import { progressBar } from '../../lib/terminal/progress-bar.js';
import { makeStatusLine } from '../../lib/terminal/status-line.js';
import { openGlobal, whileLooking } from './open-global.js';
import { openPrices } from './open-prices.js';
import {
  costText,
  differenceJson,
  differenceText,
  narrowedText,
  progressText,
  verdictText,
  verifyDocument,
} from './verify-view.js';
import type { VerifyCommandOptions } from './verify.js';

/** Key ranges of a comparison: 80 KB of sums a Region, and one differing item in fifty million points at some ten thousand. */
const RANGES = 4_096;
const SEGMENT_BYTES = 256 * 1024 ** 2;
const FEWEST_SEGMENTS = 16;
const MOST_SEGMENTS = 4_096;

/** Runs `ddbx global verify`. */
export async function runVerify(options: VerifyCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { io, clock, signal } = context;
  const output = context.output();
  const { aws, home } = await whileLooking(context, `Looking at ${options.table.tableName}`, () =>
    openGlobal(options.table, context),
  );
  refuseLegacy(home);
  requireGlobal(home);
  const regions = regionsToCompare(home, options.regions);
  const state = await openState(options, home, regions);
  output.note(costText(home, regions, options.maxUnitsPerSecond, await openPrices(context)));
  const { checkpoint: path } = options;
  const save = async (now: ScanState): Promise<void> => {
    if (path !== undefined) await writeState(path, now);
  };
  const line = makeStatusLine(output.format === 'human' ? io : { ...io, progress: false }, clock);
  const above = output.above(line);
  const differences: ReturnType<typeof differenceJson>[] = [];
  let hasDifferences = false;
  try {
    for await (const event of verifyReplicas({ aws, home, state, ...options, clock, signal, save })) {
      if (event.type === 'progress') {
        const percent = (100 * event.segmentsDone) / event.segments;
        line.set(() => `${progressText(event)}  ${progressBar(percent, io.unicode)} ${formatPercent(percent / 100)}`);
        continue;
      }
      if (event.type === 'difference') {
        hasDifferences = true;
        if (output.format === 'json') differences.push(differenceJson(event));
        else if (output.format === 'human') await above.line(differenceText(event, io));
      } else if (event.type !== 'summary') {
        if (output.format === 'human') above.note(narrowedText(event));
      } else if (output.format === 'json') {
        await above.document({ ...verifyDocument(event, home.tableName), differingKeys: differences });
      } else if (output.format === 'human') above.note(verdictText(event));
      if (output.format === 'ndjson') {
        await above.event(
          event.type === 'difference'
            ? differenceJson(event)
            : event.type === 'summary'
              ? { type: 'summary', ...verifyDocument(event, home.tableName) }
              : event,
        );
      }
    }
  } catch (error) {
    if (signal.aborted && path !== undefined)
      above.note(`What has been read is kept in ${path}: the same command goes on from there.`);
    throw error;
  } finally {
    line.end();
  }
  // A finished comparison must not be taken for a beginning of the next one.
  if (path !== undefined) await unlink(path).catch(() => undefined);
  return hasDifferences ? ExitCode.checkFailed : ExitCode.done;
}

/** @throws DdbxError `usage` for a Region that has no replica */
function regionsToCompare(home: RegionTable, wanted: readonly string[]): readonly string[] {
  const all = regionsOf(home);
  const stranger = wanted.find(region => !all.includes(region));
  if (stranger !== undefined) {
    throw usageError(`${home.tableName} has no replica in ${stranger}.`, `Its Regions are ${all.join(', ')}.`);
  }
  return wanted.length === 0 ? all : wanted;
}

async function openState(
  options: VerifyCommandOptions,
  home: RegionTable,
  regions: readonly string[],
): Promise<ScanState> {
  const bySize = Math.min(MOST_SEGMENTS, Math.max(FEWEST_SEGMENTS, Math.ceil(home.sizeBytes / SEGMENT_BYTES)));
  const fresh = emptyScan(home.tableName, regions, options.segments ?? bySize, RANGES);
  const { checkpoint: path } = options;
  if (path === undefined) return fresh;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      await access(dirname(path)).catch(() => {
        throw usageError(`There is no folder ${dirname(path)} for the checkpoint.`, 'Make it, or choose another file.');
      });
      return fresh;
    }
    throw new DdbxError({
      code: 'checkpoint-unreadable',
      message: `The checkpoint ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'Choose another file.',
      cause: error,
    });
  }
  const found = parseScan(text, path, home.tableName, regions);
  if (options.segments !== undefined && options.segments !== found.segments) {
    throw usageError(
      `--segments ${options.segments} contradicts ${path}, which has ${found.segments}.`,
      'Leave --segments out, or delete the file to begin anew.',
    );
  }
  return found;
}

async function writeState(path: string, state: ScanState): Promise<void> {
  try {
    await writeAtomically(path, formatScan(state));
  } catch (error) {
    throw new DdbxError({
      code: 'checkpoint-not-written',
      message: `The checkpoint ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'Check the folder, its permissions and its space.',
      cause: error,
    });
  }
}
