import type { CommandContext } from '../../context.js';
import { peek } from '../../lib/dlq/peek.js';
import { queueSource } from '../../lib/dlq/queue-source.js';
import { cancelRedrive, redrive, type RedriveEvent } from '../../lib/dlq/redrive.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { withSpinner } from '../../lib/terminal/spinner.js';
import { reachFlags } from '../streams/aws-lines.js';
import { timeLimit } from '../time-limit.js';
import { type OpenQueue, openQueue } from './open-queue.js';
import type { RedriveCommandOptions } from './redrive.js';
import { redriveEventJson, redriveText } from './redrive-view.js';

const LOOK_VISIBILITY_MS = 10_000;
const LOOKS = 10;

/** Runs `ddbx dlq redrive`. */
export async function runRedrive(options: RedriveCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, globals, io } = context;
  const output = context.output();
  const opened = await openQueue(options.queue, context);
  const { queues, queue } = opened;
  const sources = await queues.deadLetterSources(queue.queueUrl, context.signal);
  if (sources.length === 0) throw await notRedrivable(opened, context);
  const to = options.to === undefined ? undefined : (await openQueue(options.to, context)).queue;
  const names = sources.map(url => url.slice(url.lastIndexOf('/') + 1));

  const reach = reachFlags({ ...globals, region: queue.region });
  const command = options.cancel
    ? `aws sqs cancel-message-move-task --task-handle '<TaskHandle>'${reach}`
    : `aws sqs start-message-move-task --source-arn ${queue.queueArn}${to === undefined ? '' : ` --destination-arn ${to.queueArn}`}${options.ratePerSecond === undefined ? '' : ` --max-number-of-messages-per-second ${options.ratePerSecond}`}${reach}`;
  if (output.format === 'human' && (options.dryRun || options.showAws)) output.note(`$ ${command}`);
  const where = to?.queueName ?? names.join(', ');
  const depth = Number(queue.attributes['ApproximateNumberOfMessages'] ?? 0);
  const document = { queue: queue.queueName, queueArn: queue.queueArn, sources: names, to: to?.queueName ?? null };
  if (options.dryRun) {
    const plan = { ...document, messages: depth, dryRun: true, cancel: options.cancel };
    if (output.format === 'ndjson') await output.event({ type: 'summary', ...plan });
    else if (output.format === 'json') await output.document(plan);
    else if (options.cancel) await output.line(`The move from ${queue.queueName} would be stopped, if one runs.`);
    else await output.line(`About ${depth} messages of ${queue.queueName} would be moved to ${where}.`);
    return ExitCode.done;
  }

  const limit = timeLimit(context);
  const steps = { queues, queue, clock, signal: limit.signal };
  const settings = { destinationArn: to?.queueArn, messagesPerSecond: options.ratePerSecond, wait: options.wait };
  let last: RedriveEvent | undefined;
  const follow = async (update: (text: string) => void): Promise<void> => {
    const events = options.cancel ? [await cancelRedrive(steps)] : redrive({ ...steps, ...settings });
    for await (const event of events) {
      last = event;
      update(redriveText(event, queue.queueName, where));
      if (output.format === 'ndjson') await output.event(redriveEventJson(event));
    }
  };
  try {
    await (output.format === 'human'
      ? withSpinner(io, `Moving the messages of ${queue.queueName} to ${where}`, follow)
      : follow(() => undefined));
  } catch (error) {
    if (!limit.signal.aborted) throw error;
  } finally {
    limit.clear();
  }
  const { type: _type, ...outcome } = last === undefined ? { type: '' } : redriveEventJson(last);
  if (output.format === 'json') await output.document({ ...document, ...outcome });
  else if (output.format === 'ndjson') await output.event({ ...outcome, ...document, type: 'summary' });
  else if (last !== undefined) await output.line(redriveText(last, queue.queueName, where));
  if (!limit.signal.aborted) return ExitCode.done;
  output.note('SQS goes on with the move; the same command follows it again, and --cancel stops it.');
  return limit.isOver() ? ExitCode.timeout : ExitCode.interrupted;
}

/** SQS moves messages only out of the dead-letter queue of another queue (FACTS C); says what to do instead. */
async function notRedrivable({ queues, queue }: OpenQueue, context: CommandContext): Promise<DdbxError> {
  const { clock, signal, globals } = context;
  const source = queueSource(queues, queue, LOOK_VISIBILITY_MS);
  const isEmpty = Number(queue.attributes['ApproximateNumberOfMessages'] ?? 0) === 0;
  const { batches } = isEmpty ? { batches: [] } : await peek({ source, maxMessages: LOOKS, clock, signal });
  const [first] = batches;
  const reach = reachFlags({ ...globals, region: globals.region });
  const drain = `ddbx dlq drain ${queue.queueName} --to ${first === undefined ? 'lambda:<function>' : `lambda:${first.message.failure.consumerName}`}${reach}`;
  const facts =
    first === undefined
      ? `no queue names ${queue.queueName} as its dead-letter queue`
      : `the messages of ${queue.queueName} come from Lambda, and hold no records: each points to a range of a shard of ${first.message.batch.tableName}`;
  return new DdbxError({
    code: 'not-redrivable',
    message: `SQS can move messages back only out of the dead-letter queue of another queue; ${facts}.`,
    hint: `For failed batches of a stream: ${drain}`,
  });
}
