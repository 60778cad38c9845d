import { usageError } from '../model/error.js';
import { isJsonObject } from '../model/json-object.js';
import { parsePattern } from './parse-pattern.js';
import type { Pattern } from './pattern.js';

/** Filters that a mapping can have, and how many it can have once the quota is raised (FACTS B.1). */
export const FILTER_QUOTA = { byDefault: 5, raised: 10 } as const;

/**
 * Reads the `FilterCriteria` of an event source mapping, or of a document that somebody wrote.
 *
 * @returns the patterns in order; none for `undefined`, `{}` and an empty list, which are how AWS says "no filter".
 * @throws PatternError (usage) naming the filter and the place in it; DdbxError (usage) when it is shaped otherwise.
 */
export function parseFilterCriteria(criteria: unknown): readonly Pattern[] {
  const texts = patternTexts(criteria);
  return texts.map((text, index) => parsePattern(text, texts.length === 1 ? 'The filter' : `Filter ${index + 1}`));
}

/** The patterns of `FilterCriteria` as they are written, not parsed; errors are those of `parseFilterCriteria`. */
function patternTexts(criteria: unknown): readonly string[] {
  if (criteria === undefined || criteria === null) return [];
  const filters = isJsonObject(criteria) ? (criteria['Filters'] ?? []) : undefined;
  if (!Array.isArray(filters)) throw notCriteria('has no list of "Filters"');
  return filters.map((filter: unknown, index) => {
    const text = isJsonObject(filter) ? filter['Pattern'] : undefined;
    if (typeof text === 'string') return text;
    throw notCriteria(`has no text in Filters[${index}].Pattern`);
  });
}

/**
 * The patterns in what somebody wrote or saved: one pattern, or a document of AWS with `Filters` in it, as
 * `ddbx filter import` and `aws lambda get-event-source-mapping` print it. They are not parsed yet.
 */
export function patternTextsIn(text: string): readonly string[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return [text.trim()];
  }
  const inner = isJsonObject(document) ? (document['FilterCriteria'] ?? document) : undefined;
  // In a pattern, "Filters" could be the name of a field, but its list would hold conditions.
  const filters = isJsonObject(inner) ? inner['Filters'] : undefined;
  const isCriteria = Array.isArray(filters) && filters.every(filter => isJsonObject(filter) && 'Pattern' in filter);
  return isCriteria ? patternTexts(inner) : [text.trim()];
}

function notCriteria(what: string): Error {
  return usageError(
    `The filter criteria ${what}.`,
    'They look like {"Filters": [{"Pattern": "{\\"eventName\\": [\\"INSERT\\"]}"}]}: a pattern is JSON in a text.',
  );
}
