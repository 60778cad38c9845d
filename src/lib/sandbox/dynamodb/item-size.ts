import type { AttributeMap, AttributeValue } from '../../model/attribute-value.js';

/** What one item may weigh, in bytes. */
export const MAX_ITEM_BYTES = 400 * 1024;

/** The size of an item as DynamoDB counts it: names and values in UTF-8, numbers by pairs of digits. */
export function itemSizeBytes(item: AttributeMap): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + valueSizeBytes(value);
  return bytes;
}

/** The size of one value as DynamoDB counts it. */
export function valueSizeBytes(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberSizeBytes(value.N);
  if ('B' in value) return binarySizeBytes(value.B);
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('L' in value) return value.L.reduce((bytes, member) => bytes + 1 + valueSizeBytes(member), 3);
  if ('M' in value) return 3 + Object.keys(value.M).length + itemSizeBytes(value.M);
  if ('SS' in value) return total(value.SS, member => Buffer.byteLength(member));
  if ('NS' in value) return total(value.NS, numberSizeBytes);
  return total(value.BS, binarySizeBytes);
}

/** How many bytes a base64 text stands for. */
export function binarySizeBytes(base64: string): number {
  return Buffer.byteLength(base64, 'base64');
}

function numberSizeBytes(text: string): number {
  const digits = text.replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

function total(members: readonly string[], size: (member: string) => number): number {
  return members.reduce((bytes, member) => bytes + size(member), 0);
}
