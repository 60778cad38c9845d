import { performance } from 'node:perf_hooks';
import { compileMatcher, type JsonObject } from '../src/lib/filter/compile-matcher.js';
import { parsePattern } from '../src/lib/filter/parse-pattern.js';
import { compileRecordFilter } from '../src/lib/streams/record-filter.js';
import { scanPage } from '../src/lib/streams/record-page.js';
import type { StreamRecord } from '../src/lib/streams/stream-record.js';
import { orders, ordersPage } from './orders.js';

/**
 * How many 1.2 KB records a filter judges on one core: parsed ones, and ones that come as bytes in full pages.
 * `npx tsx bench/filter.bench.ts`
 */
const RECORDS = 833;
const ROUND_MS = 1500;
const ROUNDS = 3;

/** Five conditions, all of which hold: the matcher cannot stop early. */
const fiveConditions = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: {
    NewImage: {
      pk: { S: [{ prefix: 'order#' }] },
      status: { S: ['SHIPPED', 'DELIVERED', { prefix: 'RETURN' }] },
      customer: { M: { tier: { S: ['gold'] } } },
    },
    OldImage: { status: { S: [{ 'anything-but': ['SHIPPED', 'DELIVERED'] }] } },
  },
};
const firstLeafFails = { ...fiveConditions, eventName: ['INSERT'] };
const eventOnly = { eventName: ['INSERT'] };

const objects = orders(RECORDS) as readonly JsonObject[];
const page = ordersPage(RECORDS);

const patternOf = (pattern: object) => parsePattern(JSON.stringify(pattern));

/** Judges all records, and gives how many passed. */
function onObjects(pattern: object): () => number {
  const matches = compileMatcher([patternOf(pattern)]);
  return () => {
    let passed = 0;
    for (const record of objects) if (matches(record)) passed++;
    return passed;
  };
}

function onBytes(pattern: object): () => number {
  const accepts = compileRecordFilter({ patterns: [patternOf(pattern)] });
  return () => scanPage(page).records.filter(record => accepts(record)).length;
}

function onParsed(pattern: object): () => number {
  const matches = compileMatcher([patternOf(pattern)]);
  const judge = (record: StreamRecord): boolean => matches({ ...record.parsed() });
  return () => scanPage(page).records.filter(judge).length;
}

const contenders: readonly { readonly name: string; readonly run: () => number; readonly passing: number }[] = [
  { name: 'objects, five conditions, all hold', run: onObjects(fiveConditions), passing: RECORDS },
  { name: 'objects, the first condition fails', run: onObjects(firstLeafFails), passing: 0 },
  { name: 'bytes, five conditions, all hold', run: onBytes(fiveConditions), passing: RECORDS },
  { name: 'bytes, the same by parsing them', run: onParsed(fiveConditions), passing: RECORDS },
  { name: 'bytes, the event decides', run: onBytes(firstLeafFails), passing: 0 },
  { name: 'bytes, a pattern of the event alone', run: onBytes(eventOnly), passing: 0 },
  { name: 'bytes, scanned without a filter', run: () => scanPage(page).records.length, passing: RECORDS },
];

/** Records a second, over at least `ROUND_MS`. */
function measure(run: () => number): number {
  let rounds = 0;
  const startMs = performance.now();
  let elapsedMs = 0;
  while (elapsedMs < ROUND_MS) {
    run();
    rounds++;
    elapsedMs = performance.now() - startMs;
  }
  return (rounds * RECORDS * 1000) / elapsedMs;
}

const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
for (const { name, run, passing } of contenders) {
  if (run() !== passing) throw new Error(`${name}: ${run()} records passed, not ${passing}`);
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) best = Math.max(best, measure(run));
  console.log(`${name.padEnd(38)} ${count.format(best).padStart(12)} records/s`);
}
