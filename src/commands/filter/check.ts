import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import type { Severity } from '../../lib/filter/finding.js';
import type { ViewType } from '../../lib/filter/find-traps.js';
import { parseViewType, viewTypeNames } from '../../lib/streams/view-type.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';

/** Everything that `ddbx filter check` can be told. */
export interface CheckOptions {
  readonly patterns: readonly string[];
  readonly viewType: ViewType | undefined;
  /** The mildest finding that makes the check say no. */
  readonly failOn: Severity;
}

interface CheckFlags {
  readonly view?: ViewType;
  readonly failOn: Severity;
}

const lazyRun: Run<CheckOptions> = async (options, context) =>
  (await import('./check-run.js')).runCheck(options, context);

/** `ddbx filter check`. */
export function checkCommand(host: CommandHost, run: Run<CheckOptions> = lazyRun): Command {
  const command = new Command('check')
    .description('say whether Lambda takes a filter, and what it does not do although it seems to')
    .argument('<pattern...>', 'a filter pattern, or @file with one or with FilterCriteria in it')
    .addOption(
      new Option('--view <type>', 'what of an item the stream records')
        .choices(viewTypeNames)
        .argParser(parsedBy(parseViewType)),
    )
    .addOption(
      new Option('--fail-on <severity>', 'the mildest finding that ends with exit code 4')
        .choices(['error', 'warning', 'note'])
        .default('warning'),
    )
    .action((patterns: readonly string[], { view, failOn }: CheckFlags, self: Command) =>
      host.run(self, context => run({ patterns, viewType: view, failOn }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: `ddbx filter check '{"eventName": ["INSERT"]}'`, does: 'one filter' },
      { command: 'ddbx filter check @filters.json --view new-image', does: 'a file, for a stream of new images' },
    ],
    iam: [],
    completes: 'file',
  });
}
