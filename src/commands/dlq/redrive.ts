import { Command, Option } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { parseQueueRef, type QueueRef } from '../../lib/aws/queue-ref.js';
import { usageError } from '../../lib/model/error.js';
import { changeOptions, type CommandHost, declareVerb, parsedBy, wholeNumber } from '../verb.js';
import { queueNeeds, takeNeeds } from './needs.js';

/** Everything that `ddbx dlq redrive` can be told. */
export interface RedriveCommandOptions extends ChangeOptions {
  readonly queue: QueueRef;
  readonly to: QueueRef | undefined;
  readonly ratePerSecond: number | undefined;
  readonly cancel: boolean;
  readonly wait: boolean;
}

interface RedriveFlags extends Partial<ChangeOptions> {
  readonly to?: QueueRef;
  readonly rate?: number;
  readonly cancel?: boolean;
  readonly wait: boolean;
}

/** Messages a second of a move task (FACTS C). */
const MOST_PER_SECOND = 500;

const lazyRun: Run<RedriveCommandOptions> = async (options, context) =>
  (await import('./redrive-run.js')).runRedrive(options, context);

/** `ddbx dlq redrive`. */
export function redriveCommand(host: CommandHost, run: Run<RedriveCommandOptions> = lazyRun): Command {
  const queue = parsedBy(parseQueueRef);
  const command = new Command('redrive')
    .description("move the messages of a queue's dead-letter queue back to it")
    .argument('<queue>', 'name, ARN or URL of the dead-letter queue of another queue', queue)
    .addOption(new Option('--to <queue>', 'move them to this queue (where they came from)').argParser(queue))
    .addOption(new Option('--rate <n>', 'messages a second, at most 500 (as SQS likes)').argParser(wholeNumber(1)))
    .option('--cancel', 'stop the move that runs')
    .option('--no-wait', 'do not follow the move until it is done')
    .action((ref: QueueRef, flags: RedriveFlags, self: Command) =>
      host.run(self, async context => run(redriveOptions(ref, flags), context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx dlq redrive orders-work-dlq', does: 'send everything back to where it came from' },
      { command: 'ddbx dlq redrive orders-work-dlq --rate 50', does: 'at a pace that its consumer can bear' },
      { command: 'ddbx dlq redrive orders-work-dlq --cancel', does: 'stop; what was moved stays moved' },
    ],
    iam: [
      ...queueNeeds,
      { action: 'sqs:ListDeadLetterSourceQueues', resource: 'queue' },
      { action: 'sqs:ListMessageMoveTasks', resource: 'queue' },
      { action: 'sqs:StartMessageMoveTask', resource: 'queue' },
      { action: 'sqs:CancelMessageMoveTask', resource: 'queue', when: '--cancel is given' },
      { action: 'sqs:DeleteMessage', resource: 'queue' },
      { action: 'sqs:SendMessage', resource: 'queue' },
      ...takeNeeds,
    ],
    changes: true,
  });
}

/** @throws DdbxError `usage` */
function redriveOptions(queue: QueueRef, flags: RedriveFlags): RedriveCommandOptions {
  const { to, rate } = flags;
  const cancel = flags.cancel ?? false;
  if (rate !== undefined && rate > MOST_PER_SECOND)
    throw usageError(`--rate takes at most ${MOST_PER_SECOND}, as SQS does.`);
  if (cancel && (to !== undefined || rate !== undefined)) {
    throw usageError('--cancel stops a move, and --to and --rate are for starting one.', 'Leave them out.');
  }
  return { ...changeOptions(flags), queue, to, ratePerSecond: rate, cancel, wait: flags.wait };
}
