import { performance } from 'node:perf_hooks';
import { scanPage } from '../src/lib/streams/record-page.js';
import { lambdaSplice, writeNdjson } from '../src/lib/streams/stream-record.js';
import { EVENT_SOURCE_ARN, ordersPage } from './orders.js';

/**
 * How fast full pages of 1.2 KB records become NDJSON on one core: by slices, and by JSON.parse and JSON.stringify.
 * `npx tsx bench/record-page.bench.ts`
 */
const RECORDS_PER_PAGE = 833;
const ROUND_MS = 1500;
const ROUNDS = 3;
const SHARD_ID = 'shardId-00000001795306399123-1a2b3c4d';

const page = ordersPage(RECORDS_PER_PAGE);
const splice = lambdaSplice(EVENT_SOURCE_ARN, SHARD_ID);

const bySlices = (): number => writeNdjson(scanPage(page).records, splice).length;

const byParsing = (): number => {
  const parsed = JSON.parse(page.toString('utf8')) as { readonly Records: readonly object[] };
  let lines = '';
  for (const record of parsed.Records) {
    lines += `${JSON.stringify({ ...record, eventSourceARN: EVENT_SOURCE_ARN, shardId: SHARD_ID })}\n`;
  }
  return Buffer.from(lines).length;
};

/** Records a second, over at least `ROUND_MS`. */
function measure(run: () => number): number {
  let pages = 0;
  const startMs = performance.now();
  let elapsedMs = 0;
  while (elapsedMs < ROUND_MS) {
    run();
    pages++;
    elapsedMs = performance.now() - startMs;
  }
  return (pages * RECORDS_PER_PAGE * 1000) / elapsedMs;
}

if (bySlices() !== byParsing()) throw new Error('the two ways disagree; a comparison would mean nothing');
const best = { slices: 0, parsing: 0 };
for (let round = 0; round < ROUNDS; round++) {
  best.slices = Math.max(best.slices, measure(bySlices));
  best.parsing = Math.max(best.parsing, measure(byParsing));
}
const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
console.log(
  `page: ${count.format(page.length)} bytes, ${RECORDS_PER_PAGE} records of ${count.format(page.length / RECORDS_PER_PAGE)} bytes`,
);
console.log(`scan, slice, splice to NDJSON   ${count.format(best.slices)} records/s`);
console.log(`JSON.parse and JSON.stringify   ${count.format(best.parsing)} records/s`);
console.log(`ratio                           ${(best.slices / best.parsing).toFixed(1)} x`);
