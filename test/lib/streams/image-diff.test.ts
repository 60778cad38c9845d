import { describe, expect, it } from 'vitest';
import type { AttributeMap, AttributeValue } from '../../../src/lib/model/attribute-value.js';
import { changedTopLevel, diffImages } from '../../../src/lib/streams/image-diff.js';
import { aRecord } from './records.js';

const list = (...L: AttributeValue[]): AttributeMap => ({ items: { L } });
const item = (sku: string, qty: string): AttributeValue => ({ M: { sku: { S: sku }, qty: { N: qty } } });

function summary(oldImage: AttributeMap, newImage: AttributeMap): readonly string[] {
  return diffImages(oldImage, newImage).map(change => `${change.kind} ${change.path}`);
}

describe('diffImages', () => {
  it.each<[string, AttributeMap, AttributeMap, readonly string[]]>([
    ['nothing', { a: { N: '1E+2' } }, { a: { N: '100' } }, []],
    ['order in a set', { a: { SS: ['x', 'y'] } }, { a: { SS: ['y', 'x'] } }, []],
    ['a value', { a: { S: 'x' } }, { a: { S: 'y' } }, ['changed a']],
    ['a type', { a: { S: '1' } }, { a: { N: '1' } }, ['changed a']],
    ['a type of set', { a: { SS: ['1'] } }, { a: { NS: ['1'] } }, ['changed a']],
    ['a map to a list', { a: { M: {} } }, { a: { L: [] } }, ['changed a']],
    ['what came and went', { a: { S: 'x' } }, { b: { S: 'x' } }, ['removed a', 'added b']],
    ['a nested value', { a: { M: { b: { S: 'x' } } } }, { a: { M: { b: { S: 'y' } } } }, ['changed a.b']],
    ['an odd name', { a: { M: { 'b.c': { S: 'x' } } } }, { a: { M: { 'b.c': { S: 'y' } } } }, ['changed a["b.c"]']],
    ['a name of Object', {}, { toString: { S: 'x' } }, ['added toString']],
    [
      'a head insertion',
      list(item('A', '1'), item('B', '1')),
      list(item('X', '1'), item('A', '1'), item('B', '1')),
      ['added items[0]'],
    ],
    ['a head removal', list(item('A', '1'), item('B', '1')), list(item('B', '1')), ['removed items[0]']],
    [
      'an insertion in the middle',
      list({ N: '1' }, { N: '2' }),
      list({ N: '1' }, { N: '9' }, { N: '2.0' }),
      ['added items[1]'],
    ],
    [
      'a head insertion and a change behind it',
      list(item('A', '1'), item('B', '1')),
      list(item('X', '7'), item('A', '2'), item('B', '1')),
      ['added items[0]', 'changed items[1].qty'],
    ],
    ['an element', list({ S: 'a' }, { S: 'b' }), list({ S: 'a' }, { S: 'c' }), ['changed items[1]']],
    ['the type of an element', list({ S: 'a' }), list({ N: '1' }), ['changed items[0]']],
    ['all elements', list({ S: 'a' }, { S: 'b' }), list(), ['removed items[0]', 'removed items[1]']],
    [
      'a swap',
      list({ S: 'a' }, { S: 'b' }, { S: 'c' }),
      list({ S: 'c' }, { S: 'b' }, { S: 'a' }),
      ['removed items[0]', 'removed items[1]', 'added items[1]', 'added items[2]'],
    ],
  ])('tells %s', (_name, oldImage, newImage, expected) => {
    expect(summary(oldImage, newImage)).toEqual(expected);
  });

  it('tells the members of a set that came and went', () => {
    const [change] = diffImages({ a: { NS: ['1', '2'] } }, { a: { NS: ['2.0', '3'] } });
    expect(change).toEqual({
      path: 'a',
      segments: ['a'],
      kind: 'set',
      old: { NS: ['1', '2'] },
      new: { NS: ['2.0', '3'] },
      addedMembers: ['3'],
      removedMembers: ['1'],
    });
  });

  it('carries both values', () => {
    expect(diffImages({ a: { S: 'x' } }, { a: { S: 'y' } })).toEqual([
      { path: 'a', segments: ['a'], kind: 'changed', old: { S: 'x' }, new: { S: 'y' } },
    ]);
  });

  it('stays bounded with very long lists', () => {
    const numbers = Array.from({ length: 3000 }, (_, n) => ({ N: String(n) }));
    expect(summary(list(...numbers), list({ S: 'new' }, ...numbers))).toEqual(['added items[0]']);
    const others = numbers.map(({ N }) => ({ N: `${N}.5` }));
    expect(summary(list(...numbers), list(...others))).toHaveLength(3000);
  });
});

describe('changedTopLevel', () => {
  it('names the attributes that differ', () => {
    const record = aRecord(
      {},
      {
        OldImage: { a: { N: '1' }, b: { N: '1' }, c: { S: '' } },
        NewImage: { a: { N: '1.0' }, b: { N: '2' }, d: { S: '' } },
      },
    );
    expect(changedTopLevel(record)).toEqual(['b', 'c', 'd']);
  });

  it('names none where there is nothing to compare', () => {
    expect(changedTopLevel(aRecord({ eventName: 'INSERT' }))).toEqual([]);
    expect(changedTopLevel(aRecord({}, { OldImage: undefined }))).toEqual([]);
    expect(changedTopLevel(aRecord({}, { NewImage: undefined }))).toEqual([]);
  });
});
