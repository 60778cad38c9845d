import type { CommandContext } from '../../context.js';
import { formatBytes } from '../../lib/model/size.js';
import type { ReplayEvent, SentBatch } from '../../lib/streams/replay.js';
import type { ReplayTotals } from '../../lib/streams/replay-totals.js';
import { formatAge, plural } from '../../lib/terminal/human.js';
import type { Output } from '../../lib/terminal/output.js';
import { makePalettes, type Palette } from '../../lib/terminal/palette.js';
import { shardTag } from '../../lib/terminal/record-blocks.js';
import { safeText, truncate } from '../../lib/terminal/text.js';
import { reachFlags, shellWord } from './aws-lines.js';
import type { ReplayCommandOptions } from './replay.js';
import { asideOf } from './tail-words.js';

/** Draws the events of a replay. */
export interface ReplayView {
  /** Resolves when the event has been written. */
  draw(event: ReplayEvent): Promise<void>;
}

interface ReplayViewParts {
  readonly options: ReplayCommandOptions;
  readonly context: CommandContext;
  readonly output: Output;
}

/** An answer is told, not shown whole, when it is longer. */
const LONGEST_RESPONSE = 200;
const MOST_NUMBERS = 5;

/** Makes the view: a line a batch, one document, or events. */
export function makeReplayView({ options, context, output }: ReplayViewParts): ReplayView {
  const paint = makePalettes(context.io).stdout;
  if (options.showAws || options.dryRun) {
    const line = awsLine(options, context);
    if (line !== undefined && output.format === 'human') output.note(`$ ${line}`);
  }
  let lastBatch = 0;
  return {
    async draw(event) {
      switch (event.type) {
        case 'batch-planned':
          if (output.format === 'ndjson') await output.event(event);
          else if (output.format === 'human')
            await output.line(`${batchText(event, paint.bold(`batch ${event.batch}`), paint)}  not sent (--dry-run)`);
          break;
        case 'batch-answered':
          if (output.format === 'ndjson') await output.event(event);
          else if (output.format === 'human')
            await output.line(answerText(event, leadOf(event, lastBatch, paint), paint));
          lastBatch = event.batch;
          break;
        case 'records-failed':
          if (output.format === 'ndjson') await output.event(event);
          else if (output.format === 'human') await output.line(failedText(event, paint));
          break;
        case 'summary':
          await showSummary(event.totals, options, output);
          break;
        default: {
          const aside = asideOf(event);
          if (aside === undefined) break;
          if (aside.level === 'note' && output.format === 'human') output.detail(aside.text);
          else output.aside(aside);
        }
      }
    },
  };
}

/** The `aws` command line that sends one batch; undefined where the consumer is no function of AWS. */
function awsLine({ to }: ReplayCommandOptions, { globals }: CommandContext): string | undefined {
  if (to.kind !== 'lambda') return undefined;
  const reach = reachFlags({ ...globals, region: to.region ?? globals.region });
  return `aws lambda invoke --function-name ${shellWord(to.functionName)} --payload fileb://event.json response.json${reach}`;
}

function batchText(sent: SentBatch, lead: string, paint: Palette): string {
  const { shardId, records, bytes, firstSequenceNumber } = sent;
  const shard = shardId === undefined ? '' : `  ${paint.shard(shardId)(shardTag(shardId))}`;
  return `${lead}${shard}  ${plural(records, 'record')}  ${formatBytes(bytes)}  ${paint.dim(`from ${firstSequenceNumber}`)}`;
}

type Answered = Extract<ReplayEvent, { type: 'batch-answered' }>;

function answerText(event: Answered, lead: string, paint: Palette): string {
  const { outcome, status, durationMs, next } = event;
  const outcomePaint = { success: paint.good, partial: paint.warn, failed: paint.bad }[outcome];
  const words = [
    batchText(event, lead, paint),
    outcomePaint(outcome === 'success' ? 'ok' : outcome),
    ...(status === undefined ? [] : [String(status)]),
    durationMs < 1 ? '<1ms' : formatAge(durationMs),
    ...(outcome === 'failed' ? [failureText(event)] : []),
    ...(outcome === 'partial' ? [`failed from ${event.failedFrom ?? '?'} on`] : []),
    ...(event.response === undefined || outcome === 'partial' ? [] : [paint.dim(responseText(event.response))]),
    ...(next === 'retry' ? [paint.warn('is sent again')] : []),
    ...(next === 'split' ? [paint.warn('is split')] : []),
  ];
  return words.join('  ');
}

/** Names a batch the first time, and what is sent of it again after that. */
function leadOf({ batch, attempt }: Answered, lastBatch: number, paint: Palette): string {
  if (batch !== lastBatch) return paint.bold(`batch ${batch}`);
  return attempt === 1 ? '  part' : `  retry ${attempt - 1}`;
}

function failureText({ errorType, reason }: Answered): string {
  return safeText([errorType, reason].filter(part => part !== undefined && part !== '').join(': '));
}

function responseText(response: unknown): string {
  return truncate(safeText(typeof response === 'string' ? response : JSON.stringify(response)), LONGEST_RESPONSE);
}

function failedText(event: Extract<ReplayEvent, { type: 'records-failed' }>, paint: Palette): string {
  const { sequenceNumbers, shardId, reason, isAlone } = event;
  const where = shardId === undefined ? '' : ` of shard ${shardId}`;
  const shown = sequenceNumbers.slice(0, MOST_NUMBERS).join(', ');
  const more =
    sequenceNumbers.length > MOST_NUMBERS
      ? ` and ${plural(sequenceNumbers.length - MOST_NUMBERS, 'more', 'more')}`
      : '';
  const what = isAlone ? 'poison record' : `${plural(sequenceNumbers.length, 'record')} failed`;
  return `${paint.bad(`${what}:`)} ${shown}${more}${where} (${safeText(reason)})`;
}

async function showSummary(totals: ReplayTotals, options: ReplayCommandOptions, output: Output): Promise<void> {
  const document = { dryRun: options.dryRun, ...totals };
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else if (output.format === 'json') await output.document(document);
  else await output.line(summaryText(totals, options));
}

function summaryText(totals: ReplayTotals, { dryRun, bisect }: ReplayCommandOptions): string {
  const { batches, invocations, delivered, failed, passedOver, durationMs } = totals;
  const left = passedOver === 0 ? '' : `; ${plural(passedOver, 'record')} not wanted`;
  if (dryRun) return `${plural(batches, 'batch', 'batches')}, nothing was sent (--dry-run)${left}`;
  const calls = invocations === batches ? '' : ` in ${plural(invocations, 'call')}`;
  const took = `${plural(batches, 'batch', 'batches')}${calls}: ${plural(delivered, 'record')} taken, ${failed} failed, in ${formatAge(durationMs)}${left}`;
  const hint = failed > 1 && !bisect ? '; --bisect finds the records that fail' : '';
  return took + hint;
}
