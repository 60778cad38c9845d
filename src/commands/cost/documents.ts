import type { Exact } from '../../lib/model/exact.js';

const DIGITS = 15;

/** A number for a spreadsheet, with as many digits as one keeps; nothing for what is not known. */
export function plainNumber(value: Exact | undefined): string {
  return value?.toSignificantDigits(DIGITS).toFixed() ?? '';
}

/** Rows as CSV, quoted as RFC 4180 says but with line feeds, as pipes want them; without one at the last. */
export function csvText(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headers, ...rows].map(row => row.map(csvCell).join(',')).join('\n');
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table of GitHub's Markdown. */
export function markdownTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[],
): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = `|${headers.map((_, at) => (align[at] === 'right' ? '---:' : '---')).join('|')}|`;
  return [line(headers), rule, ...rows.map(line)].join('\n');
}

/** Sentences under a heading, folded away: a pull request shows the numbers first. */
export function markdownList(title: string, sentences: readonly string[]): string {
  return [`<details><summary>${title}</summary>`, '', ...sentences.map(each => `- ${each}`), '', '</details>'].join(
    '\n',
  );
}
