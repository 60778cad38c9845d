import type { CommandContext } from '../../context.js';
import type { DrainTotals } from '../../lib/dlq/drain-count.js';
import type { DrainEvent, SettledMessage } from '../../lib/dlq/drain-events.js';
import { formatAge, formatCount, formatRate, plural } from '../../lib/terminal/human.js';
import type { Output } from '../../lib/terminal/output.js';
import { makePalettes, type Palette } from '../../lib/terminal/palette.js';
import { shardTag } from '../../lib/terminal/record-blocks.js';
import { safeText } from '../../lib/terminal/text.js';
import { drainAwsLines } from './aws-lines.js';
import type { DrainCommandOptions } from './drain.js';
import { messageJson, settledEvent } from './drain-json.js';
import type { OpenPlace } from './open-queue.js';

/** Draws the events of a drain. */
export interface DrainView {
  /** Resolves when the event has been written. */
  draw(event: DrainEvent): Promise<void>;
}

interface DrainViewParts {
  readonly options: DrainCommandOptions;
  readonly opened: OpenPlace;
  readonly context: CommandContext;
  readonly output: Output;
}

/** A document names so many messages that are not simply done; the counts are exact. */
const MOST_PROBLEMS = 1_000;
const MANY = 100;

/** Makes the view: lines for what is not simply done, one document, or events. With records on stdout, all of it is on stderr. */
export function makeDrainView({ options, opened, context, output }: DrainViewParts): DrainView {
  const paint = makePalettes(context.io).stdout;
  const recordsOnStdout = options.to.some(sink => sink.kind === 'stdout') && !options.dryRun;
  const problems: unknown[] = [];
  if ((options.showAws || options.dryRun) && output.format === 'human') {
    for (const line of drainAwsLines(options, opened, context.globals)) output.note(`$ ${line}`);
  }

  /** A line of data, or of stderr where stdout has the records. */
  const tell = async (text: string, event: { readonly type: string }): Promise<void> => {
    if (recordsOnStdout) output.aside({ level: 'warning', text, event });
    else if (output.format === 'human') await output.line(text);
    else if (output.format === 'ndjson') await output.event(event);
  };
  const tellQuietly = async (text: string, event: { readonly type: string }): Promise<void> => {
    if (recordsOnStdout || output.format === 'human') output.detail(text);
    else if (output.format === 'ndjson') await output.event(event);
  };
  return {
    async draw(event) {
      switch (event.type) {
        case 'message': {
          const shown = settledEvent(event);
          if (event.outcome === 'failed' || event.outcome === 'expired') {
            if (problems.length < MOST_PROBLEMS) problems.push(shown);
            await tell(problemText(event, paint), shown);
          } else await tellQuietly(quietText(event), shown);
          break;
        }
        case 'poison-record': {
          const { sink, sequenceNumber, eventName, keys, reason, record } = event;
          const where = `${sequenceNumber} of shard ${event.shardId}`;
          const text = `${paint.bad('poison record:')} ${eventName} ${safeText(JSON.stringify(keys))} ${where}, refused by ${sink}: ${safeText(reason)}`;
          await tell(`${text}\n${paint.dim(safeText(JSON.stringify(record)))}`, event);
          if (problems.length < MOST_PROBLEMS) problems.push(event);
          break;
        }
        case 'count-differs': {
          const { message, records, batchSize, why } = event;
          const text = `The range of a batch of ${message.failure.consumerName} holds ${plural(records, 'record')}, and the batch had ${formatCount(batchSize)}: ${safeText(why)}.`;
          output.aside({
            level: 'warning',
            text,
            event: Object.assign({ type: event.type }, messageJson(message), {
              messageId: event.messageId,
              found: records,
              batchSize,
              why,
            }),
          });
          break;
        }
        case 'visibility-lost':
          output.aside({
            level: 'warning',
            text: `Message ${event.messageId} became visible to others while it was in hand, and may be worked on twice: ${event.reason}`,
            event,
          });
          break;
        case 'retrying':
          output.detail(`${event.what} failed (${event.reason}); again in ${formatAge(event.delayMs)}`);
          break;
        case 'released':
          output.detail(`${plural(event.messages, 'message')} made visible again`);
          break;
        case 'summary':
          await showSummary(event.totals);
          break;
      }
    },
  };

  async function showSummary(totals: DrainTotals): Promise<void> {
    const to = options.dryRun ? [] : options.to.map(sink => spelledSink(sink));
    const document = { queue: opened.source.name, to, dryRun: options.dryRun, keep: options.keep, ...totals };
    const text = summaryText(totals, options);
    if (recordsOnStdout) output.aside({ level: 'note', text, event: Object.assign({ type: 'summary' }, document) });
    else if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
    else if (output.format === 'json') await output.document({ ...document, problems });
    else await output.line(text);
    if (output.format !== 'human' || totals.taken === 0) return;
    for (const hint of hints(totals, options)) output.note(hint);
  }
}

