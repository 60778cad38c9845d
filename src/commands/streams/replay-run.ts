import type { CommandContext } from '../../context.js';
import { DdbxError, ExitCode, usageError } from '../../lib/model/error.js';
import { httpTarget, isLoopback } from '../../lib/streams/http-target.js';
import type { ReadStart } from '../../lib/streams/read-events.js';
import { readStream } from '../../lib/streams/read-stream.js';
import { compileRecordFilter } from '../../lib/streams/record-filter.js';
import { readRecorded } from '../../lib/streams/recorded.js';
import { replay } from '../../lib/streams/replay.js';
import { maxPayloadBytes } from '../../lib/streams/replay-batches.js';
import { inputOfRecording, inputOfStream, type ReplayInput } from '../../lib/streams/replay-input.js';
import type { ReplayTarget } from '../../lib/streams/replay-targets.js';
import { confirm } from '../../lib/terminal/prompt.js';
import { consumerTarget, refuseLongInvocations } from '../consumer-target.js';
import { chooseFilters } from '../chosen-filters.js';
import { openStream, readingParts, watchReaders } from './open-stream.js';
import { parseSpan, type Span } from './read-flags.js';
import type { ReplayCommandOptions } from './replay.js';
import { findReplaySource, type ReplaySource } from './replay-source.js';
import { makeReplayView } from './replay-view.js';
import type { WatchedSource } from './warn-of-readers.js';

/** Runs `ddbx streams replay`. */
export async function runReplay(options: ReplayCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, signal, io } = context;
  const source = findReplaySource(options.source, io.stdin);
  refuseContradictions(options, source, context);
  parseSpan(options.since, options.until, clock.now());
  const output = context.output();
  const chosen = chooseFilters(options.filter, context, output);
  const table = source.kind === 'table' ? await openStream(source.table, context) : undefined;
  const patterns = await chosen.patterns(table?.stream.region);
  const target = await targetOf(options, table?.stream.region, context);
  await askBeforeSendingAway(options, context);
  if (table !== undefined) watchReaders(table, context, output);

  // Records are stamped by the endpoint's clock.
  const span = parseSpan(options.since, options.until, table?.gateway.serverNow() ?? clock.now());
  const view = makeReplayView({ options, context, output });
  let partial = false;
  const events = replay({
    input: inputOf(source, table, span, options, context),
    target: options.dryRun ? undefined : target,
    limits: { batchSize: options.batchSize, windowMs: table === undefined ? 0 : options.windowMs, maxPayloadBytes },
    retries: options.retries,
    bisect: options.bisect,
    accepts: compileRecordFilter({
      events: options.events.length === 0 ? undefined : options.events,
      ...span,
      patterns,
    }),
    limit: options.limit,
    invokeTimeoutMs: options.invokeTimeoutMs,
    clock,
    signal,
  });
  for await (const event of events) {
    await view.draw(event);
    if (event.type === 'summary') partial = event.totals.failed > 0 || event.totals.gaps > 0;
  }
  if (signal.aborted) return ExitCode.interrupted;
  return partial ? ExitCode.partial : ExitCode.done;
}

function refuseContradictions(options: ReplayCommandOptions, source: ReplaySource, context: CommandContext): void {
  if (source.kind === 'recording' && (options.follow || options.from !== undefined)) {
    throw usageError(
      `${options.follow ? '--follow' : '--from'} is for tables, and ${source.name} is a recording.`,
      'Leave it out, or name a table.',
    );
  }
  if (options.to.kind === 'lambda') refuseLongInvocations(options.invokeTimeoutMs, context);
}

async function targetOf(
  { to, invokeTimeoutMs }: ReplayCommandOptions,
  tableRegion: string | undefined,
  context: CommandContext,
): Promise<ReplayTarget> {
  return to.kind === 'http' ? httpTarget(to.url) : consumerTarget(to, tableRegion, invokeTimeoutMs, context);
}

/** Records hold data of users: they leave this machine only when somebody says so. */
async function askBeforeSendingAway(
  { to, yes, dryRun, source }: ReplayCommandOptions,
  context: CommandContext,
): Promise<void> {
  if (to.kind !== 'http' || isLoopback(to.url) || yes || dryRun) return;
  const question = `Send the records of ${source} to ${to.url.host}, another machine?`;
  if (await confirm(context.io, question, { signal: context.signal })) return;
  throw new DdbxError({
    code: 'not-confirmed',
    message: `Nothing was sent to ${to.url.host}.`,
    hint: 'Run the command again and answer y, or add --yes.',
  });
}

function inputOf(
  source: ReplaySource,
  table: WatchedSource | undefined,
  { sinceMs, untilMs }: Span,
  options: ReplayCommandOptions,
  context: CommandContext,
): AsyncIterable<ReplayInput> {
  if (source.kind === 'recording') return inputOfRecording(readRecorded(source.chunks()));
  if (table === undefined) throw new RangeError('a table is replayed from its stream');
  const { follow, windowMs, pace } = options;
  const from = options.from ?? (follow ? 'latest' : 'trim-horizon');
  const start: ReadStart = sinceMs === undefined ? { from } : { from: 'since', sinceMs };
  const reading = readingParts(table, context, pace);
  return inputOfStream(readStream({ ...reading, start, follow, endAtMs: follow ? untilMs : undefined }), windowMs);
}
