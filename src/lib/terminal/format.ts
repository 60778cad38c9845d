/** The three forms of a result that every verb has: for people, one JSON document, one JSON event a line. */
export type OutputFormat = 'human' | 'json' | 'ndjson';

/** The formats in the order in which help names them. */
export const outputFormats: readonly OutputFormat[] = ['human', 'json', 'ndjson'];

/** Forms that only some verbs have: a text in a format that others read, written as it is. */
export type DocumentFormat = 'markdown' | 'csv' | 'sarif';

/** All of them. */
export const documentFormats: readonly DocumentFormat[] = ['markdown', 'csv', 'sarif'];

/** Whether the format is one that only some verbs have. */
export function isDocumentFormat(format: string): format is DocumentFormat {
  return documentFormats.some(each => each === format);
}
