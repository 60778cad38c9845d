import { Command } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { usageError } from '../../lib/model/error.js';
import { type CommandHost, changeOptions, declareVerb, parsedBy } from '../verb.js';
import { fixChangeNeeds, fixNeeds, lookNeeds } from './needs.js';

/** Everything that `ddbx global diff` can be told. */
export interface DiffCommandOptions extends ChangeOptions {
  readonly table: TableRef;
  /** Bring the other Regions to the one that is asked. */
  readonly fix: boolean;
}

interface DiffFlags extends Partial<ChangeOptions> {
  readonly fix?: boolean;
}

const lazyRun: Run<DiffCommandOptions> = async (options, context) =>
  (await import('./diff-run.js')).runDiff(options, context);

/** `ddbx global diff`. */
export function diffCommand(host: CommandHost, run: Run<DiffCommandOptions> = lazyRun): Command {
  const command = new Command('diff')
    .description('find settings that differ between replicas, and make them equal')
    .argument('<table>', 'table name or ARN', parsedBy(parseTableRef))
    .option('--fix', 'turn on and add in the other Regions what the asked one has; nothing is turned off or taken away')
    .action((table: TableRef, flags: DiffFlags, self: Command) =>
      host.run(self, async context => run(diffOptions(table, flags), context)),
    );
  return declareVerb(command, {
    changes: true,
    examples: [
      { command: 'ddbx global diff Orders', does: 'exit 4 when something differs' },
      { command: 'ddbx global diff Orders --fix --dry-run', does: 'what would be changed' },
      { command: 'ddbx global diff Orders --fix --region eu-west-1 --yes', does: 'by the example of eu-west-1' },
    ],
    iam: [...lookNeeds, ...fixNeeds, ...fixChangeNeeds('--fix is given')],
    completes: 'table',
  });
}

/** @throws DdbxError `usage` */
function diffOptions(table: TableRef, flags: DiffFlags): DiffCommandOptions {
  const { fix = false } = flags;
  const stray = fix ? undefined : (['dryRun', 'yes', 'showAws'] as const).find(name => flags[name] === true);
  if (stray !== undefined) {
    const flag = { dryRun: '--dry-run', yes: '--yes', showAws: '--show-aws' }[stray];
    throw usageError(`${flag} goes with --fix only.`, 'Without --fix nothing is changed.');
  }
  return { table, fix, ...changeOptions(flags) };
}
