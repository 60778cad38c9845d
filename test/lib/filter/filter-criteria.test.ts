import { describe, expect, it } from 'vitest';
import { parseFilterCriteria, patternTextsIn } from '../../../src/lib/filter/filter-criteria.js';

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

describe('patternTextsIn', () => {
  it.each([
    ['a pattern', ` ${insert}\n`, [insert]],
    ['filter criteria', JSON.stringify({ Filters: [{ Pattern: insert }, { Pattern: '{}' }] }), [insert, '{}']],
    ['a mapping', JSON.stringify({ UUID: 'x', FilterCriteria: { Filters: [{ Pattern: insert }] } }), [insert]],
    ['no filters', '{"Filters": []}', []],
    ['what is no JSON', '{"eventName" ["INSERT"]}', ['{"eventName" ["INSERT"]}']],
    ['a field that has the name', '{"Filters": ["x"]}', ['{"Filters": ["x"]}']],
    ['a list', '[1]', ['[1]']],
  ])('finds the patterns in %s', (_, text, patterns) => {
    expect(patternTextsIn(text)).toStrictEqual(patterns);
  });

  it('refuses a document whose patterns are no texts', () => {
    expect(() => patternTextsIn('{"Filters": [{"Pattern": {"eventName": ["INSERT"]}}]}')).toThrow(
      'has no text in Filters[0].Pattern',
    );
  });
});
