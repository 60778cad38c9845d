import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { frameJson, lineJson } from '../../../src/commands/cost/estimate-json.js';
import { bundledBook } from '../../../src/lib/cost/books.js';
import { dimensionFacts, dimensionNames } from '../../../src/lib/cost/dimensions.js';
import { workloadFields } from '../../../src/lib/cost/fields.js';
import { aLoad, aWorkload, plainEstimate } from '../../lib/cost/workloads.js';

const page = await readFile(new URL('../../../docs/cost.md', import.meta.url), 'utf8');

/** The rows of the table under a header, as they stand in the page. */
function rowsUnder(header: string): readonly string[] {
  const after = page.split(`${header}\n`)[1] ?? '';
  return (after.split('\n\n')[0] ?? '').split('\n').slice(1);
}

describe('the page about costs', () => {
  it('has every field of a workload, as the flags have it', () => {
    expect(rowsUnder('| field | value | |')).toEqual(
      workloadFields.map(({ name, value, choices, list, description }) => {
        const values = choices === undefined ? `\`${value ?? 'true'}\`` : choices.map(each => `\`${each}\``).join(', ');
        return `| \`${name}\` | ${values}${list === true ? ', or a list' : ''} | ${description} |`;
      }),
    );
  });

  it('has every dimension of a price', () => {
    expect(rowsUnder('| dimension | what | price is |')).toEqual(
      dimensionNames.map(name => `| \`${name}\` | ${dimensionFacts(name).title} | ${dimensionFacts(name).perText} |`),
    );
  });

  it('has every key of the JSON', () => {
    const estimate = plainEstimate(aWorkload({ regions: [aLoad('us-east-1', 1)] }));
    const prices = { book: 'newest', typed: [], discounts: [], pricedAs: undefined } as const;
    const frame = frameJson(estimate, bundledBook(), { ...prices, includeTransfer: false, freeTier: false });
    const [line] = estimate.lines.map(lineJson);
    const keys = [frame, frame.prices, line ?? {}, line?.price ?? {}].flatMap(Object.keys);
    expect(keys.filter(key => !page.includes(`\`${key}\``))).toEqual([]);
  });
});
