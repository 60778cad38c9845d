import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { type CommandHost, declareVerb, wholeNumber } from '../verb.js';
import { queueNeeds, takeNeeds } from './needs.js';

/** Everything that `ddbx dlq status` can be told. */
export interface StatusCommandOptions {
  /** A table, a function, or nothing for all of them. */
  readonly name: string | undefined;
  readonly failAbove: number | undefined;
  /** Messages of each queue to look at. */
  readonly looks: number;
}

interface StatusFlags {
  readonly failAbove?: number;
  readonly peek: boolean;
}

const LOOKS = 20;

const lazyRun: Run<StatusCommandOptions> = async (options, context) =>
  (await import('./status-run.js')).runStatus(options, context);

/** `ddbx dlq status`. */
export function statusCommand(host: CommandHost, run: Run<StatusCommandOptions> = lazyRun): Command {
  const command = new Command('status')
    .description("show every failure queue of a table's or a function's mappings: depth, age, time left")
    .argument('[table or function]', 'table name or ARN, or function name; all mappings when left out')
    .addOption(
      new Option('--fail-above <n>', 'exit 4 when a queue holds more than n messages').argParser(wholeNumber(0)),
    )
    .option('--no-peek', 'do not look at messages, which counts as a receive; then no time left is known')
    .action((name: string | undefined, { failAbove, peek }: StatusFlags, self: Command) =>
      host.run(self, context => run({ name, failAbove, looks: peek ? LOOKS : 0 }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx dlq status', does: 'every failure queue of the Region' },
      { command: 'ddbx dlq status Orders', does: 'those of one table' },
      {
        command: 'ddbx dlq status order-events --fail-above 0 --no-peek',
        does: 'a check for CI: exit 4 unless all are empty',
      },
    ],
    iam: [
      { action: 'lambda:ListEventSourceMappings' },
      ...queueNeeds
        .filter(({ action }) => action !== 'sqs:ListQueues')
        .map(need => ({ action: need.action, resource: 'queue' as const })),
      ...takeNeeds.map(need => ({ ...need, when: need.when ?? '--no-peek is not given' })),
    ],
    completes: 'table',
  });
}
