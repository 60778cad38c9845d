import { type AttributeValue, equalValues, valueIdentity } from '../model/attribute-value.js';

/** An element of the old list and the one that it has become; one of the two is missing when it came or went. */
export type AlignedElements =
  | { readonly oldIndex: number; readonly newIndex: number }
  | { readonly oldIndex: number; readonly newIndex?: never }
  | { readonly oldIndex?: never; readonly newIndex: number };

/** Above this the tables would cost more than a tidy answer is worth, and elements are paired by position. */
const MAX_CELLS = 1_000_000;
/** The same where each cell compares two elements member by member. */
const MAX_SIMILARITY_CELLS = 10_000;

interface Span {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/**
 * Tells which element of the new list each element of the old list has become, in order. What is equal stays together
 * (longest common subsequence), so an insertion at the head is one insertion; between equal elements, those that
 * resemble each other are paired.
 */
export function alignLists(
  oldList: readonly AttributeValue[],
  newList: readonly AttributeValue[],
): readonly AlignedElements[] {
  const ids = new Map<string, number>();
  const idOf = (value: AttributeValue): number => {
    const identity = valueIdentity(value);
    const id = ids.get(identity) ?? ids.size;
    ids.set(identity, id);
    return id;
  };
  const oldIds = oldList.map(idOf);
  const newIds = newList.map(idOf);
  let head = 0;
  while (head < oldIds.length && head < newIds.length && oldIds[head] === newIds[head]) head++;
  let oldEnd = oldIds.length;
  let newEnd = newIds.length;
  while (oldEnd > head && newEnd > head && oldIds[oldEnd - 1] === newIds[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  const middle = { oldFrom: head, oldTo: oldEnd, newFrom: head, newTo: newEnd };
  const kept = [
    ...Array.from({ length: head }, (_, index) => pair(index, index)),
    ...heaviestPairs(middle, MAX_CELLS, (oldIndex, newIndex) => (oldIds[oldIndex] === newIds[newIndex] ? 1 : 0)),
    ...Array.from({ length: oldIds.length - oldEnd }, (_, index) => pair(oldEnd + index, newEnd + index)),
    pair(oldIds.length, newIds.length),
  ];
  const aligned: AlignedElements[] = [];
  let oldFrom = 0;
  let newFrom = 0;
  for (const { oldIndex, newIndex } of kept) {
    aligned.push(...alignGap({ oldFrom, oldTo: oldIndex, newFrom, newTo: newIndex }, oldList, newList));
    if (oldIndex < oldIds.length) aligned.push(pair(oldIndex, newIndex));
    oldFrom = oldIndex + 1;
    newFrom = newIndex + 1;
  }
  return aligned;
}

type Pair = { readonly oldIndex: number; readonly newIndex: number };

function pair(oldIndex: number, newIndex: number): Pair {
  return { oldIndex, newIndex };
}

/** Between two equal elements everything differs: what is alike has changed, the rest has come or gone. */
function alignGap(
  span: Span,
  oldList: readonly AttributeValue[],
  newList: readonly AttributeValue[],
): readonly AlignedElements[] {
  const alike = heaviestPairs(span, MAX_SIMILARITY_CELLS, (oldIndex, newIndex) =>
    similarity(oldList[oldIndex], newList[newIndex]),
  );
  const aligned: AlignedElements[] = [];
  let { oldFrom, newFrom } = span;
  for (const { oldIndex, newIndex } of [...alike, pair(span.oldTo, span.newTo)]) {
    // As many gone as come: they changed into something of another type, each in its place.
    if (oldIndex - oldFrom === newIndex - newFrom) while (oldFrom < oldIndex) aligned.push(pair(oldFrom++, newFrom++));
    while (oldFrom < oldIndex) aligned.push({ oldIndex: oldFrom++ });
    while (newFrom < newIndex) aligned.push({ newIndex: newFrom++ });
    if (oldIndex < span.oldTo) aligned.push(pair(oldFrom++, newFrom++));
  }
  return aligned;
}

/** 0 for values of different types; for maps it grows with the members that are equal. */
function similarity(a: AttributeValue | undefined, b: AttributeValue | undefined): number {
  if (a === undefined || b === undefined) return 0;
  if (!('M' in a && 'M' in b)) return Object.keys(a)[0] === Object.keys(b)[0] ? 1 : 0;
  const { M } = b;
  const equal = Object.entries(a.M).filter(([name, member]) => {
    const other = Object.hasOwn(M, name) ? M[name] : undefined;
    return other !== undefined && equalValues(member, other);
  });
  return 1 + 2 * equal.length;
}

/** Pairs in order, none crossing another, with the greatest sum of weights; pairs of weight 0 are never made. */
function heaviestPairs(span: Span, maxCells: number, weightOf: (oldIndex: number, newIndex: number) => number): Pair[] {
  const rows = span.oldTo - span.oldFrom;
  const columns = span.newTo - span.newFrom;
  if (rows === 0 || columns === 0) return [];
  if (rows * columns > maxCells) {
    return Array.from({ length: Math.min(rows, columns) }, (_, index) =>
      pair(span.oldFrom + index, span.newFrom + index),
    ).filter(({ oldIndex, newIndex }) => weightOf(oldIndex, newIndex) > 0);
  }
  const width = columns + 1;
  const weights = new Uint32Array(rows * columns);
  const best = new Uint32Array((rows + 1) * width);
  const bestAt = (row: number, column: number): number => best[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const weight = weightOf(span.oldFrom + row, span.newFrom + column);
      weights[row * columns + column] = weight;
      best[row * width + column] = Math.max(
        bestAt(row + 1, column),
        bestAt(row, column + 1),
        weight === 0 ? 0 : weight + bestAt(row + 1, column + 1),
      );
    }
  }
  const pairs: Pair[] = [];
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    const weight = weights[row * columns + column] ?? 0;
    if (weight > 0 && bestAt(row, column) === weight + bestAt(row + 1, column + 1)) {
      pairs.push(pair(span.oldFrom + row++, span.newFrom + column++));
    } else if (bestAt(row, column) === bestAt(row + 1, column)) row++;
    else column++;
  }
  return pairs;
}
