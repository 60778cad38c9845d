import { isDuration, parseDuration } from './duration.js';
import { usageError } from './error.js';

const INSTANT =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:T(?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?<offset>Z|[+-]\d{2}:?\d{2})?)?$/;
const EXAMPLES = 'Write 2026-11-20T10:11:12Z, 2026-11-20T10:11+01:00, 2026-11-20 (midnight UTC), or how long ago: 15m.';

/** What `parseInstant` is told besides the text. */
export interface InstantOptions {
  /** `refuse` makes an instant after now an error. */
  readonly future?: 'allow' | 'refuse';
}

/**
 * Reads an ISO 8601 instant with `Z` or an offset, a plain date (midnight UTC), or a duration, `15m` or `15m ago`,
 * counted back from `nowMs`.
 *
 * @returns milliseconds since the epoch.
 * @throws DdbxError (usage) for anything else; a local time without an offset among it, since it means another instant
 * on another machine.
 */
export function parseInstant(text: string, nowMs: number, options: InstantOptions = {}): number {
  const durationText = text.replace(/ +ago$/, '');
  if (isDuration(durationText)) return nowMs - parseDuration(durationText);
  const instantMs = parseIso(text);
  if (options.future === 'refuse' && instantMs > nowMs) {
    throw usageError(
      `"${text}" lies in the future: it is ${formatInstant(nowMs)} now.`,
      'Give an instant that has passed, or how long ago: 15m.',
    );
  }
  return instantMs;
}

/** ISO 8601 in UTC, with milliseconds only where there are some: `2026-11-20T10:11:12Z`. */
export function formatInstant(instantMs: number): string {
  return new Date(instantMs).toISOString().replace('.000Z', 'Z');
}

function parseIso(text: string): number {
  const { year, month, day, time, offset } = INSTANT.exec(text)?.groups ?? {};
  if (year === undefined) throw usageError(`"${text}" is not an instant.`, EXAMPLES);
  if (time !== undefined && offset === undefined) {
    throw usageError(
      `"${text}" has no offset, so it could mean several instants.`,
      `For UTC write "${text}Z"; for another time zone its offset: "${text}+01:00".`,
    );
  }
  const date = `${year}-${month}-${day}`;
  const zone = offset?.replace(/^(...)(\d\d)$/, '$1:$2') ?? 'Z';
  const instantMs = Date.parse(`${date}T${time ?? '00:00'}${zone}`);
  // Date.parse takes the 30th of February for the 2nd of March.
  const dateMs = Date.parse(`${date}T00:00Z`);
  if (Number.isNaN(instantMs) || Number.isNaN(dateMs) || !formatInstant(dateMs).startsWith(date)) {
    throw usageError(`"${text}" does not exist in the calendar.`, EXAMPLES);
  }
  return instantMs;
}
