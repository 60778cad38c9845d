import type { CommandContext } from '../../context.js';
import { findConflicts, type ConflictSource } from '../../lib/global/conflicts.js';
import { describeMembers, type Member, refuseLegacy, requireGlobal } from '../../lib/global/global-table.js';
import { DdbxError, ExitCode, usageError } from '../../lib/model/error.js';
import { parseInstant } from '../../lib/model/instant.js';
import type { ReadStart } from '../../lib/streams/read-events.js';
import { makeStatusLine } from '../../lib/terminal/status-line.js';
import type { ConflictsCommandOptions } from './conflicts.js';
import { conflictJson, conflictText, conflictsDocument, summaryText } from './conflicts-view.js';
import { type OpenedTable, openGlobal, whileLooking } from './open-global.js';

/** Runs `ddbx global conflicts`. */
export async function runConflicts(options: ConflictsCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { io, clock, random, signal } = context;
  const output = context.output(io.stdoutIsTty || !options.follow ? 'human' : 'ndjson');
  if (output.format === 'json' && options.follow) {
    throw usageError(
      '--output json is one document, and a search that follows has no end.',
      'Add --no-follow, or use --output ndjson.',
    );
  }
  const start = startOf(options, clock.now());
  const sources = await whileLooking(context, `Looking for the streams of ${options.table.tableName}`, () =>
    findSources(options, context),
  );
  const regions = sources.map(({ stream }) => stream.region);
  output.note(`Reading the streams of ${options.table.tableName} in ${regions.join(', ')}.`);
  const line = makeStatusLine(output.format === 'human' ? io : { ...io, progress: false }, clock);
  const above = output.above(line);
  const conflicts: ReturnType<typeof conflictJson>[] = [];
  let found = 0;
  let gaps = 0;
  line.set(options.follow ? 'Watching; Ctrl-C ends it' : 'Reading');
  try {
    for await (const event of findConflicts({ ...options, sources, start, clock, random, signal })) {
      switch (event.type) {
        case 'conflict':
          found += 1;
          if (output.format === 'json') conflicts.push(conflictJson(event));
          else if (output.format === 'ndjson') await above.event(conflictJson(event));
          else await above.line(conflictText(event, io));
          line.set(`${found} so far`);
          break;
        case 'gap':
          above.aside({
            level: 'warning',
            text: `Records of ${event.region} are gone before they were read; conflicts among them are not seen.`,
            event: Object.assign({ type: 'gap' }, { region: event.region }),
          });
          break;
        case 'caught-up':
          above.detail('All streams have been read up to now.');
          break;
        case 'summary':
          ({ gaps } = event);
          if (output.format === 'json')
            await output.document(conflictsDocument(event, conflicts, options.table.tableName));
          else if (output.format === 'ndjson')
            await above.event({ ...conflictsDocument(event, undefined, options.table.tableName), type: 'summary' });
          else above.note(summaryText(event, regions));
      }
    }
  } finally {
    line.end();
  }
  if (signal.aborted) return ExitCode.interrupted;
  if (found > 0) return ExitCode.checkFailed;
  return gaps > 0 ? ExitCode.partial : ExitCode.done;
}

function startOf({ since, follow }: ConflictsCommandOptions, nowMs: number): ReadStart {
  if (since !== undefined) return { from: 'since', sinceMs: parseInstant(since, nowMs, { future: 'refuse' }) };
  return { from: follow ? 'latest' : 'trim-horizon' };
}

async function findSources(
  options: ConflictsCommandOptions,
  context: CommandContext,
): Promise<readonly ConflictSource[]> {
  const { aws, home }: OpenedTable = await openGlobal(options.table, context);
  refuseLegacy(home);
  requireGlobal(home);
  if (home.isStronglyConsistent) {
    throw new DdbxError({
      code: 'no-conflicts',
      message: `${home.tableName} is strongly consistent: of two writes at the same time AWS refuses one, and nothing is lost.`,
      hint: 'Conflicts are a matter of eventually consistent global tables.',
    });
  }
  const members = await describeMembers(aws, home, context.signal);
  return Promise.all(
    members.map(async member => ({
      gateway: await aws.streams(member.region),
      stream: streamOf(member, home.tableName),
    })),
  );
}

/** @throws DdbxError `stream-not-enabled`, or `images-missing` when the stream does not hold what the search compares */
function streamOf({ region, table }: Member, tableName: string): ConflictSource['stream'] {
  if (!table.known) throw table.error;
  const { streamViewType, latestStreamArn } = table.value;
  if (streamViewType === undefined || latestStreamArn === undefined) {
    throw new DdbxError({
      code: 'stream-not-enabled',
      message: `${tableName} in ${region} has no enabled stream.`,
      hint: `ddbx streams enable ${tableName} --view new-and-old-images --region ${region}`,
    });
  }
  if (streamViewType !== 'NEW_AND_OLD_IMAGES') {
    throw new DdbxError({
      code: 'images-missing',
      message: `The stream of ${tableName} in ${region} carries ${streamViewType}; conflicts are found by comparing old and new images.`,
      hint: 'The view type of a global table cannot be changed any more. docs/global.md says what can be done without it.',
    });
  }
  return { streamArn: latestStreamArn, tableName, region };
}
