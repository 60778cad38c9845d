import type { CommandContext } from '../../context.js';
import { formatInstant } from '../../lib/model/instant.js';
import { formatBytes } from '../../lib/model/size.js';
import type { ExportManifest } from '../../lib/streams/export-manifest.js';
import type { ExportEvent } from '../../lib/streams/export-stream.js';
import { manifestPathOf } from '../../lib/streams/export-target.js';
import { formatAge, formatCount, formatRate, plural } from '../../lib/terminal/human.js';
import type { Output } from '../../lib/terminal/output.js';
import { makeStatusLine } from '../../lib/terminal/status-line.js';
import { safeText } from '../../lib/terminal/text.js';
import { asideOf } from './tail-words.js';

/** Draws the events of an export. */
export interface ExportView {
  /** Resolves when the event has been written. */
  draw(event: ExportEvent): Promise<void>;
  /** Gives the terminal back. */
  end(): void;
}

interface ExportViewParts {
  readonly to: string;
  readonly context: CommandContext;
  readonly output: Output;
}

/** Makes the view: sentences, one document, or events. When the records go to stdout, all of it goes to stderr. */
export function makeExportView({ to, context, output }: ExportViewParts): ExportView {
  const { io, clock } = context;
  const line = makeStatusLine(io, clock);
  const out = output.above(line);
  const startedAtMs = clock.now();
  const isPipe = to === '-';
  return {
    async draw(event) {
      switch (event.type) {
        case 'export-started':
          if (event.resumed)
            out.aside({
              level: 'note',
              text: resumedText(event.manifest, to),
              event: resumedEvent(event.manifest, to),
            });
          break;
        case 'export-progress': {
          const { records, bytes, newestMs } = event;
          line.set(() => {
            const nowMs = clock.now();
            const seconds = Math.max(1, (nowMs - startedAtMs) / 1_000);
            return `${plural(records, 'record')}, ${formatBytes(bytes)}, ${formatRate(bytes / 1_048_576 / seconds).replace('/s', ' MB/s')}, ${formatAge(nowMs - newestMs)} behind  Ctrl-C stops; the same command goes on`;
          });
          break;
        }
        case 'export-committed':
          if (!isPipe && out.format === 'ndjson') await out.event(event);
          break;
        case 'summary':
          line.end();
          await showSummary(event, { to, output, isPipe });
          break;
        default: {
          const aside = asideOf(event);
          if (aside === undefined) break;
          // What a shard does is of interest while one watches a tail; here it is detail.
          if (aside.level === 'note' && out.format === 'human') out.detail(aside.text);
          else out.aside(aside);
        }
      }
    },
    end() {
      line.end();
    },
  };
}

type Summary = Extract<ExportEvent, { type: 'summary' }>;

interface SummaryParts {
  readonly to: string;
  readonly output: Output;
  readonly isPipe: boolean;
}

async function showSummary(event: Summary, { to, output, isPipe }: SummaryParts): Promise<void> {
  const document = {
    outcome: event.outcome,
    file: isPipe ? null : to,
    manifest: isPipe ? null : manifestPathOf(to),
    ...withoutVersion(event.manifest),
  };
  const text = summaryText(event, to);
  if (isPipe) output.aside({ level: 'note', text, event: Object.assign({ type: 'summary' }, document) });
  else if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else if (output.format === 'json') await output.document(document);
  else await output.line(text);
}

function withoutVersion({ version: _version, ...rest }: ExportManifest): Omit<ExportManifest, 'version'> {
  return rest;
}

function summaryText({ outcome, manifest }: Summary, to: string): string {
  const where = to === '-' ? 'written' : `in ${safeText(to)} (${formatBytes(manifest.committedBytes)})`;
  const what = `${plural(manifest.records, 'record')} of ${manifest.tableName} ${where}`;
  const shards = Object.values(manifest.shards).filter(shard => shard.records > 0).length;
  const span = spanOf(manifest);
  const gaps =
    manifest.gaps.length === 0
      ? ''
      : `; ${plural(manifest.gaps.length, 'gap')}: what is lost is in ${manifestPathOf(safeText(to))}`;
  switch (outcome) {
    case 'complete':
      return `${what}, from ${plural(shards, 'shard')}${span}${to === '-' ? '' : gaps}`;
    case 'unchanged':
      return `${what} already: the export is complete, nothing was read. --overwrite begins it anew.`;
    case 'interrupted':
      return to === '-'
        ? `Interrupted: ${what}`
        : `Interrupted: ${what} are safe. The same command goes on from there.`;
  }
}

function spanOf({ shards }: ExportManifest): string {
  const first = Object.values(shards)
    .flatMap(shard => shard.firstAt ?? [])
    .toSorted()[0];
  const last = Object.values(shards)
    .flatMap(shard => shard.lastAt ?? [])
    .toSorted()
    .at(-1);
  return first === undefined || last === undefined ? '' : `, written ${first} to ${last}`;
}

function resumedText(manifest: ExportManifest, to: string): string {
  const since = manifest.since === null ? '' : `, records since ${formatInstant(Date.parse(manifest.since))}`;
  return `Going on with ${safeText(to)}: ${formatCount(manifest.records)} records are in it${since}`;
}

function resumedEvent(manifest: ExportManifest, to: string) {
  return { type: 'export-resumed', file: to, records: manifest.records, committedBytes: manifest.committedBytes };
}
