import type { PriceBook } from '../../lib/cost/price-book.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { wrapWords } from '../../lib/terminal/text.js';
import type { PriceOptions } from './price-options.js';

const INDENT = '  ';

/** Sentences under a title, for people: on a terminal they are broken between words, into a pipe each is a line. */
export function sentenceList(title: string, sentences: readonly string[], io: Io): string {
  const { bold, dim } = makePalettes(io).stdout;
  const width = io.stdoutIsTty ? io.width - INDENT.length : Number.POSITIVE_INFINITY;
  const lines = sentences.flatMap(sentence => wrapWords(sentence, width));
  return [bold(title), ...lines.map(line => dim(`${INDENT}${line}`))].join('\n');
}

/** Which prices were used, in sentences. */
export function pricesSentences(book: PriceBook, { typed, discounts, pricedAs }: PriceOptions): readonly string[] {
  return [
    `Book ${book.version}, published ${book.publishedOn}.`,
    ...typed.map(({ region, dimension, usd }) => `Typed: ${region} ${dimension} $${usd.toFixed()}.`),
    ...discounts.map(
      ({ share, dimension }) => `Discount: ${share.times(100).toFixed()}% off ${dimension ?? 'everything'}.`,
    ),
    ...(pricedAs === undefined ? [] : [`Every Region is priced as ${pricedAs}, which is not what it costs there.`]),
  ];
}
