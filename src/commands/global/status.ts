import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import { lookNeeds, settingsNeeds } from './needs.js';
import { parseInterval } from './flags.js';

/** Everything that `ddbx global status` can be told. */
export interface StatusCommandOptions {
  readonly table: TableRef;
  readonly watch: boolean;
  readonly intervalMs: number;
}

interface StatusFlags {
  readonly watch?: boolean;
  readonly interval: number;
}

const lazyRun: Run<StatusCommandOptions> = async (options, context) =>
  (await import('./status-run.js')).runStatus(options, context);

/** `ddbx global status`. */
export function statusCommand(host: CommandHost, run: Run<StatusCommandOptions> = lazyRun): Command {
  const command = new Command('status')
    .description('show a table in all its Regions: states, settings, latency')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .option('-w, --watch', 'look again each interval, until Ctrl-C')
    .addOption(
      new Option('--interval <duration>', 'between two looks')
        .argParser(parsedBy(parseInterval))
        .default(10_000, '10s'),
    )
    .action((table: TableRef, flags: StatusFlags, self: Command) =>
      host.run(self, context => run({ table, watch: flags.watch ?? false, intervalMs: flags.interval }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx global status Orders', does: 'one row a Region, asked in every Region' },
      { command: 'ddbx global status Orders --watch', does: 'while something changes' },
      {
        command: 'ddbx global status Orders --output json --query "regions[?replica.status!=\'ACTIVE\']"',
        does: 'for an alarm',
      },
    ],
    iam: [...lookNeeds, ...settingsNeeds, { action: 'cloudwatch:GetMetricData', when: 'the latency is to be shown' }],
    completes: 'table',
  });
}
