import { type Members, optionalChoice } from '../members.js';
import type { RegionState } from '../state.js';
import type { TableStream } from '../streams/table-stream.js';
import type { StartingPosition } from './mapping.js';
import { invalidValue } from './settings-input.js';

const STREAM_ARN = /^arn:aws[a-z-]*:dynamodb:([^:]+):\d{12}:table\/[^/]+\/stream\/.+$/;

/** Where a mapping is to begin; for DynamoDB it has to be said, and cannot be a time (FACTS B.1). */
export function startingPosition(input: Members, streamArn: string): StartingPosition {
  const position = optionalChoice(input, 'StartingPosition', ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON'] as const);
  if (position === undefined) {
    throw invalidValue(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  if (position === 'AT_TIMESTAMP') throw invalidValue(`Unsupported starting position for arn type: ${streamArn}`);
  return position;
}

/** The stream that a mapping is to read. */
export function streamOf(region: RegionState, arn: string): TableStream {
  const streamRegion = STREAM_ARN.exec(arn)?.[1];
  if (streamRegion === undefined) {
    throw invalidValue(`Unrecognized event source arn: ${arn}. The sandbox reads streams of DynamoDB tables.`);
  }
  // That another Region is refused is documented (FACTS B.2), the words are not.
  if (streamRegion !== region.name) {
    throw invalidValue(`The event source ${arn} is not in ${region.name}, where the function is`);
  }
  const stream = region.streams.get(arn);
  if (stream === undefined) throw invalidValue(`Stream not found: ${arn}`);
  return stream;
}
