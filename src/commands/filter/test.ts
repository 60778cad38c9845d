import { Command } from 'commander';
import type { Run } from '../../context.js';
import { type CommandHost, declareVerb } from '../verb.js';

/** Everything that `ddbx filter test` can be told. */
export interface TestOptions {
  readonly patterns: readonly string[];
  /** A path, or `-` for stdin. */
  readonly records: string;
  readonly invert: boolean;
}

interface TestFlags {
  readonly records: string;
  readonly invert?: boolean;
}

const lazyRun: Run<TestOptions> = async (options, context) => (await import('./test-run.js')).runTest(options, context);

/** `ddbx filter test`. */
export function testCommand(host: CommandHost, run: Run<TestOptions> = lazyRun): Command {
  const command = new Command('test')
    .description('print the recorded records that pass a filter')
    .argument('<pattern...>', 'filter patterns, of which one must let a record pass; or @file')
    .requiredOption('--records <file>', 'NDJSON (.gz too), a JSON array or a Lambda event; - for stdin')
    .option('--invert', 'print those that do not pass')
    .action((patterns: readonly string[], { records, invert = false }: TestFlags, self: Command) =>
      host.run(self, context => run({ patterns, records, invert }, context)),
    );
  return declareVerb(command, {
    examples: [
      {
        command: `ddbx filter test '{"eventName": ["INSERT"]}' --records orders.ndjson`,
        does: 'what a function would be given',
      },
      {
        command:
          'ddbx streams tail Orders --from trim-horizon --no-follow | ddbx filter test @filters.json --records - --invert',
        does: 'what it would never see',
      },
    ],
    iam: [],
    completes: 'file',
  });
}