function spelledSink(sink: DrainCommandOptions['to'][number]): string {
  switch (sink.kind) {
    case 'stdout':
      return '-';
    case 'file':
      return `file:${sink.path}`;
    case 'lambda':
      return `lambda:${sink.functionName}`;
    case 'module':
      return `module:${sink.path}`;
    case 'sqs':
      return `sqs:${sink.queue.queueName}`;
    case 'sns':
      return `sns:${sink.topicArn}`;
  }
}

function problemText(event: SettledMessage, paint: Palette): string {
  const { message, outcome, loss, fate, archived, reason, records } = event;
  const what = outcome === 'failed' ? paint.bad('failed:') : paint.warn('expired:');
  const batch = message?.batch;
  const name =
    batch === undefined
      ? event.messageId
      : `${message?.failure.consumerName ?? ''}, ${batch.tableName} ${paint.shard(batch.shardId)(shardTag(batch.shardId))}, ${plural(batch.batchSize ?? 0, 'record')} from ${batch.startSequenceNumber}`;
  if (outcome === 'failed') return `${what} ${name}: ${safeText(reason ?? '')}`;
  const cause = loss?.why === 'shard-gone' ? 'its shard is gone' : 'the stream has forgotten it';
  const lost =
    loss?.all === false ? `in part (${plural(records, 'record')} left, from ${loss.leftFrom ?? '?'} on)` : 'in whole';
  const what2 = fate === 'left' ? 'left in the queue' : archived ? 'archived and deleted' : 'deleted';
  return `${what} ${name}: ${cause} ${lost}; ${what2}`;
}

function quietText({ messageId, outcome, records, reason }: SettledMessage): string {
  const why = reason === undefined ? '' : `: ${reason}`;
  return `${messageId} ${outcome}, ${plural(records, 'record')}${why}`;
}

function summaryText(totals: DrainTotals, { dryRun, moveTo }: DrainCommandOptions): string {
  const { taken, deleted, kept, foreign, expired, failed, records, durationMs } = totals;
  if (taken === 0) return 'Nothing was there that could be taken.';
  const parts: readonly (readonly [number, string])[] = [
    [deleted, moveTo === undefined ? 'deleted' : 'moved'],
    [kept, 'kept'],
    [expired, 'expired'],
    [foreign, 'foreign'],
    [failed, 'failed'],
  ];
  const fates = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  const ofFailed =
    records.takenOfFailed === 0 ? '' : `, ${formatCount(records.takenOfFailed)} more of the batches that failed`;
  const leftOut = records.leftOut === 0 ? '' : `, ${formatCount(records.leftOut)} left out by filters`;
  // Of few messages most of the time is the wait for more.
  const rate = taken < MANY || durationMs < 1_000 ? '' : ` (${formatRate((taken * 1_000) / durationMs)})`;
  const what = dryRun ? 'to be delivered' : 'delivered';
  return `${plural(taken, 'message')} taken: ${fates.join(', ')}; ${plural(records.delivered, 'record')} ${what}${ofFailed}${leftOut}, in ${formatAge(durationMs)}${rate}`;
}

function hints(totals: DrainTotals, options: DrainCommandOptions): readonly string[] {
  const { failed, expired, foreign, records } = totals;
  const isFunction = options.to.some(sink => sink.kind === 'lambda' || sink.kind === 'module');
  return [
    ...(options.dryRun ? ['Nothing was delivered or deleted (--dry-run).'] : []),
    ...(failed === 0 ? [] : ['What failed is still in the queue; the same command takes it up again.']),
    ...(records.takenOfFailed === 0 ? [] : ['The records of it that were taken by now are sent again then, too.']),
    ...(failed > 0 && isFunction && !options.invoke.bisect && records.poison === 0
      ? ['--bisect finds the records that fail.']
      : []),
    ...(expired > 0 && options.expired === 'keep' && !options.keep && !options.dryRun
      ? ['Expired messages stay until --expired archive --archive-to <file> takes them out, with what they say.']
      : []),
    ...(foreign === 0 ? [] : ['Foreign messages are no failed batches of a DynamoDB stream; they were left alone.']),
  ];
}
