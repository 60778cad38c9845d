import type { KeyPart } from '../aws/region-table.js';
import type { AttributeMap, AttributeValue } from '../model/attribute-value.js';
import { formatInstant } from '../model/instant.js';

/** Every canary carries this attribute with the id of its run; nothing else is ever deleted. */
export const PROBE_MARK = 'ddbx-probe';

/** A canary that is left behind in a table with time to live goes by itself after a day. */
const LIFETIME_SECONDS = 86_400;

/** 32 hexadecimal digits. */
export function probeId(random: () => number): string {
  return Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
}

/** A key that no application would write: it says whose it is, and holds 128 random bits. */
export function probeKey(key: readonly KeyPart[], id: string): AttributeMap {
  return Object.fromEntries(key.map(({ name, type }) => [name, valueOf(type, id)]));
}

function valueOf(type: KeyPart['type'], id: string): AttributeValue {
  switch (type) {
    case 'S':
      return { S: `${PROBE_MARK}#${id}` };
    case 'N':
      // 37 digits: DynamoDB keeps 38 exactly.
      return { N: (BigInt(`0x${id}`) % 10n ** 37n).toString() };
    case 'B':
      return { B: Buffer.from(`${PROBE_MARK}#${id}`).toString('base64') };
  }
}

/** The canary: its key, whose it is, and when it goes by itself where the table has time to live. */
export function probeItem(
  key: AttributeMap,
  facts: {
    readonly runId: string;
    readonly region: string;
    readonly nowMs: number;
    readonly timeToLive: string | undefined;
  },
): AttributeMap {
  const { runId, region, nowMs, timeToLive } = facts;
  const expires = { N: String(Math.floor(nowMs / 1000) + LIFETIME_SECONDS) };
  return {
    // First, so that a key attribute of one of these names wins.
    ...(timeToLive === undefined ? {} : { [timeToLive]: expires }),
    [`${PROBE_MARK}-written-in`]: { S: region },
    [`${PROBE_MARK}-written-at`]: { S: formatInstant(nowMs) },
    [PROBE_MARK]: { S: runId },
    ...key,
  };
}
