import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { usageError } from '../../lib/model/error.js';
import type { Pace } from '../../lib/streams/read-events.js';
import { addFilterOptions, type FilterChoice, filterChoice, type FilterFlags, filterNeeds } from '../filter-options.js';
import { type CommandHost, collected, declareVerb, parsedBy } from '../verb.js';
import { addPaceOptions, type PaceFlags, paceOf } from './read-flags.js';
import { readNeeds } from './read-needs.js';

/** Everything that `ddbx streams export` can be told. */
export interface ExportCommandOptions {
  readonly table: TableRef;
  /** A path, or `-` for stdout. */
  readonly to: string;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly redact: readonly string[];
  readonly filter: FilterChoice;
  readonly overwrite: boolean;
  readonly pace: Pace;
}

interface ExportFlags extends PaceFlags, FilterFlags {
  readonly to: string;
  readonly from: 'trim-horizon';
  readonly since?: string;
  readonly until?: string;
  readonly redact?: readonly string[];
  readonly overwrite?: boolean;
}

const lazyRun: Run<ExportCommandOptions> = async (options, context) =>
  (await import('./export-run.js')).runExport(options, context);

/** `ddbx streams export`. */
export function exportCommand(host: CommandHost, run: Run<ExportCommandOptions> = lazyRun): Command {
  const command = new Command('export')
    .description('write what a stream still holds to a file, resumably')
    .argument('<table>', 'table name, table ARN or stream ARN', parsedBy(parseTableRef))
    .requiredOption('--to <file>', 'an .ndjson or .ndjson.gz file, or - for stdout')
    .option('--overwrite', 'begin anew when the file exists')
    .optionsGroup('Which records:')
    .addOption(new Option('--from <position>', 'the oldest record').choices(['trim-horizon']).default('trim-horizon'))
    .option('--since <instant>', 'records from then on: 6h, "2h ago" or an ISO 8601 instant')
    .option('--until <instant>', 'records before this instant')
    .addOption(new Option('--redact <attributes>', 'hide the values of these').argParser(collected(text => text)));
  addPaceOptions(addFilterOptions(command)).action((table: TableRef, flags: ExportFlags, self: Command) =>
    host.run(self, async context => run(exportOptions(table, flags), context)),
  );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx streams export Orders --to orders.ndjson', does: 'everything, up to now' },
      { command: 'ddbx streams export Orders --to orders.ndjson.gz --since 6h', does: 'a span, compressed' },
      { command: 'ddbx streams export Orders --to - | jq .eventName', does: 'into a pipe' },
    ],
    iam: [...readNeeds, ...filterNeeds],
    completes: 'table',
  });
}

/** Checks how the flags go together, before anything is asked of AWS. @throws DdbxError `usage` */
function exportOptions(table: TableRef, flags: ExportFlags): ExportCommandOptions {
  if (flags.to === '') throw usageError('--to takes the path of a file, or - for stdout.');
  if (flags.to === '-' && flags.overwrite === true) {
    throw usageError('--overwrite is for files; stdout has nothing to write over.', 'Leave it out.');
  }
  return {
    table,
    to: flags.to,
    since: flags.since,
    until: flags.until,
    redact: flags.redact ?? [],
    filter: filterChoice(flags),
    overwrite: flags.overwrite ?? false,
    pace: paceOf(flags),
  };
}
