import { readFileSync } from 'node:fs';
import { usageError } from '../lib/model/error.js';
import { patternTextsIn } from '../lib/filter/filter-criteria.js';
import { parsePattern } from '../lib/filter/parse-pattern.js';
import type { Pattern } from '../lib/filter/pattern.js';

/**
 * The patterns that arguments name: each is one, or `@file` with one in it, or with a document of AWS that has
 * `Filters`.
 * @throws DdbxError `usage` for a file that cannot be read
 */
export function filterTexts(args: readonly string[]): readonly string[] {
  return args.flatMap(arg => {
    const texts = patternTextsIn(arg.startsWith('@') ? fileText(arg.slice(1)) : arg);
    if (texts.length > 0) return texts;
    throw usageError(`There is no filter in ${arg}.`, 'Without filters, every record passes.');
  });
}

/** As `filterTexts`, parsed. @throws PatternError (usage) with the place of the fault */
export function parseFilters(args: readonly string[]): readonly Pattern[] {
  const texts = filterTexts(args);
  return texts.map((text, i) => parsePattern(text, texts.length === 1 ? 'The filter' : `Filter ${i + 1}`));
}

function fileText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw usageError(
      `The file of the filter, ${path}, cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'A filter is JSON, or @ and the path of a file with JSON in it.',
    );
  }
}
