/** A saved state that this sandbox cannot take over; its message says why. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}
