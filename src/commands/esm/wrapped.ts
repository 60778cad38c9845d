import type { Io } from '../../lib/terminal/io.js';
import { displayWidth } from '../../lib/terminal/text.js';

const MOST_COLUMNS = 100;

/** A text cut into lines at its spaces, each behind an indent; on a terminal as wide as that, elsewhere in one line. */
export function wrapped(text: string, io: Io, indent: string): readonly string[] {
  if (!io.stdoutIsTty) return [`${indent}${text}`];
  const width = Math.max(20, Math.min(io.width, MOST_COLUMNS) - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map(each => `${indent}${each}`);
}
