const MOST_SUGGESTIONS = 3;

/**
 * The names that were probably meant, the likeliest first, three at most: those that differ in a few characters
 * (capitals do not count), and those that hold the typed name, such as `prod-Orders` for `Orders`.
 */
export function nearNames(typed: string, names: readonly string[]): readonly string[] {
  const wanted = typed.toLowerCase();
  const tolerated = Math.max(1, Math.floor(wanted.length / 3));
  return names
    .map(name => ({ name, distance: distanceOf(wanted, name.toLowerCase(), tolerated) }))
    .filter(({ distance }) => Number.isFinite(distance))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ name }) => name);
}

/** A name that holds the other one ranks behind those that differ by typing errors only. */
function distanceOf(wanted: string, name: string, tolerated: number): number {
  if (Math.abs(wanted.length - name.length) <= tolerated) {
    const edits = editDistance(wanted, name);
    if (edits <= tolerated) return edits;
  }
  return name.includes(wanted) || (name.length > 3 && wanted.includes(name)) ? tolerated + 1 : Number.POSITIVE_INFINITY;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
export function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current: number[] = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
