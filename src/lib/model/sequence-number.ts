/** True for 1 to 40 digits. AWS sends 21 to 40 (FACTS A.1); emulators send shorter ones, and mean them. */
export function isSequenceNumber(text: string): boolean {
  return /^\d{1,40}$/.test(text);
}

/**
 * Orders the sequence numbers of one shard: negative when `a` comes before `b`, 0 when they are the same.
 * They have more digits than a number can hold (FACTS A.1), so they are compared as text.
 */
export function compareSequenceNumbers(a: string, b: string): number {
  const left = withoutLeadingZeros(a);
  const right = withoutLeadingZeros(b);
  if (left.length !== right.length) return left.length - right.length;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function withoutLeadingZeros(digits: string): string {
  let zeros = 0;
  while (digits.charCodeAt(zeros) === 0x30) zeros++;
  return zeros === 0 ? digits : digits.slice(zeros);
}
