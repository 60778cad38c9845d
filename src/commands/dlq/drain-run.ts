import type { CommandContext } from '../../context.js';
import { drain } from '../../lib/dlq/drain.js';
import { DrainCount, type DrainTotals } from '../../lib/dlq/drain-count.js';
import type { DrainOptions } from '../../lib/dlq/drain-options.js';
import { archiveFile } from '../../lib/dlq/expired-archive.js';
import { mappingFilterLookup } from '../../lib/dlq/mapping-filter-lookup.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { defaultPace } from '../../lib/streams/read-events.js';
import { confirm } from '../../lib/terminal/prompt.js';
import { makeStatusLine } from '../../lib/terminal/status-line.js';
import { refuseLongInvocations } from '../consumer-target.js';
import { timeLimit } from '../time-limit.js';
import type { DrainCommandOptions } from './drain.js';
import { drainSinks } from './drain-sinks.js';
import { makeDrainView } from './drain-view.js';
import { drainProgress } from './drain-progress.js';
import { type OpenPlace, openPlace } from './open-queue.js';

/** Runs `ddbx dlq drain`. */
export async function runDrain(options: DrainCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, random, io } = context;
  if (options.to.some(sink => sink.kind === 'lambda')) refuseLongInvocations(options.invoke.timeoutMs, context);
  const output = context.output();
  const opened = await openPlace(options.place, options.visibilityMs, options.moveTo, context);
  const from = { region: opened.region, queueArn: opened.queue?.queueArn };
  const sinks = options.dryRun ? [] : await drainSinks(options, from, output, context);
  await askBeforeForgetting(options, opened, context);

  const aws = await context.aws();
  const count = new DrainCount(clock.now());
  const limit = timeLimit(context);
  const line = makeStatusLine(io, clock);
  const stopWatching = drainProgress(line, count, opened.source, { ...context, signal: limit.signal });
  const view = makeDrainView({ options, opened, context, output: output.above(line) });
  let totals: DrainTotals | undefined;
  try {
    const events = drain({
      source: opened.source,
      sinks,
      streams: async region => aws.streams(region ?? opened.region),
      filters: mappingFilterLookup(async region => aws.mappings(region ?? opened.region), limit.signal),
      wants: wanted(options, clock.now()),
      keep: options.keep,
      expired: options.expired,
      archive: options.archiveTo === undefined ? undefined : archiveFile(options.archiveTo, () => clock.now()),
      maxMessages: options.maxMessages,
      ratePerSecond: options.ratePerSecond,
      concurrency: options.concurrency,
      order: options.order,
      idleTimeoutMs: options.idleTimeoutMs,
      maxWaitMs: defaultPace.maxWaitMs,
      clock,
      random,
      signal: limit.signal,
      count,
    });
    for await (const event of events) {
      if (event.type === 'summary') totals = event.totals;
      else await view.draw(event);
    }
    line.end();
    if (totals !== undefined) await view.draw({ type: 'summary', totals });
  } catch (error) {
    line.end();
    // What was done until then is told before what went wrong, where there is anything to tell.
    if (totals !== undefined && totals.taken > 0) await view.draw({ type: 'summary', totals }).catch(() => {});
    throw error;
  } finally {
    stopWatching();
    line.end();
    limit.clear();
  }
  if (context.signal.aborted) return ExitCode.interrupted;
  if (limit.isOver()) {
    output.note('The time given by --timeout is over; the same command goes on where this one has stopped.');
    return ExitCode.timeout;
  }
  return totals !== undefined && totals.failed + totals.expired > 0 ? ExitCode.partial : ExitCode.done;
}

function wanted({ only }: DrainCommandOptions, nowMs: number): DrainOptions['wants'] {
  const isOne = (list: readonly string[], ...names: readonly string[]): boolean =>
    list.length === 0 || names.some(name => list.includes(name));
  const { functions, conditions, shards, olderThanMs } = only;
  return ({ batch, failure }, { sentAtMs }) => {
    const [plainName = ''] = failure.consumerName.split(':');
    if (!isOne(functions, failure.consumerName, plainName, failure.consumerArn)) return false;
    if (!isOne(conditions, failure.condition) || !isOne(shards, batch.shardId)) return false;
    const givenUpMs = failure.failedAtMs ?? sentAtMs;
    return olderThanMs === undefined || (givenUpMs !== undefined && givenUpMs <= nowMs - olderThanMs);
  };
}

/** With --expired delete the last trace of lost records goes. */
async function askBeforeForgetting(
  { expired, yes, dryRun }: DrainCommandOptions,
  { source }: OpenPlace,
  context: CommandContext,
): Promise<void> {
  if (expired !== 'delete' || yes || dryRun) return;
  const question = `Delete the messages of ${source.name} whose records are gone, without keeping what they say?`;
  if (await confirm(context.io, question, { signal: context.signal })) return;
  throw new DdbxError({
    code: 'not-confirmed',
    message: `Nothing was taken from ${source.name}.`,
    hint: 'Answer y, add --yes, or keep what the messages say: --expired archive --archive-to expired.ndjson.',
  });
}
