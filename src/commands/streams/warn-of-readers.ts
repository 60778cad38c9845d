import type { CommandContext } from '../../context.js';
import { isAwsError } from '../../lib/aws/aws-error.js';
import type { TailSource } from '../../lib/streams/tail.js';
import type { Output } from '../../lib/terminal/output.js';

/** A source of a tail, and whether replication reads its stream too. */
export interface WatchedSource extends TailSource {
  readonly isReplica: boolean;
}

/**
 * Warns when this tail becomes one reader too many: two read a shard well, one when the table is global, since
 * replication is the other (FACTS A.1). What cannot be counted is said with --verbose only: the tail goes on.
 */
export async function warnOfReaders(
  sources: readonly WatchedSource[],
  context: CommandContext,
  output: Output,
): Promise<void> {
  const aws = await context.aws();
  await Promise.all(
    sources.map(async ({ stream, isReplica }) => {
      try {
        const consumers = await aws.consumers(stream.region);
        const [mappings, pipes] = await Promise.all([
          consumers.listMappings(stream.streamArn, context.signal),
          consumers.listPipes(stream.streamArn, context.signal),
        ]);
        const active = [...mappings, ...pipes].filter(({ state }) => !/^(disabled|stopped)$/i.test(state));
        const most = isReplica ? 1 : 2;
        if (active.length < most) return;
        const names = active.map(consumer => consumer.name).join(', ');
        const limit = isReplica
          ? 'a shard of a global table serves one reader beside replication'
          : 'a shard serves two readers';
        output.aside({
          level: 'warning',
          text: `${stream.tableName} (${stream.region}) has ${active.length} consumer${active.length === 1 ? '' : 's'} already (${names}); ${limit}, more may be throttled. --poll-interval 5s makes this one lighter.`,
          event: Object.assign(
            { type: 'too-many-readers' },
            { table: stream.tableName, region: stream.region, consumers: active, recommendedReaders: most },
          ),
        });
      } catch (error) {
        if (context.signal.aborted) return;
        const why = isAwsError(error) ? `${error.operation}: ${error.code}` : String(error);
        output.detail(`The readers of ${stream.tableName} (${stream.region}) could not be counted (${why}).`);
      }
    }),
  );
}
