import type { JsonObject } from '../../lib/filter/compile-matcher.js';
import type { ExplainedFilter, ExplainedLeaf, Found } from '../../lib/filter/explain-match.js';
import type { Pattern } from '../../lib/filter/pattern.js';
import { formatPath } from '../../lib/model/attribute-path.js';
import { isJsonObject } from '../../lib/model/json-object.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { renderTable } from '../../lib/terminal/table.js';
import { safeText } from '../../lib/terminal/text.js';

/** A record, and each filter explained on it. */
export interface ExplainedRecord {
  /** Counted from 1. */
  readonly number: number;
  readonly value: JsonObject;
  readonly passes: boolean;
  readonly filters: readonly (ExplainedFilter & { readonly pattern: Pattern })[];
}

/** The explanation as JSON. */
export function explainedJson({ number, passes, filters }: ExplainedRecord) {
  return {
    record: number,
    passes,
    filters: filters.map((filter, i) => ({
      filter: i + 1,
      pattern: filter.pattern.text,
      passes: filter.passes,
      spread: filter.isSpread,
      leaves: filter.leaves.map(leaf => ({
        path: formatPath(leaf.path),
        passes: leaf.passes,
        found: leaf.found.kind,
        values: leaf.found.kind === 'values' ? leaf.found.values : [],
        missing: leaf.found.kind === 'nothing' ? formatPath(leaf.found.missing) : null,
        conditions: leaf.conditions,
      })),
    })),
  };
}

/** The explanation for people: a row for each leaf. */
export async function explainedText({ number, value, passes, filters }: ExplainedRecord, io: Io): Promise<string> {
  const paint = makePalettes(io).stdout;
  const verdict = (does: boolean): string => (does ? paint.good('passes') : paint.bad('does not pass'));
  const lines = [`Record ${number}${identityOf(value)} ${verdict(passes)}.`];
  for (const [i, filter] of filters.entries()) {
    const name = filters.length === 1 ? '' : `Filter ${i + 1} ${verdict(filter.passes)}.\n`;
    const rows = filter.leaves.map(leaf => [
      leaf.passes ? paint.good('yes') : paint.bad('no'),
      paint.key(safeText(formatPath(leaf.path))),
      safeText(foundText(leaf.found)),
      safeText(wantedText(leaf)),
    ]);
    const table = await renderTable(COLUMNS, rows, io);
    const spread = filter.isSpread ? '\nEach holds by itself, but not all of them in one member of a list.' : '';
    lines.push(`\n${name}${table}${spread}`);
  }
  return lines.join('\n');
}

const COLUMNS = [
  { header: 'HOLDS', key: true },
  { header: 'PATH', key: true },
  { header: 'FOUND' },
  { header: 'WANTED' },
];

/** What was found at the leaf's path, in a few words. */
export function foundText(found: Found): string {
  switch (found.kind) {
    case 'values':
      return found.values.map(value => JSON.stringify(value)).join(', ');
    case 'object':
      return 'an object, not a value';
    case 'nothing':
      return `nothing: no ${formatPath(found.missing)}`;
  }
}

function wantedText({ conditions }: ExplainedLeaf): string {
  return conditions.map(({ condition }) => JSON.stringify(condition)).join(' or ');
}

/** `, MODIFY {"pk":{"S":"order#1"}},` when it is a record of a stream. */
function identityOf({ eventName, dynamodb }: JsonObject): string {
  if (typeof eventName !== 'string' || !isJsonObject(dynamodb) || dynamodb['Keys'] === undefined) return '';
  return `, ${safeText(`${eventName} ${JSON.stringify(dynamodb['Keys'])}`)},`;
}
