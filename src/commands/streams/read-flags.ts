import { type Command, Option } from 'commander';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import { parseInstant } from '../../lib/model/instant.js';
import type { Pace } from '../../lib/streams/read-events.js';
import type { EventName } from '../../lib/streams/stream-record.js';
import { collected, parsedBy, wholeNumber } from '../verb.js';

/** The flags that `addPaceOptions` declares, as commander hands them over. */
export interface PaceFlags {
  readonly pollInterval: number;
  readonly maxRps?: number;
  readonly maxWait: number;
}

/** Declares how fast a verb reads, and how long it bears failures. */
export function addPaceOptions(command: Command): Command {
  const duration = parsedBy(parseDuration);
  return command
    .optionsGroup('Pace:')
    .addOption(
      new Option('--poll-interval <duration>', 'between polls of an idle shard')
        .argParser(duration)
        .default(1_000, '1s'),
    )
    .addOption(new Option('--max-rps <n>', 'GetRecords calls a second, over all shards').argParser(wholeNumber(1)))
    .addOption(
      new Option('--max-wait <duration>', 'how long to bear an endpoint that fails')
        .argParser(duration)
        .default(600_000, '10m'),
    );
}

/** The parsed form of `addPaceOptions`. */
export function paceOf(flags: PaceFlags): Pace {
  return { pollIntervalMs: flags.pollInterval, maxRequestsPerSecond: flags.maxRps, maxWaitMs: flags.maxWait };
}

/** `--event insert,modify,remove`. */
export function eventOption(): Option {
  return new Option('--event <names>', 'insert, modify, remove').argParser(collected(parseEventName));
}

function parseEventName(text: string): EventName {
  const name = text.toUpperCase();
  if (name === 'INSERT' || name === 'MODIFY' || name === 'REMOVE') return name;
  throw usageError(`"${text}" is none of insert, modify, remove.`);
}

/** A span of time, in milliseconds since the epoch. */
export interface Span {
  readonly sinceMs: number | undefined;
  readonly untilMs: number | undefined;
}

/** Records tell whole seconds only (FACTS A.3), so a span begins with one. */
const RECORD_TIME_STEP_MS = 1_000;

/** Reads `--since` and `--until` against the same now. @throws DdbxError `usage` */
export function parseSpan(since: string | undefined, until: string | undefined, nowMs: number): Span {
  const exactMs = since === undefined ? undefined : parseInstant(since, nowMs, { future: 'refuse' });
  const sinceMs = exactMs === undefined ? undefined : Math.floor(exactMs / RECORD_TIME_STEP_MS) * RECORD_TIME_STEP_MS;
  const untilMs = until === undefined ? undefined : parseInstant(until, nowMs);
  if (sinceMs !== undefined && untilMs !== undefined && sinceMs >= untilMs) {
    throw usageError('--since lies after --until, so no record can be in between.');
  }
  return { sinceMs, untilMs };
}
