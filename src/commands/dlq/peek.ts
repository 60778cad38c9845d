import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import type { BatchGrouping } from '../../lib/dlq/group-batches.js';
import { type CommandHost, declareVerb, parsedBy, wholeNumber } from '../verb.js';
import { FAILURE_PLACE, type FailurePlace, parseFailurePlace } from './failure-place.js';
import { objectNeeds, queueNeeds, takeNeeds } from './needs.js';

/** Everything that `ddbx dlq peek` can be told. */
export interface PeekCommandOptions {
  readonly place: FailurePlace;
  readonly by: BatchGrouping | undefined;
  readonly maxMessages: number;
}

interface PeekFlags {
  readonly by?: BatchGrouping;
  readonly maxMessages: number;
}

const GROUPINGS: readonly BatchGrouping[] = ['function', 'condition', 'shard', 'table'];

const lazyRun: Run<PeekCommandOptions> = async (options, context) =>
  (await import('./peek-run.js')).runPeek(options, context);

/** `ddbx dlq peek`. */
export function peekCommand(host: CommandHost, run: Run<PeekCommandOptions> = lazyRun): Command {
  const command = new Command('peek')
    .description('show what waits in a failure queue, and how long the stream still remembers it')
    .argument('<queue>', FAILURE_PLACE, parsedBy(parseFailurePlace))
    .addOption(new Option('--by <what>', 'one line for each of these').choices(GROUPINGS))
    .addOption(new Option('--max-messages <n>', 'look at n messages at most').argParser(wholeNumber(1)).default(1_000))
    .action((place: FailurePlace, { by, maxMessages }: PeekFlags, self: Command) =>
      host.run(self, context => run({ place, by, maxMessages }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx dlq peek orders-failures', does: 'one line a batch, soonest to be forgotten first' },
      { command: 'ddbx dlq peek orders-failures --by function', does: 'who fails, how much, how urgent' },
      { command: 'ddbx dlq peek s3://failures/aws/lambda', does: 'the objects of an S3 destination' },
    ],
    iam: [...queueNeeds, ...takeNeeds, ...objectNeeds],
  });
}
