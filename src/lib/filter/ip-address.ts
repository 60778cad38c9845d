import { isIP } from 'node:net';
import type { AddressRange } from './pattern.js';

/** An address as a number of 32 or 128 bits. */
interface Address {
  readonly version: 4 | 6;
  readonly bits: bigint;
}

/** Reads an IPv4 or IPv6 address; `undefined` for anything else, a zone (`fe80::1%eth0`) among it. */
function parseAddress(text: string): Address | undefined {
  switch (isIP(text)) {
    case 4:
      return { version: 4, bits: numberOf(text.split('.').map(Number), 8n) };
    case 6:
      return text.includes('%') ? undefined : { version: 6, bits: numberOf(groupsOf(text), 16n) };
    default:
      return undefined;
  }
}

/**
 * Reads `10.0.0.0/24`. The range begins at the address as written, as it does in EventBridge: bits behind the mask are
 * not cleared.
 *
 * @returns `undefined` when it is no such block.
 */
export function parseCidr(text: string): AddressRange | undefined {
  const [, addressText, maskText] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseAddress(addressText ?? '');
  if (address === undefined) return undefined;
  const { version, bits } = address;
  const freeBits = (version === 4 ? 32 : 128) - Number(maskText);
  if (freeBits < 0) return undefined;
  return { version, first: bits, last: bits | ((1n << BigInt(freeBits)) - 1n) };
}

/** True when `text` is an address within `range`. */
export function isWithin(text: string, range: AddressRange): boolean {
  const address = parseAddress(text);
  return address?.version === range.version && address.bits >= range.first && address.bits <= range.last;
}

/** The eight groups of an IPv6 address, `::` and a trailing IPv4 address written out. */
function groupsOf(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const before = groupsIn(head);
  const after = groupsIn(tail ?? '');
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function groupsIn(part: string): readonly number[] {
  return part
    .split(':')
    .filter(group => group !== '')
    .flatMap(group => {
      if (!group.includes('.')) return [Number.parseInt(group, 16)];
      const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
      return [a * 256 + b, c * 256 + d];
    });
}

function numberOf(groups: readonly number[], bitsPerGroup: bigint): bigint {
  return groups.reduce((bits, group) => (bits << bitsPerGroup) | BigInt(group), 0n);
}
