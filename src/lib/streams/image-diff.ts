import { type AttributePath, formatPath } from '../model/attribute-path.js';
import {
  type AttributeMap,
  type AttributeSet,
  type AttributeValue,
  equalValues,
  isSet,
  memberIdentity,
  membersOf,
} from '../model/attribute-value.js';
import { alignLists } from './list-alignment.js';
import type { StreamRecord } from './stream-record.js';

interface ChangePlace {
  /** `address.city`, `items[2].qty`, `["a.b"]`; see `formatPath`. */
  readonly path: string;
  /** The same in parts. Indices count in the new list; that of a removed element counts in the old one. */
  readonly segments: AttributePath;
}

/** One difference between two images of an item. */
export type ImageChange =
  | (ChangePlace & { readonly kind: 'added'; readonly new: AttributeValue })
  | (ChangePlace & { readonly kind: 'removed'; readonly old: AttributeValue })
  | (ChangePlace & { readonly kind: 'changed'; readonly old: AttributeValue; readonly new: AttributeValue })
  | (ChangePlace & {
      /** Two sets of one type. */
      readonly kind: 'set';
      readonly old: AttributeSet;
      readonly new: AttributeSet;
      readonly addedMembers: readonly string[];
      readonly removedMembers: readonly string[];
    });

/**
 * What has changed from one image to the other, as DynamoDB means it: numbers by value, sets by member, maps and lists
 * from the inside. A change of type is one change; an element put into a list is one addition, wherever it stands.
 */
export function diffImages(oldImage: AttributeMap, newImage: AttributeMap): readonly ImageChange[] {
  const changes: ImageChange[] = [];
  diffMaps(oldImage, newImage, [], changes);
  return changes;
}

/** Names of the attributes that a MODIFY changed; none when an image is missing, as by KEYS_ONLY. */
export function changedTopLevel(record: StreamRecord): readonly string[] {
  const { NewImage, OldImage } = record.parsed().dynamodb;
  if (record.eventName !== 'MODIFY' || NewImage === undefined || OldImage === undefined) return [];
  const names = new Set([...Object.keys(OldImage), ...Object.keys(NewImage)]);
  return [...names].filter(name => {
    const oldValue = own(OldImage, name);
    const newValue = own(NewImage, name);
    return oldValue === undefined || newValue === undefined || !equalValues(oldValue, newValue);
  });
}

function diffMaps(oldMap: AttributeMap, newMap: AttributeMap, at: AttributePath, changes: ImageChange[]): void {
  for (const [name, oldValue] of Object.entries(oldMap)) {
    const newValue = own(newMap, name);
    if (newValue === undefined) changes.push({ ...place([...at, name]), kind: 'removed', old: oldValue });
    else diffValues(oldValue, newValue, [...at, name], changes);
  }
  for (const [name, newValue] of Object.entries(newMap)) {
    if (!Object.hasOwn(oldMap, name)) changes.push({ ...place([...at, name]), kind: 'added', new: newValue });
  }
}

function diffLists(
  oldList: readonly AttributeValue[],
  newList: readonly AttributeValue[],
  at: AttributePath,
  changes: ImageChange[],
): void {
  for (const { oldIndex, newIndex } of alignLists(oldList, newList)) {
    const oldValue = oldIndex === undefined ? undefined : oldList[oldIndex];
    const newValue = newIndex === undefined ? undefined : newList[newIndex];
    if (oldValue !== undefined && newValue !== undefined) {
      diffValues(oldValue, newValue, [...at, newIndex ?? 0], changes);
    } else if (oldValue !== undefined) {
      changes.push({ ...place([...at, oldIndex ?? 0]), kind: 'removed', old: oldValue });
    } else if (newValue !== undefined) {
      changes.push({ ...place([...at, newIndex ?? 0]), kind: 'added', new: newValue });
    }
  }
}

function diffValues(
  oldValue: AttributeValue,
  newValue: AttributeValue,
  at: AttributePath,
  changes: ImageChange[],
): void {
  if ('M' in oldValue && 'M' in newValue) diffMaps(oldValue.M, newValue.M, at, changes);
  else if ('L' in oldValue && 'L' in newValue) diffLists(oldValue.L, newValue.L, at, changes);
  else if (!equalValues(oldValue, newValue)) {
    if (isSet(oldValue) && isSet(newValue) && Object.keys(oldValue)[0] === Object.keys(newValue)[0]) {
      const addedMembers = membersOnlyIn(newValue, oldValue);
      const removedMembers = membersOnlyIn(oldValue, newValue);
      changes.push({ ...place(at), kind: 'set', old: oldValue, new: newValue, addedMembers, removedMembers });
    } else changes.push({ ...place(at), kind: 'changed', old: oldValue, new: newValue });
  }
}

function membersOnlyIn(set: AttributeSet, other: AttributeSet): readonly string[] {
  const known = new Set(membersOf(other).map(member => memberIdentity(other, member)));
  return membersOf(set).filter(member => !known.has(memberIdentity(set, member)));
}

function place(segments: AttributePath): ChangePlace {
  return { path: formatPath(segments), segments };
}

function own(attributes: AttributeMap, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}
