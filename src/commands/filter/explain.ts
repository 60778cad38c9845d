import { Command } from 'commander';
import type { Run } from '../../context.js';
import { type CommandHost, declareVerb } from '../verb.js';

/** Everything that `ddbx filter explain` can be told. */
export interface ExplainOptions {
  readonly patterns: readonly string[];
  /** A path, or `-` for stdin. */
  readonly record: string;
}

interface ExplainFlags {
  readonly record: string;
}

const lazyRun: Run<ExplainOptions> = async (options, context) =>
  (await import('./explain-run.js')).runExplain(options, context);

/** `ddbx filter explain`. */
export function explainCommand(host: CommandHost, run: Run<ExplainOptions> = lazyRun): Command {
  const command = new Command('explain')
    .description('say why a record passes a filter or does not: for each path, what is wanted and what is there')
    .argument('<pattern...>', 'filter patterns, of which one must let a record pass; or @file')
    .requiredOption('--record <file>', 'a record, or several as filter test takes them; - for stdin')
    .action((patterns: readonly string[], { record }: ExplainFlags, self: Command) =>
      host.run(self, context => run({ patterns, record }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx filter explain @filter.json --record record.json', does: 'path by path' },
      {
        command: 'head -1 orders.ndjson | ddbx filter explain @filter.json --record -',
        does: 'the first record of a recording',
      },
    ],
    iam: [],
    completes: 'file',
  });
}
