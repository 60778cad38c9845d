import { describe, expect, it } from 'vitest';
import { parseFilterCriteria } from '../../../src/lib/filter/filter-criteria.js';

const insert = '{"eventName": ["INSERT"]}';

describe('parseFilterCriteria', () => {
  it.each([[undefined], [null], [{}], [{ Filters: [] }]])('finds no filter in %j', criteria => {
    expect(parseFilterCriteria(criteria)).toStrictEqual([]);
  });

  it('gives the patterns in their order', () => {
    const patterns = parseFilterCriteria({ Filters: [{ Pattern: insert }, { Pattern: '{"a": [1]}' }] });
    expect(patterns.map(({ text }) => text)).toStrictEqual([insert, '{"a": [1]}']);
  });

  it('names the filter that is not valid', () => {
    const criteria = { Filters: [{ Pattern: insert }, { Pattern: '{"a": 1}' }] };
    expect(() => parseFilterCriteria(criteria)).toThrow('Filter 2 is not valid: a: a value must stand in a list');
    expect(() => parseFilterCriteria({ Filters: [{ Pattern: '{}' }] })).toThrow('The filter is not valid: an empty');
  });

  it.each([
    ['text', 'has no list of "Filters"'],
    [{ Filters: 'x' }, 'has no list of "Filters"'],
    [{ Filters: [{}] }, 'has no text in Filters[0].Pattern'],
    [{ Filters: [{ Pattern: { eventName: ['INSERT'] } }] }, 'has no text in Filters[0].Pattern'],
  ])('refuses %j, which is shaped otherwise', (criteria, what) => {
    expect(() => parseFilterCriteria(criteria)).toThrow(what);
  });
});
