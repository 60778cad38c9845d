/**
 * A position in a stream. Its text is the generation followed by 20 digits of offset: 21 digits and more, as at AWS
 * (FACTS A.1). A generation ends whenever a shard closes, so a closed shard's last possible number is known.
 */
export interface SequencePoint {
  readonly generation: number;
  readonly offset: number;
}

const OFFSET_DIGITS = 20;
const LAST_OFFSET = '9'.repeat(OFFSET_DIGITS);

/** The text of a position. */
export function formatSequence({ generation, offset }: SequencePoint): string {
  return `${generation}${Number.isFinite(offset) ? String(offset).padStart(OFFSET_DIGITS, '0') : LAST_OFFSET}`;
}

/** The position of a text, or `undefined` when it cannot be a sequence number. */
export function parseSequence(text: string): SequencePoint | undefined {
  if (!/^\d{21,40}$/.test(text)) return undefined;
  const offset = text.slice(-OFFSET_DIGITS);
  return {
    generation: Number(text.slice(0, -OFFSET_DIGITS)),
    offset: offset === LAST_OFFSET ? Number.POSITIVE_INFINITY : Number(offset),
  };
}

/** The last position that a generation can hold. */
export function lastOf(generation: number): SequencePoint {
  return { generation, offset: Number.POSITIVE_INFINITY };
}

/** The position right behind `point`. */
export function after({ generation, offset }: SequencePoint): SequencePoint {
  return Number.isFinite(offset) ? { generation, offset: offset + 1 } : { generation: generation + 1, offset: 0 };
}

/** Less than zero, zero, or more than zero, as `a` comes before, is, or comes after `b`. */
export function compareSequences(a: SequencePoint, b: SequencePoint): number {
  if (a.generation !== b.generation) return a.generation - b.generation;
  return a.offset === b.offset ? 0 : a.offset < b.offset ? -1 : 1;
}
