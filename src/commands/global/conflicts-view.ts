import type { Conflict, ConflictVersion } from '../../lib/global/conflict-finder.js';
import type { ConflictEvent } from '../../lib/global/conflicts.js';
import { keyText } from '../../lib/global/key-text.js';
import { type AttributeMap, formatValue, toPlainObject } from '../../lib/model/attribute-value.js';
import { formatInstant } from '../../lib/model/instant.js';
import { diffImages, type ImageChange } from '../../lib/streams/image-diff.js';
import { formatCount, plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { pad, safeText, truncate } from '../../lib/terminal/text.js';

/** A conflict as json and ndjson show it; an item that is not there is null. */
export function conflictJson({ type, key, atMs, certainty, base, versions, decided }: Conflict) {
  const [first, second] = versions;
  return {
    type,
    at: formatInstant(atMs),
    key: toPlainObject(key),
    certainty,
    decided,
    base: itemJson(base),
    /** Both when neither was seen to win. */
    winner: decided ? versionJson(first) : null,
    loser: decided ? versionJson(second) : null,
    versions: decided ? null : [versionJson(first), versionJson(second)],
  };
}

function versionJson({ regions, atMs, item }: ConflictVersion) {
  return { regions, at: formatInstant(atMs), item: itemJson(item) };
}

function itemJson(item: AttributeMap | undefined) {
  return item === undefined ? null : toPlainObject(item);
}

/** The summary, with the conflicts where they are wanted in one document. */
export function conflictsDocument(
  summary: Extract<ConflictEvent, { type: 'summary' }>,
  conflicts: readonly ReturnType<typeof conflictJson>[] | undefined,
  table: string,
) {
  const { records, certain, possible, gaps, letGo, keys } = summary;
  return { table, records, certain, possible, gaps, letGo, keys, ...(conflicts === undefined ? {} : { conflicts }) };
}

/** A conflict for people: the key, then the two versions by what each changed. */
export function conflictText(conflict: Conflict, io: Io): string {
  const { bold, warn, good, bad, dim } = makePalettes(io).stdout;
  const { key, atMs, certainty, base, versions, decided } = conflict;
  const head = [
    dim(formatInstant(atMs)),
    bold(safeText(keyText(key))),
    certainty === 'certain' ? '' : warn('possible'),
    decided ? '' : dim('undecided: neither replaced the other'),
  ].filter(part => part !== '');
  const labels = decided ? [good('won '), bad('lost')] : ['one ', 'two '];
  const places = versions.map(version => version.regions.join('+'));
  const width = Math.max(...places.map(place => place.length));
  const ellipsis = io.unicode ? '…' : '...';
  const lines = versions.map((version, index) => {
    const text = `  ${labels[index] ?? ''}  ${pad(places[index] ?? '', width)}  ${changesText(base, version.item)}`;
    return io.stdoutIsTty ? truncate(text, io.width - 1, ellipsis) : text;
  });
  return [head.join('  '), ...lines].join('\n');
}

function changesText(base: AttributeMap | undefined, item: AttributeMap | undefined): string {
  if (item === undefined) return 'deleted';
  if (base === undefined) return `created ${safeText(JSON.stringify(toPlainObject(item)))}`;
  return diffImages(base, item).map(changeText).join(', ');
}

function changeText(change: ImageChange): string {
  const path = safeText(change.path);
  switch (change.kind) {
    case 'added':
      return `${path}: + ${formatValue(change.new, 40)}`;
    case 'removed':
      return `${path}: - ${formatValue(change.old, 40)}`;
    case 'changed':
    case 'set':
      return `${path}: ${formatValue(change.old, 40)} -> ${formatValue(change.new, 40)}`;
  }
}

/** The end of a search for people. */
export function summaryText(summary: Extract<ConflictEvent, { type: 'summary' }>, regions: readonly string[]): string {
  const { records, certain, possible, keys, letGo } = summary;
  const read = records.reduce((sum, each) => sum + each.records, 0);
  const lines = [
    certain + possible === 0
      ? `No conflict in ${plural(read, 'record')} of ${regions.length} Regions.`
      : `${plural(certain, 'conflict')}${possible === 0 ? '' : `, and ${formatCount(possible)} possible`}, in ${plural(read, 'record')} of ${regions.length} Regions.`,
  ];
  if (keys.length > 0) {
    lines.push(
      `Most often: ${keys
        .slice(0, 10)
        .map(({ key, conflicts }) => `${safeText(key)} (${formatCount(conflicts)})`)
        .join(', ')}`,
    );
  }
  if (letGo > 0) lines.push(`${plural(letGo, 'key')} had to be let go before they could be judged.`);
  return lines.join('\n');
}
