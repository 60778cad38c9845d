import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearNames } from '../../../src/lib/model/near-names.js';

describe('nearNames', () => {
  const tables = ['Orders', 'OrderItems', 'Customers', 'prod-Orders', 'Invoices'];

  it.each([
    ['Ordres', ['Orders']],
    ['orders', ['Orders', 'prod-Orders']],
    ['Order', ['Orders', 'OrderItems', 'prod-Orders']],
    ['prodorders', ['prod-Orders', 'Orders']],
    ['Custmoers', ['Customers']],
    ['Shipments', []],
  ])('finds what "%s" probably meant', (typed, expected) => {
    expect(nearNames(typed, tables)).toEqual(expected);
  });

  it('names three at most, the nearest first', () => {
    expect(nearNames('table', ['table-3', 'table1', 'table', 'table-22', 'tabel'])).toEqual([
      'table',
      'tabel',
      'table1',
    ]);
  });

  it('takes a very short name for near to nothing but itself and one error', () => {
    expect(nearNames('abc', ['xyz', 'abd', 'axz'])).toEqual(['abd']);
  });
});

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['orders', 'ordres', 1],
    ['orders', 'order', 1],
    ['kitten', 'sitting', 3],
  ])('%s and %s differ by the right number of edits', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is symmetric, zero only for equal texts, and at most the longer length', () => {
    const text = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
