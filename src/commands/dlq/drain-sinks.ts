import type { CommandContext } from '../../context.js';
import type { DrainSink } from '../../lib/dlq/drain-sink.js';
import { consumerSink } from '../../lib/dlq/consumer-sink.js';
import { fileSink, outputSink } from '../../lib/dlq/line-sinks.js';
import { queueSink, topicSink } from '../../lib/dlq/message-sinks.js';
import { usageError } from '../../lib/model/error.js';
import type { Output } from '../../lib/terminal/output.js';
import { consumerTarget } from '../consumer-target.js';
import type { DrainCommandOptions } from './drain.js';
import type { DrainTo } from './drain-to.js';
import { openQueue } from './open-queue.js';

/**
 * Makes the sinks of a drain.
 * @param source the ARN of the queue that is drained, which cannot be a sink
 * @throws DdbxError `usage`, `queue-not-found`; AwsError
 */
export async function drainSinks(
  options: DrainCommandOptions,
  source: { readonly region: string; readonly queueArn: string | undefined },
  output: Output,
  context: CommandContext,
): Promise<readonly DrainSink[]> {
  const { clock, random } = context;
  const sinkOf = async (to: DrainTo): Promise<DrainSink> => {
    switch (to.kind) {
      case 'file':
        return fileSink(to.path);
      case 'stdout':
        return outputSink({
          write: async bytes => {
            await output.bytes(bytes);
            await output.flush();
          },
        });
      case 'lambda':
      case 'module': {
        const { batchSize, retries, bisect, timeoutMs } = options.invoke;
        const target = await consumerTarget(to, source.region, timeoutMs, context);
        return consumerSink({ target, batchSize, retries, bisect, invokeTimeoutMs: timeoutMs, clock });
      }
      case 'sqs': {
        const { queues, queue } = await openQueue(to.queue, context);
        if (queue.queueArn !== '' && queue.queueArn === source.queueArn) {
          throw usageError(`${queue.queueName} cannot be drained into itself.`, 'Name another queue.');
        }
        return queueSink(queues, queue, { clock, random });
      }
      case 'sns': {
        const aws = await context.aws();
        return topicSink(await aws.topics(to.region), to.topicArn, { clock, random });
      }
    }
  };
  return Promise.all(options.to.map(sinkOf));
}
