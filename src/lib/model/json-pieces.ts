import { DdbxError } from './error.js';
import { isJsonObject } from './json-object.js';

/** JSON that is read one piece at a time: a line of NDJSON, or one document over all lines. */
export type JsonPiece =
  | { readonly kind: 'line'; readonly text: string; readonly lineNumber: number }
  | { readonly kind: 'document'; readonly text: string };

/** A line that ends like this is the first of a document over several lines, not a line of NDJSON. */
const OPENS_A_DOCUMENT = /[[{,]\s*$/;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Cuts recorded JSON into pieces that are parsed by themselves: NDJSON line by line, so that a file may be of any size;
 * a JSON array, or a document that is formatted over several lines, as a whole.
 */
export async function* readJsonPieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<JsonPiece, void, undefined> {
  let lineNumber = 0;
  let document: string[] | undefined;
  for await (const bytes of splitLines(chunks)) {
    lineNumber++;
    const text = bytes.toString('utf8').replace(lineNumber === 1 ? BYTE_ORDER_MARK : '', '');
    if (document !== undefined) document.push(text);
    else if (text.trim() === '') continue;
    else if (text.trimStart().startsWith('[') || OPENS_A_DOCUMENT.test(text)) {
      // Blank lines stand for the ones before, so that line numbers stay true.
      document = [...Array.from({ length: lineNumber - 1 }, () => ''), text];
    } else yield { kind: 'line', text, lineNumber };
  }
  if (document !== undefined) yield { kind: 'document', text: document.join('\n') };
}

/** Parses a piece. @throws DdbxError `malformed-recording`, which names the line */
export function parsePiece(piece: JsonPiece): unknown {
  try {
    return JSON.parse(piece.text);
  } catch (error) {
    const line = piece.kind === 'line' ? piece.lineNumber : lineOfError(piece.text, messageOf(error));
    throw malformedRecording(`Line ${line} of the recording is not JSON (${messageOf(error)}).`, error);
  }
}

/** The records in a Lambda event `{"Records": [...]}`; undefined for anything else. */
export function recordsOfEvent(document: unknown): readonly unknown[] | undefined {
  const records = isJsonObject(document) ? document['Records'] : undefined;
  return Array.isArray(records) ? records : undefined;
}

/** V8 tells the position of most errors; of the others it quotes up to ten characters before, or says that the text ended. */
function lineOfError(json: string, message: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  const quoted = /^Unexpected token '(.+?)', (\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message);
  let at = json.length;
  if (position !== undefined) at = Number(position);
  else if (quoted?.[2] !== undefined) at = json.indexOf(quoted[3] ?? '') + 10;
  else if (quoted?.[1] !== undefined) at = json.indexOf(quoted[1]);
  return json.slice(0, at).split('\n').length;
}

/** What is said of a recording that cannot be read. */
export function malformedRecording(message: string, cause?: unknown): DdbxError {
  return new DdbxError({
    code: 'malformed-recording',
    message,
    hint: 'A recording is NDJSON as "ddbx streams tail --output ndjson" writes it, a JSON array of records, or one Lambda event; "jq -c ." puts formatted records on one line each.',
    cause,
  });
}

/** What an error says. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Lines without their newline; the last one need not end with one. */
async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let newline = chunk.indexOf(0x0a); newline >= 0; newline = chunk.indexOf(0x0a, from)) {
      pending.push(chunk.subarray(from, newline));
      yield Buffer.concat(pending);
      pending = [];
      from = newline + 1;
    }
    if (from < chunk.length) pending.push(chunk.subarray(from));
  }
  if (pending.length > 0) yield Buffer.concat(pending);
}
