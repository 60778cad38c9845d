import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AttributeMap,
  type AttributeValue,
  equalMaps,
  equalValues,
  valueIdentity,
} from '../../../src/lib/model/attribute-value.js';
import { diffImages, type ImageChange } from '../../../src/lib/streams/image-diff.js';
import { attributeMap, attributeValue } from '../model/attribute-values.js';

/** Makes the new value of the old one; `depth` segments of the paths lead here. */
function apply(value: AttributeValue, changes: readonly ImageChange[], depth: number): AttributeValue {
  const here = changes.filter(change => change.segments.length === depth + 1);
  const below = groupBelow(changes, depth);
  if ('M' in value) {
    const members = new Map(Object.entries(value.M));
    for (const change of here) {
      const name = String(change.segments[depth]);
      if (change.kind === 'removed') members.delete(name);
      else members.set(name, 'old' in change ? changed(members.get(name), change) : change.new);
    }
    for (const [name, nested] of below)
      members.set(String(name), apply(found(members.get(String(name))), nested, depth + 1));
    return { M: Object.fromEntries(members) };
  }
  if (!('L' in value)) throw new Error('a change inside a scalar');
  const gone = new Set(here.filter(change => change.kind === 'removed').map(change => change.segments[depth]));
  const elements = value.L.filter((_, index) => !gone.has(index));
  for (const change of here.filter(each => each.kind === 'added'))
    elements.splice(Number(change.segments[depth]), 0, change.new);
  for (const change of here) {
    const index = Number(change.segments[depth]);
    if (change.kind === 'changed' || change.kind === 'set') elements[index] = changed(elements[index], change);
  }
  for (const [index, nested] of below)
    elements[Number(index)] = apply(found(elements[Number(index)]), nested, depth + 1);
  return { L: elements };
}

function groupBelow(changes: readonly ImageChange[], depth: number): Map<string | number, ImageChange[]> {
  const groups = new Map<string | number, ImageChange[]>();
  for (const change of changes) {
    const segment = change.segments[depth];
    if (segment === undefined || change.segments.length === depth + 1) continue;
    groups.set(segment, [...(groups.get(segment) ?? []), change]);
  }
  return groups;
}

function found(value: AttributeValue | undefined): AttributeValue {
  if (value === undefined) throw new Error('the change names what is not there');
  return value;
}

function changed(before: AttributeValue | undefined, change: ImageChange): AttributeValue {
  if (change.kind !== 'changed' && change.kind !== 'set') throw new Error('not a change in place');
  expect(equalValues(found(before), change.old)).toBe(true);
  if (change.kind === 'changed') return change.new;
  const same = (a: string, b: string): boolean => ('NS' in change.old ? Number(a) === Number(b) : a === b);
  const members = [
    ...setMembers(change.old).filter(member => !change.removedMembers.some(removed => same(removed, member))),
    ...change.addedMembers,
  ];
  if ('SS' in change.new) return { SS: members };
  return 'NS' in change.new ? { NS: members } : { BS: members };
}

function setMembers(value: AttributeValue): readonly string[] {
  if ('SS' in value) return value.SS;
  if ('NS' in value) return value.NS;
  if ('BS' in value) return value.BS;
  throw new Error('not a set');
}

/** Two images that have much in common: the second is the first with some lists and maps disturbed. */
const relatedImages = fc
  .tuple(attributeMap, attributeMap, fc.array(attributeValue, { maxLength: 6 }), fc.array(fc.nat(9)))
  .map(([a, b, elements, picks]): readonly [AttributeMap, AttributeMap] => {
    const shuffled = elements.filter((_, index) => (picks[index] ?? 1) > 2);
    const [first] = elements;
    if (first !== undefined) shuffled.splice(picks[0] ?? 0, 0, first);
    return [
      { ...a, list: { L: elements }, deep: { M: { ...b, list: { L: [{ L: elements }] } } } },
      { ...a, ...b, list: { L: shuffled }, deep: { M: { ...a, list: { L: [{ S: 'new' }, { L: shuffled }] } } } },
    ];
  });

function checkDiff(oldImage: AttributeMap, newImage: AttributeMap): void {
  const changes = diffImages(oldImage, newImage);
  const result = apply({ M: oldImage }, changes, 0);
  expect(equalValues(result, { M: newImage })).toBe(true);
  expect(changes.length === 0).toBe(equalMaps(oldImage, newImage));
}

describe('diffImages', () => {
  it('holds all that is needed to make the new image of the old one', () => {
    fc.assert(fc.property(attributeMap, attributeMap, checkDiff), { numRuns: 500 });
    fc.assert(
      fc.property(relatedImages, ([oldImage, newImage]) => {
        checkDiff(oldImage, newImage);
      }),
      { numRuns: 500 },
    );
  });

  it('is one change for one insertion or removal in a list', () => {
    const elements = fc.array(attributeValue, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(elements, fc.nat(8), attributeValue, (all, at, inserted) => {
        const longer = [...all];
        longer.splice(at, 0, inserted);
        expect(diffImages({ l: { L: all } }, { l: { L: longer } }).map(change => change.kind)).toEqual(['added']);
        expect(diffImages({ l: { L: longer } }, { l: { L: all } }).map(change => change.kind)).toEqual(['removed']);
      }),
      { numRuns: 300 },
    );
  });

  it('stands on one idea of equality', () => {
    fc.assert(
      fc.property(attributeValue, attributeValue, (a, b) => {
        expect(valueIdentity(a) === valueIdentity(b)).toBe(equalValues(a, b));
      }),
      { numRuns: 2000 },
    );
  });
});
