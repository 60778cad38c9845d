import { stripVTControlCharacters } from 'node:util';

const ESCAPE = '\u001b';
const PLAIN_ASCII = /^[ -~]*$/;
// Control characters steer a terminal; bidirectional marks and line separators make a line read as what it is not.
const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
// The colours that our own palette writes (CSI ... m), and no other sequence.
const STYLE = new RegExp(`(${ESCAPE}\\[[0-9;]*m)`, 'g');
const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Makes text from outside harmless on one line: what would steer a terminal is shown as an escape such as `\u001b`. */
export function safeText(text: string): string {
  return PLAIN_ASCII.test(text) ? text : text.replace(UNSAFE, showEscape);
}

/** The same for text that our palette has coloured already: its colours stay, or go when `colour` is false. */
export function safeStyledText(text: string, colour: boolean): string {
  if (!text.includes(ESCAPE)) return safeText(text);
  let safe = '';
  let from = 0;
  for (const match of text.matchAll(STYLE)) {
    safe += safeText(text.slice(from, match.index)) + (colour ? match[0] : '');
    from = match.index + match[0].length;
  }
  return safe + safeText(text.slice(from));
}

/** Takes every terminal sequence out of text that goes where colour must not. */
export function plainText(text: string): string {
  return text.includes(ESCAPE) ? stripVTControlCharacters(text).replaceAll(ESCAPE, '\\u001b') : text;
}

function showEscape(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Columns that the text takes in a terminal: colours take none, East Asian wide characters and emoji take two. */
export function displayWidth(text: string): number {
  if (PLAIN_ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes(stripVTControlCharacters(text))) width += graphemeWidth(segment);
  return width;
}

/** Pads with spaces to `width` columns; longer text is left as it is. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const missing = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'right' ? missing + text : text + missing;
}

/** The text in lines of at most `width` columns, broken between words; a word that is longer has a line of its own. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && displayWidth(line) + 1 + displayWidth(word) <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * Cuts text to at most `width` columns, with the ellipsis as the last of them when something was cut.
 * Colours are kept, and closed behind the cut. Reads no further than it must: a value may be 400 KB long.
 */
export function truncate(text: string, width: number, ellipsis = '…'): string {
  if (text.length <= width && PLAIN_ASCII.test(text)) return text;
  if (width === Number.POSITIVE_INFINITY) return text;
  const room = width - displayWidth(ellipsis);
  if (room < 0) return displayWidth(text) <= width ? text : '.'.repeat(Math.max(0, width));
  let kept = '';
  let keeping = true;
  let styled = false;
  let used = 0;
  for (const part of text.split(STYLE)) {
    if (part.startsWith(ESCAPE)) {
      styled = true;
      if (keeping) kept += part;
      continue;
    }
    for (const { segment } of graphemes(part)) {
      used += graphemeWidth(segment);
      if (used > width) return kept + ellipsis + (styled ? `${ESCAPE}[0m` : '');
      keeping &&= used <= room;
      if (keeping) kept += segment;
    }
  }
  return text;
}

let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): Iterable<{ readonly segment: string }> {
  // Made on first use: most runs show nothing but ASCII and need no segmenter.
  segmenter ??= new Intl.Segmenter('en-US', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

const ZERO_WIDTH = /^[\p{Mark}\p{Cc}\p{Cf}]+$/u;
const WIDE_EMOJI = /^\p{Emoji_Presentation}|\ufe0f|^\p{Regional_Indicator}{2}/u;

// First and last code points of the blocks that Unicode's EastAsianWidth gives as W or F, adjoining blocks joined.
const WIDE_BLOCKS: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

function graphemeWidth(grapheme: string): number {
  if (PLAIN_ASCII.test(grapheme)) return grapheme.length;
  if (ZERO_WIDTH.test(grapheme)) return 0;
  if (WIDE_EMOJI.test(grapheme)) return 2;
  const codePoint = grapheme.codePointAt(0) ?? 0;
  return WIDE_BLOCKS.some(([first, last]) => codePoint >= first && codePoint <= last) ? 2 : 1;
}
