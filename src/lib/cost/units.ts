import { type Exact, exact } from '../model/exact.js';

const WRITE_BLOCK_BYTES = 1024;
const READ_BLOCK_BYTES = 4096;

/** Write units of one write: whole KB of the item, and one at least. */
export function writeUnitsOf(itemBytes: number): Exact {
  return exact(Math.max(1, Math.ceil(itemBytes / WRITE_BLOCK_BYTES)));
}

/** Read units of one read: whole blocks of 4 KB, half of it when eventually consistent. */
export function readUnitsOf(itemBytes: number, consistency: 'eventual' | 'strong'): Exact {
  const blocks = exact(Math.max(1, Math.ceil(itemBytes / READ_BLOCK_BYTES)));
  return consistency === 'strong' ? blocks : blocks.div(2);
}
