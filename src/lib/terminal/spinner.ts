import type { Io } from './io.js';
import { makePalettes, type Palette } from './palette.js';
import { stderrAsTerminal } from './stream-adapter.js';
import { safeStyledText, truncate } from './text.js';
import { makeWriter } from './writer.js';

/** Says what is being done now. */
export type UpdateText = (text: string) => void;

/**
 * Shows on stderr that something is being worked on. On a terminal it turns, and a mark takes its place at the end;
 * elsewhere, and with --no-progress, each new text is a line; with --quiet nothing is shown.
 * The work's result or error is passed on untouched.
 */
export async function withSpinner<T>(io: Io, text: string, work: (update: UpdateText) => Promise<T>): Promise<T> {
  if (io.quiet) return work(() => undefined);
  return io.progress ? turning(io, text, work) : lineByLine(io, text, work);
}

/** `withSpinner` where people look on; machines follow the events, so for them the work is done in silence. */
export function withProgress<T>(
  io: Io,
  isShown: boolean,
  text: string,
  work: (update: UpdateText) => Promise<T>,
): Promise<T> {
  return isShown ? withSpinner(io, text, work) : work(() => undefined);
}

async function turning<T>(io: Io, text: string, work: (update: UpdateText) => Promise<T>): Promise<T> {
  const { default: ora } = await import('ora');
  const marks = marksOf(io);
  const fit = (line: string): string =>
    truncate(safeStyledText(line, io.colour.stderr), io.width - 3, io.unicode ? '…' : '...');
  let current = text;
  const spinner = ora({
    text: fit(text),
    stream: stderrAsTerminal(io),
    isEnabled: true,
    discardStdin: false,
    color: io.colour.stderr ? 'cyan' : false,
    ...(io.unicode ? {} : { spinner: 'line' as const }),
  }).start();
  try {
    const result = await work(next => {
      current = next;
      spinner.text = fit(next);
    });
    spinner.stopAndPersist({ symbol: marks.success, text: safeStyledText(current, io.colour.stderr) });
    return result;
  } catch (error) {
    spinner.stopAndPersist({ symbol: marks.failure, text: safeStyledText(current, io.colour.stderr) });
    throw error;
  }
}

async function lineByLine<T>(io: Io, text: string, work: (update: UpdateText) => Promise<T>): Promise<T> {
  const writer = makeWriter(io.stderr);
  let shown: string | undefined;
  const show: UpdateText = next => {
    if (next !== shown) writer.post(`${safeStyledText(next, io.colour.stderr)}\n`);
    shown = next;
  };
  show(text);
  return work(show);
}

interface Marks {
  readonly success: string;
  readonly failure: string;
}

function marksOf(io: Io): Marks {
  const paint: Palette = makePalettes(io).stderr;
  return { success: paint.good(io.unicode ? '✔' : 'ok'), failure: paint.bad(io.unicode ? '✖' : 'failed') };
}
