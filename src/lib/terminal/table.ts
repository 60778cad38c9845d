import type { Io } from './io.js';
import { makePalettes } from './palette.js';
import { displayWidth, pad, safeStyledText, truncate } from './text.js';

/** One column of a table. */
export interface Column {
  readonly header: string;
  /** Numbers read best aligned right, and are shortened last. */
  readonly align?: 'left' | 'right';
  /** Names the row: it is never shortened. */
  readonly key?: boolean;
}

/** One line of a `keyValues` block. */
export type KeyValue = readonly [key: string, value: string];

const GAP = '  ';
/** A shortened column keeps at least this many columns, so that something of it can be read. */
const NARROWEST = 8;

/**
 * Draws rows under their headers, without a line end at the last. On a terminal the headers are bold and the widest
 * columns are shortened until a row fits; into a pipe goes the same, aligned, whole and plain: one row a line.
 * Cells may be coloured.
 */
export async function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  io: Io,
): Promise<string> {
  const cells = rows.map(row => columns.map((_, index) => safeStyledText(row[index] ?? '', io.colour.stdout)));
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.header), ...cells.map(row => displayWidth(row[index] ?? ''))),
  );
  return io.stdoutIsTty ? drawTable(columns, cells, widths, io) : alignTable(columns, cells, widths);
}

function alignTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): string {
  return [columns.map(column => column.header), ...rows]
    .map(row =>
      row
        .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}

async function drawTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  naturalWidths: readonly number[],
  io: Io,
): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const widths = fitWidths(naturalWidths, columns, io.width);
  const ellipsis = io.unicode ? '…' : '...';
  const cut = (text: string, index: number): string => truncate(text, widths[index] ?? 0, ellipsis);
  const { bold } = makePalettes(io).stdout;
  const table = new Table({
    head: columns.map((column, index) => bold(cut(column.header, index))),
    colAligns: columns.map(column => column.align ?? 'left'),
    chars: BORDERLESS,
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map(row => row.map(cut)));
  return table
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n');
}

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: GAP,
} as const;

/**
 * Takes from the widest column that may be shortened until the row fits, or nothing more can be taken: from words first,
 * for a shortened number may be read as another one.
 */
function fitWidths(natural: readonly number[], columns: readonly Column[], available: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1) - available;
  while (excess > 0) {
    const shortenable = widths
      .map((width, index) => ({ width, index }))
      .filter(({ width, index }) => columns[index]?.key !== true && width > NARROWEST)
      .sort((a, b) => b.width - a.width);
    const words = shortenable.filter(({ index }) => columns[index]?.align !== 'right');
    const [widest, second] = words.length > 0 ? words : shortenable;
    if (widest === undefined) break;
    // Down to the next widest at once, then together: a table of a thousand columns' width is fitted in a few rounds.
    const floor = Math.max(NARROWEST, Math.min(second?.width ?? NARROWEST, widest.width - 1));
    const taken = Math.min(excess, widest.width - floor);
    widths[widest.index] = widest.width - taken;
    excess -= taken;
  }
  return widths;
}

/** Draws named values one a line, the values aligned, without a line end at the last. */
export function keyValues(pairs: readonly KeyValue[], io: Io): string {
  const { dim } = makePalettes(io).stdout;
  const width = Math.max(0, ...pairs.map(([key]) => displayWidth(key)));
  return pairs
    .map(([key, value]) => `${dim(pad(key, width))}${GAP}${safeStyledText(value, io.colour.stdout)}`.trimEnd())
    .join('\n');
}
