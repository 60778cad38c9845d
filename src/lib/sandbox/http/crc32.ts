import * as zlib from 'node:zlib';

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The CRC-32 of some bytes: zlib's where Node has it (20.15), else by table. */
export function crc32(chunks: readonly Buffer[]): number {
  const update = 'crc32' in zlib ? zlib.crc32 : updateByTable;
  return chunks.reduce((sum, chunk) => update(chunk, sum), 0);
}

/** The CRC-32 of `sum`'s bytes followed by `bytes`. */
export function updateByTable(bytes: Buffer, sum = 0): number {
  let crc = ~sum;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
