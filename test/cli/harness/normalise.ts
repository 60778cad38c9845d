/** What differs from run to run although nothing has changed. */
export interface Surroundings {
  /** When the transcript was played, in milliseconds since the epoch: only times near it are replaced. */
  readonly nowMs: number;
  /** Texts to replace as they are, such as temporary folders, the longest first. */
  readonly literals: readonly (readonly [found: string, shown: string])[];
}

const nearMs = 3 * 24 * 3_600_000;
const instantPattern = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{3})?(Z)?/g;
const shardPattern = /(?<=shardId-)\d{20}(?=-[0-9a-f]{8})/g;

/**
 * Replaces what cannot be the same twice by something of the same length, so that tables stay aligned: ports, temporary folders, times near the
 * run, stream labels and shard ids (numbered in their order), request ids, durations that were measured, and calls of GetRecords with their price, which depend on
 * how fast a poll finds the end. That prices have grown old, as they do 90 days after a release, is left out.
 * Sequence numbers, event ids and the ends of shard ids stay: the sandbox draws them from a seeded source.
 */
export function normalise(text: string, surroundings: Surroundings): string {
  let shown = text;
  for (const [found, replacement] of surroundings.literals) shown = shown.replaceAll(found, replacement);
  shown = normaliseShards(shown);
  shown = normaliseInstants(shown, surroundings.nowMs);
  return shown
    .replace(/(?<=(?:127\.0\.0\.1|localhost):)\d{4,5}\b/g, port => '8000'.padEnd(port.length, '0'))
    .replace(/(?<=\b5a9db0c5-0000-4000-8000-)[0-9a-f]{12}\b/g, '000000000000')
    .replace(/(?<![\d.])\d{10}(?:\d{3})?(?![\d.])/g, digits => normaliseEpoch(digits, surroundings.nowMs))
    .replace(/(?<![\d:T])\d\d:\d\d:\d\d(?![\d:.])/g, '00:00:00')
    .replace(/(?<=\bin )\d+(?:\.\d+)?(?:ms|s)\b/g, '0ms')
    .replace(/(?<=\bACTIVE after )\d+m?s\b/g, '0s')
    .replace(/\b\d+(?:\.\d+)?m?s(?= status=)/g, '0ms')
    .replace(/(?<="(?:durationMs|timeLeftMs|elapsedMs|tookMs|latencyMs|waitedMs|delayMs)": ?)\d+(?:\.\d+)?/g, '0')
    .replace(/^stderr\| warning: The prices are \d+ days old .*\n/gm, '')
    .replace(/(?<="getRecordsCalls": ?)\d+|\d+(?= GetRecords calls)/g, '9')
    .replace(/(?<="costUsdBeforeFreeTier": ?"|at most \$)\d\.\d+/g, '0.0000018');
}

function normaliseShards(text: string): string {
  const numbers = [...new Set(text.match(shardPattern))].sort();
  return text.replace(shardPattern, digits => String(numbers.indexOf(digits) + 1).padStart(digits.length, '0'));
}

/** Stream labels are instants without a zone; they are numbered, and so is a time that is the same instant as one of them. */
function normaliseInstants(text: string, nowMs: number): string {
  const all = [...text.matchAll(instantPattern)];
  const labels = [
    ...new Set(
      all.flatMap(([, seconds = '', ms, zone]) => (ms !== undefined && zone === undefined ? [seconds + ms] : [])),
    ),
  ].sort();
  return text.replace(
    instantPattern,
    (found: string, seconds: string, ms: string | undefined, zone: string | undefined) => {
      if (Math.abs(Date.parse(`${seconds}Z`) - nowMs) > nearMs) return found;
      const number = ms === undefined ? -1 : labels.indexOf(seconds + ms);
      const shownMs = ms === undefined ? '' : `.${String(number + 1).padStart(3, '0')}`;
      return `2026-01-01T00:00:00${shownMs}${zone ?? ''}`;
    },
  );
}

function normaliseEpoch(digits: string, nowMs: number): string {
  const isMs = digits.length === 13;
  const atMs = Number(digits) * (isMs ? 1 : 1000);
  if (Math.abs(atMs - nowMs) > nearMs) return digits;
  return isMs ? '1700000000000' : '1700000000';
}
