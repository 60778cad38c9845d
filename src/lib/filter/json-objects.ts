import { isJsonObject } from '../model/json-object.js';
import { malformedRecording, parsePiece, readJsonPieces, recordsOfEvent } from '../model/json-pieces.js';
import type { JsonObject } from './compile-matcher.js';

/** A JSON object, and the line that it was, when it was one. */
export interface ReadObject {
  readonly value: JsonObject;
  /** Without its line end; undefined for a member of a list or an event. */
  readonly line: string | undefined;
}

/**
 * Reads JSON objects of any kind: NDJSON, line by line, so that memory does not grow with the file; a JSON array; a
 * Lambda event, whose `Records` count.
 * @throws DdbxError `malformed-recording`, which names the line or the member of the list
 */
export async function* readJsonObjects(chunks: AsyncIterable<Buffer>): AsyncGenerator<ReadObject, void, undefined> {
  for await (const piece of readJsonPieces(chunks)) {
    const parsed = parsePiece(piece);
    const list = Array.isArray(parsed) ? (parsed as readonly unknown[]) : recordsOfEvent(parsed);
    const where = piece.kind === 'line' ? `Line ${piece.lineNumber} of the recording` : 'The recording';
    if (list === undefined) {
      if (!isJsonObject(parsed)) throw malformedRecording(`${where} is not a JSON object.`);
      yield { value: parsed, line: piece.kind === 'line' ? piece.text : undefined };
      continue;
    }
    for (const [i, value] of list.entries()) {
      if (!isJsonObject(value)) throw malformedRecording(`${where} has no JSON object as member ${i + 1} of its list.`);
      yield { value, line: undefined };
    }
  }
}
