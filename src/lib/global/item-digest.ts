import { createHash } from 'node:crypto';
import { type AttributeMap, valueIdentity } from '../model/attribute-value.js';

/** 128 bits of SHA-256, as four whole numbers of 32 bits: so they can be added up lane by lane, in any order. */
export type Digest = readonly [number, number, number, number];

/** The same for equal items, however their attributes, set members and numbers are written. */
export function digestOf(item: AttributeMap): Digest {
  const hash = createHash('sha256')
    .update(valueIdentity({ M: item }))
    .digest();
  return [hash.readUInt32LE(0), hash.readUInt32LE(4), hash.readUInt32LE(8), hash.readUInt32LE(12)];
}

/** A digest as text; equal digests give equal texts. */
export function digestText(digest: Digest): string {
  return digest.map(lane => lane.toString(16).padStart(8, '0')).join('');
}

/** Which of `ranges` key ranges a key falls into: by its hash, so that all Regions agree whatever order they scan in. */
export function rangeOf(keyText: string, ranges: number): number {
  // FNV-1a over the UTF-16 units, and a last mix, since its low bits alone are uneven for short keys.
  let value = 0x811c9dc5;
  for (let index = 0; index < keyText.length; index += 1) {
    value = Math.imul(value ^ keyText.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return ((value ^ (value >>> 12)) >>> 0) % ranges;
}

/** The text by which a key is known; equal keys give equal texts. */
export function keyTextOf(item: AttributeMap, keyNames: readonly string[]): string {
  return valueIdentity({ M: keyOf(item, keyNames) });
}

/** The item's key alone. */
export function keyOf(item: AttributeMap, keyNames: readonly string[]): AttributeMap {
  return Object.fromEntries(keyNames.flatMap(name => (item[name] === undefined ? [] : [[name, item[name]]])));
}
