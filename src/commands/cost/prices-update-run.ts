import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CommandContext } from '../../context.js';
import { priceBookPath } from '../../data-path.js';
import { httpPriceListGateway } from '../../lib/aws/price-list-gateway.js';
import { findBook } from '../../lib/cost/find-book.js';
import { type PriceBook, priceBookJson } from '../../lib/cost/price-book.js';
import { AWS_PRICE_INDEX, priceListSource } from '../../lib/cost/price-list-sources.js';
import { type UpdateEvent, updateBook } from '../../lib/cost/update-book.js';
import { writeAtomically } from '../../lib/files/write-atomically.js';
import { DdbxError, ExitCode, usageError } from '../../lib/model/error.js';
import { plural } from '../../lib/terminal/human.js';
import { makeStatusLine } from '../../lib/terminal/status-line.js';
import type { Output } from '../../lib/terminal/output.js';
import type { PricesUpdateOptions } from './prices.js';

/** Runs `ddbx cost prices update`: the book is written once, whole, after everything has been read. */
export async function runPricesUpdate(options: PricesUpdateOptions, context: CommandContext): Promise<ExitCode> {
  const { env, clock, signal, io } = context;
  const output = context.output();
  const path = priceBookPath(env);
  if (path === undefined) {
    throw usageError(
      'There is no folder to keep prices in.',
      'Set XDG_DATA_HOME or HOME; --price takes prices one by one.',
    );
  }
  const gateway = await httpPriceListGateway(env);
  const line = makeStatusLine(io, clock);
  const out = output.above(line);
  const events: UpdateEvent[] = [];
  let before: PriceBook;
  try {
    // A book of one's own that cannot be read is what an update mends.
    before = await findBook('newest', path).catch(() => findBook('bundled', undefined));
    const source = await priceListSource(options.from ?? AWS_PRICE_INDEX, options.regions, gateway);
    for await (const event of updateBook(before, source, clock.now(), signal)) {
      events.push(event);
      if (event.type === 'region') line.set(() => `Read ${event.region}`);
      await draw(event, out);
    }
  } finally {
    line.end();
    gateway.close();
  }
  const summary = events.findLast(event => event.type === 'summary');
  if (summary?.type !== 'summary') throw new RangeError('an update ends with a summary');
  const isNews = summary.taken > 0 || summary.book.checkedOn !== before.checkedOn;
  const isWritten = !options.dryRun && isNews;
  if (isWritten) await writeBook(path, summary.book);
  if (options.showAws) output.note(`$ curl --silent ${AWS_PRICE_INDEX}`);
  await finish({ summary, path, isWritten, dryRun: options.dryRun, events }, output);
  return summary.refused > 0 ? ExitCode.partial : ExitCode.done;
}

async function draw(event: UpdateEvent, output: Output): Promise<void> {
  switch (event.type) {
    case 'found':
      output.detail(`${plural(event.files, 'price list')} at ${event.source}`);
      break;
    case 'region':
      if (output.format === 'ndjson') await output.event(event);
      else if (output.format === 'human' && event.taken > 0) {
        await output.line(
          `${event.region}: ${plural(event.taken, 'price')} of version ${event.version}, ${event.changed} changed`,
        );
      }
      break;
    case 'refused':
      output.warn(`${event.file} is not used: ${event.reason}. What was known stays.`);
      if (output.format === 'ndjson') await output.event(event);
      break;
    case 'oddity':
      output.detail(event.text);
      if (output.format === 'ndjson') await output.event(event);
      break;
    case 'summary':
      break;
  }
}

async function writeBook(path: string, book: PriceBook): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeAtomically(path, `${JSON.stringify(priceBookJson(book))}\n`);
  } catch (error) {
    throw new DdbxError({
      code: 'price-book-not-written',
      message: `The price book ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'The prices that were there stay. Check the folder, or set XDG_DATA_HOME.',
      cause: error,
    });
  }
}

interface Finish {
  readonly summary: Extract<UpdateEvent, { type: 'summary' }>;
  readonly path: string;
  readonly isWritten: boolean;
  readonly dryRun: boolean;
  readonly events: readonly UpdateEvent[];
}

async function finish({ summary, path, isWritten, dryRun, events }: Finish, output: Output): Promise<void> {
  const { regions, refused, taken, changed, book } = summary;
  const oddities = events.filter(event => event.type === 'oddity');
  const [odd] = oddities;
  if (odd !== undefined && output.format === 'human') {
    output.warn(
      `${plural(oddities.length, 'row')} of the price list ${oddities.length === 1 ? 'is' : 'are'} not as expected, such as: ${odd.text}. --verbose shows all.`,
    );
  }
  const totals = {
    regions,
    refused,
    taken,
    changed,
    version: book.version,
    publishedOn: book.publishedOn,
    path,
    written: isWritten,
  };
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...totals });
  else if (output.format === 'json') {
    await output.document({
      ...totals,
      files: events.filter(({ type }) => type === 'region' || type === 'refused'),
      oddities: oddities.map(({ text }) => text),
    });
  } else if (taken === 0) {
    await output.line(`unchanged: what is known of ${plural(regions, 'Region')} is as new as that`);
  } else {
    const what = `${plural(taken, 'price')} of ${plural(regions, 'Region')}, ${changed} of them changed`;
    await output.line(isWritten ? `${what}: kept in ${path}` : `${what}: would be kept in ${path}`);
  }
  if (dryRun) output.note('Nothing was changed (--dry-run).');
}
