import { describe, expect, it } from 'vitest';
import { chooseFilters } from '../../src/commands/chosen-filters.js';
import { filterChoice } from '../../src/commands/filter-options.js';
import { parseMappingRef } from '../../src/lib/esm/mapping-ref.js';
import { fakeClock } from '../support/fake-clock.js';
import { fakeContext } from '../support/fake-context.js';
import { type FakeMapping, fakeMappings } from '../support/fake-mappings.js';

const INSERT = '{"eventName": ["INSERT"]}';
const clock = fakeClock(Date.UTC(2026, 10, 23));
const asMapping = parseMappingRef('Orders:orders-indexer');

/** What a choice comes to: the patterns, what was said, and in which Regions a mapping was looked for. */
async function chosen(choice: Parameters<typeof chooseFilters>[0], mapping: FakeMapping = {}, region?: string) {
  const regions: string[] = [];
  const context = fakeContext({
    clock,
    aws: {
      mappings: async asked => {
        regions.push(asked);
        return fakeMappings(clock, [mapping]);
      },
    },
  });
  const patterns = await chooseFilters(choice, context, context.output()).patterns(region);
  return { texts: patterns?.map(({ text }) => text), stderr: context.io.stderrText, regions };
}

describe('chooseFilters', () => {
  it('chooses nothing, and asks nobody, when nothing was said', async () => {
    const nothing = { texts: undefined, stderr: '', regions: [] };
    expect(await chosen({ filters: [], asMapping: undefined })).toStrictEqual(nothing);
  });

  it('takes what --filter says, and asks nobody', async () => {
    const { texts, regions } = await chosen({ filters: [INSERT, ' {"a": [1]} '], asMapping: undefined });
    expect([texts, regions]).toStrictEqual([[INSERT, '{"a": [1]}'], []]);
  });

  it('refuses what is not valid before it is asked for patterns', () => {
    const context = fakeContext({ clock });
    const choose = () => chooseFilters({ filters: ['{}'], asMapping: undefined }, context, context.output());
    expect(choose).toThrow('The filter is not valid');
  });

  it('takes the filters of a mapping, from the Region of the table', async () => {
    const mapping = { settings: { filters: [INSERT] } };
    const found = await chosen({ filters: [], asMapping }, mapping, 'us-west-2');
    expect(found).toStrictEqual({ texts: [INSERT], stderr: '', regions: ['us-west-2'] });
  });

  it('believes the Region of an ARN rather than that of the table', async () => {
    const arn = 'arn:aws:lambda:ap-south-1:111122223333:event-source-mapping:14e0db71-5d35-4eb5-b481-000000000001';
    const { regions } = await chosen({ filters: [], asMapping: parseMappingRef(arn) }, {}, 'us-west-2');
    expect(regions).toStrictEqual(['ap-south-1']);
  });

  it('lets all pass for a mapping without filters, and says so', async () => {
    const { texts, stderr } = await chosen({ filters: [], asMapping });
    expect(texts).toStrictEqual([]);
    expect(stderr).toBe('The mapping has no filters: every record passes.\n');
  });

  it('warns of filters that let nothing pass', async () => {
    const never = '{"eventName": ["insert"]}';
    const warning = 'warning: No record can pass the filter as it is; ddbx filter check tells why.\n';
    expect((await chosen({ filters: [never], asMapping: undefined })).stderr).toBe(warning);
    expect((await chosen({ filters: [], asMapping }, { settings: { filters: [never] } })).stderr).toBe(warning);
    expect((await chosen({ filters: [never, INSERT], asMapping: undefined })).stderr).toBe('');
  });
});

describe('filterChoice', () => {
  it('takes one way of choosing, not both', () => {
    expect(filterChoice({})).toStrictEqual({ filters: [], asMapping: undefined });
    expect(filterChoice({ filter: [INSERT] })).toStrictEqual({ filters: [INSERT], asMapping: undefined });
    expect(() => filterChoice({ filter: [INSERT], asMapping })).toThrow('both say which records pass');
  });
});
