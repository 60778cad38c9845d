import type { RegionTable } from '../../lib/aws/region-table.js';
import { keyText } from '../../lib/global/key-text.js';
import type { KeyDifference, VerifyEvent } from '../../lib/global/verify.js';
import { toPlainObject } from '../../lib/model/attribute-value.js';
import { formatDuration } from '../../lib/model/duration.js';
import { sumOf } from '../../lib/model/exact.js';
import { formatBytes } from '../../lib/model/size.js';
import { formatCount, formatUsd, plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { safeText } from '../../lib/terminal/text.js';
import type { Prices } from './open-prices.js';

type Of<Type extends VerifyEvent['type']> = Extract<VerifyEvent, { type: Type }>;

/** An eventually consistent scan takes half a unit for 4 KB. */
const BYTES_PER_UNIT = 8_192;
const MILLION = 1_000_000;

/** What the comparison takes, before it begins. */
export function costText(
  home: RegionTable,
  regions: readonly string[],
  maxUnitsPerSecond: number | undefined,
  prices: Prices,
): string {
  const units = Math.ceil(home.sizeBytes / BYTES_PER_UNIT);
  const time =
    maxUnitsPerSecond === undefined
      ? ''
      : `, at least ${formatDuration((units / maxUnitsPerSecond) * 1_000)} at ${formatCount(maxUnitsPerSecond)} a second`;
  const counted =
    home.sizeBytes === 0
      ? 'empty by the last count'
      : `${plural(home.itemCount, 'item')}, ${formatBytes(home.sizeBytes)} by the last count`;
  return `Comparing ${home.tableName} in ${regions.join(', ')} (${counted}): about ${formatCount(units)} read units in each${time}; ${readCostText(home, regions, units, prices)}.`;
}

/** What reading so many units in each Region costs, and by which prices. */
function readCostText(home: RegionTable, regions: readonly string[], units: number, prices: Prices): string {
  if (home.capacity !== undefined) return 'they come out of the provisioned capacity';
  const known = regions.flatMap(region => {
    const price = prices(region, readDimension(home, region));
    return price === undefined ? [] : [{ region, ...price }];
  });
  const unknown = regions.filter(region => !known.some(each => each.region === region));
  const missing = unknown.length === 0 ? '' : `the price of reading in ${unknown.join(', ')} is not known`;
  if (known.length === 0) return missing;
  const usd = sumOf(known.map(price => price.usd.times(units).div(MILLION)));
  const by = known.map(price => `${price.region} $${price.usd.toFixed()} a million as of ${price.asOf}`).join(', ');
  const total = `${missing === '' ? '' : 'at least '}${formatUsd(usd.toDecimalPlaces(20).toFixed())} on demand (${by})`;
  return missing === '' ? total : `${total}; ${missing}`;
}

/** A replica may be of another table class than the Region that is asked. */
function readDimension(home: RegionTable, region: string): 'rru' | 'ia-rru' {
  const replica = home.replicas.find(each => each.region === region);
  return (replica?.tableClass ?? home.tableClass) === 'STANDARD' ? 'rru' : 'ia-rru';
}

/** How far it is, for the live line. */
export function progressText({ items, units, segmentsDone, segments }: Of<'progress'>): string {
  return `${formatCount(items)} items, ${formatCount(Math.round(units))} units, ${formatCount(segmentsDone)} of ${formatCount(segments)} parts`;
}

/** What the reading came to. */
export function narrowedText(event: Of<'compared'> | Of<'narrowed'> | Of<'progress'>): string {
  switch (event.type) {
    case 'progress':
      return progressText(event);
    case 'compared':
      return event.differingRanges === 0
        ? 'All read once.'
        : `All read once: ${formatCount(event.differingRanges)} of ${formatCount(event.ranges)} key ranges ${event.differingRanges === 1 ? 'differs' : 'differ'}; reading ${plural(event.segmentsToReread, 'part')} again.`;
    case 'narrowed':
      return event.candidates === 0
        ? 'All of it was replication in flight.'
        : `${plural(event.candidates, 'key')}${event.complete ? '' : ' and more'} still ${event.candidates === 1 && event.complete ? 'differs; looking at it' : 'differ; looking at each'}.`;
  }
}

/** A key that differs as json and ndjson show it; null where there is no item. */
export function differenceJson({ type, key, items }: KeyDifference) {
  return {
    type,
    key: toPlainObject(key),
    missingIn: items.flatMap(({ region, digest }) => (digest === null ? [region] : [])),
    digests: Object.fromEntries(items.map(({ region, digest }) => [region, digest])),
  };
}

/** A key that differs, for people: which Regions agree with each other. */
export function differenceText({ key, items }: KeyDifference, io: Io): string {
  const { bold, bad } = makePalettes(io).stdout;
  const groups = new Map<string, string[]>();
  for (const { region, digest } of items) {
    const version = digest ?? 'missing';
    groups.set(version, [...(groups.get(version) ?? []), region]);
  }
  const parts = [...groups].map(([version, regions]) =>
    version === 'missing' ? bad(`missing in ${regions.join(', ')}`) : `${version.slice(0, 8)} in ${regions.join(', ')}`,
  );
  return `${bold(safeText(keyText(key)))}: ${parts.join('; ')}`;
}

/** The result as one document. */
export function verifyDocument(summary: Of<'summary'>, table: string) {
  const { regions, differences, changing, complete } = summary;
  return { table, equal: differences === 0 && changing === 0, regions, differences, changing, complete };
}

/** The verdict for people. */
export function verdictText({ regions, differences, changing, complete }: Of<'summary'>): string {
  const read = regions.map(({ region, items }) => `${region} ${formatCount(items)}`).join(', ');
  const verdict =
    differences === 0
      ? 'The Regions hold the same items'
      : `${plural(differences, 'key')}${complete ? '' : ' and more'} ${differences === 1 ? 'differs' : 'differ'}`;
  const moving = changing === 0 ? '' : ` ${plural(changing, 'key')} changed all the time and could not be judged.`;
  return `${verdict} (items read: ${read}).${moving}`;
}
