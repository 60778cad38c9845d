import type { CommandContext } from '../../context.js';
import { formatDuration } from '../../lib/model/duration.js';
import { DdbxError, ExitCode, usageError } from '../../lib/model/error.js';
import { httpTarget, isLoopback } from '../../lib/streams/http-target.js';
import { moduleTarget } from '../../lib/streams/module-target.js';
import type { ReadStart } from '../../lib/streams/read-events.js';
import { readStream } from '../../lib/streams/read-stream.js';
import { compileRecordFilter } from '../../lib/streams/record-filter.js';
import { readRecorded } from '../../lib/streams/recorded.js';
import { replay } from '../../lib/streams/replay.js';
import { maxPayloadBytes } from '../../lib/streams/replay-batches.js';
import { inputOfRecording, inputOfStream, type ReplayInput } from '../../lib/streams/replay-input.js';
import { lambdaTarget, type ReplayTarget } from '../../lib/streams/replay-targets.js';
import { confirm } from '../../lib/terminal/prompt.js';
import { makeWriter } from '../../lib/terminal/writer.js';
import { chooseFilters } from '../chosen-filters.js';
import { openStream, readingParts, watchReaders } from './open-stream.js';
import { parseSpan, type Span } from './read-flags.js';
import type { ReplayCommandOptions } from './replay.js';
import { findReplaySource, type ReplaySource } from './replay-source.js';
import { makeReplayView } from './replay-view.js';
import type { WatchedSource } from './warn-of-readers.js';

/** What the SDK waits for an answer when nothing else is said. */
const DEFAULT_READ_TIMEOUT_MS = 30_000;

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
  const readTimeoutMs = context.globals.readTimeoutMs ?? DEFAULT_READ_TIMEOUT_MS;
  if (options.to.kind === 'lambda' && options.invokeTimeoutMs > readTimeoutMs) {
    const text = formatDuration(options.invokeTimeoutMs);
    // A call that the SDK gives up on is repeated by it: the function would be given the batch twice.
    throw usageError(
      `--invoke-timeout ${text} is longer than requests may take (${formatDuration(readTimeoutMs)}).`,
      `Add --read-timeout ${text}.`,
    );
  }
}

async function targetOf(
  { to, invokeTimeoutMs }: ReplayCommandOptions,
  tableRegion: string | undefined,
  context: CommandContext,
): Promise<ReplayTarget> {
  switch (to.kind) {
    case 'lambda': {
      const aws = await context.aws();
      const gateway = await aws.functions(to.region ?? tableRegion ?? (await aws.defaultRegion()));
      return lambdaTarget(to.functionName, gateway);
    }
    case 'module': {
      const console = makeWriter(context.io.stderr);
      return moduleTarget({
        path: to.path,
        exportName: to.exportName,
        timeLimitMs: invokeTimeoutMs,
        log: text => {
          console.post(text);
        },
      });
    }
    case 'http':
      return httpTarget(to.url);
  }
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
