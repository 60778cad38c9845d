import {
  type JsonPiece,
  malformedRecording,
  parsePiece,
  readJsonPieces,
  recordsOfEvent,
} from '../model/json-pieces.js';
import { fromLambdaRecord, type RecordedRecord, recordedFromWire } from './stream-record.js';

/**
 * Reads recorded stream records: NDJSON as ddbx writes it (read line by line, so a file may be of any size), one JSON
 * array of records, or one Lambda event `{"Records": [...]}`; the last two may be formatted over several lines.
 *
 * @throws DdbxError `malformed-recording`, which names the line, or the record in a document.
 */
export async function* readRecorded(chunks: AsyncIterable<Buffer>): AsyncGenerator<RecordedRecord, void, undefined> {
  for await (const piece of readJsonPieces(chunks)) {
    if (piece.kind === 'line') yield* readLine(piece);
    else yield* readDocument(piece);
  }
}

function* readLine(piece: Extract<JsonPiece, { kind: 'line' }>): Generator<RecordedRecord> {
  const { text, lineNumber } = piece;
  // Only a Lambda event has "Records" in it, or a record whose data speak of it: then a look inside is worth it.
  const records = text.includes('"Records"') ? recordsOfEvent(parsePiece(piece)) : undefined;
  if (records !== undefined) {
    yield* readList(records, `line ${lineNumber}, `);
    return;
  }
  try {
    yield fromLambdaRecord(text.trim());
  } catch (error) {
    throw malformedRecording(`Line ${lineNumber} of the recording ${messageOf(error)}.`, error);
  }
}

function* readDocument(piece: JsonPiece): Generator<RecordedRecord> {
  const document = parsePiece(piece);
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
