import { DdbxError } from '../model/error.js';
import { isJsonObject } from '../model/json-object.js';
import { fromLambdaRecord, type RecordedRecord, recordedFromWire } from './stream-record.js';

/** A line that ends like this is the first of a document over several lines, not a line of NDJSON. */
const OPENS_A_DOCUMENT = /[[{,]\s*$/;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads recorded stream records: NDJSON as ddbx writes it (read line by line, so a file may be of any size), one JSON
 * array of records, or one Lambda event `{"Records": [...]}`; the last two may be formatted over several lines.
 *
 * @throws DdbxError `malformed-recording`, which names the line, or the record in a document.
 */
export async function* readRecorded(chunks: AsyncIterable<Buffer>): AsyncGenerator<RecordedRecord, void, undefined> {
  let lineNumber = 0;
  let document: string[] | undefined;
  for await (const bytes of splitLines(chunks)) {
    lineNumber++;
    const line = bytes.toString('utf8').replace(lineNumber === 1 ? BYTE_ORDER_MARK : '', '');
    if (document !== undefined) document.push(line);
    else if (line.trim() === '') continue;
    else if (line.trimStart().startsWith('[') || OPENS_A_DOCUMENT.test(line)) {
      // Blank lines stand for the ones before, so that line numbers stay true.
      document = [...Array.from({ length: lineNumber - 1 }, () => ''), line];
    } else yield* readLine(line, lineNumber);
  }
  if (document !== undefined) yield* readDocument(document.join('\n'));
}

function* readLine(line: string, lineNumber: number): Generator<RecordedRecord> {
  // Only a Lambda event has "Records" in it, or a record whose data speak of it: then a look inside is worth it.
  const records = line.includes('"Records"') ? recordsOfEvent(parse(line, lineNumber)) : undefined;
  if (records !== undefined) {
    yield* readList(records, `line ${lineNumber}, `);
    return;
  }
  try {
    yield fromLambdaRecord(line.trim());
  } catch (error) {
    throw malformedRecording(`Line ${lineNumber} of the recording ${messageOf(error)}.`, error);
  }
}

function* readDocument(json: string): Generator<RecordedRecord> {
  const document = parse(json, undefined);
  const records = Array.isArray(document) ? document : recordsOfEvent(document);
  yield* readList(records ?? [document], '');
}

function* readList(records: readonly unknown[], where: string): Generator<RecordedRecord> {
  for (const [index, wire] of records.entries()) {
    try {
      yield recordedFromWire(wire);
    } catch (error) {
      throw malformedRecording(`The recording (${where}record ${index + 1} of its list) ${messageOf(error)}.`, error);
    }
  }
}

function recordsOfEvent(document: unknown): readonly unknown[] | undefined {
  const records = isJsonObject(document) ? document['Records'] : undefined;
  return Array.isArray(records) ? records : undefined;
}

function parse(json: string, lineNumber: number | undefined): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const line = lineNumber ?? lineOfError(json, messageOf(error));
    throw malformedRecording(`Line ${line} of the recording is not JSON (${messageOf(error)}).`, error);
  }
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

function malformedRecording(message: string, cause: unknown): DdbxError {
  return new DdbxError({
    code: 'malformed-recording',
    message,
    hint: 'A recording is NDJSON as "ddbx streams tail --output ndjson" writes it, a JSON array of records, or one Lambda event; "jq -c ." puts formatted records on one line each.',
    cause,
  });
}

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
