import { usageError } from './error.js';

/**
 * `KB` and `KiB` are the same 1,024 bytes here: DynamoDB counts items, and read and write units, in kilobytes of 1,024
 * bytes and writes them KB.
 */
const BYTES_PER_KB = 1024;
const LETTERS = ['', 'K', 'M', 'G', 'T'] as const;
const SIZE = /^(\d+)(\.\d+)?(?:([kmgt])i?)?b$/i;

/**
 * Reads `512B`, `400KB`, `1.5KB`, `1GiB`; a kilobyte has 1,024 bytes in either spelling, capitals do not matter.
 *
 * @returns whole bytes, rounded.
 * @throws DdbxError (usage) for anything else, a bare number among it.
 */
export function parseSize(text: string): number {
  const match = SIZE.exec(text);
  const power = LETTERS.findIndex(letter => letter === (match?.[3] ?? '').toUpperCase());
  const fraction = match?.[2] ?? '';
  const bytes = Math.round(Number(`${match?.[1]}${fraction}`) * BYTES_PER_KB ** power);
  if (!Number.isSafeInteger(bytes) || (power === 0 && fraction !== '')) {
    throw usageError(
      `"${text}" is not a size.`,
      'Write a number and a unit (B, KB, MB, GB, TB): 512B, 400KB, 1.5MB, 1GiB.',
    );
  }
  return bytes;
}

/** A size for people, as `parseSize` takes it: `512B`, `1.5KB`, `38KB`, `1.2GB`; below 100 with one decimal. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let power = 0;
  while (Math.abs(rounded(amount, power)) >= BYTES_PER_KB && power < LETTERS.length - 1) {
    amount /= BYTES_PER_KB;
    power++;
  }
  return `${rounded(amount, power)}${LETTERS[power] ?? ''}B`;
}

function rounded(amount: number, power: number): number {
  return power === 0 || Math.abs(amount) >= 99.95 ? Math.round(amount) : Math.round(amount * 10) / 10;
}
