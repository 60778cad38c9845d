import { isAwsError } from '../../lib/aws/aws-error.js';
import type { SettingChanged } from '../../lib/global/fix-settings.js';
import type { Difference, SettingsComparison } from '../../lib/global/settings-diff.js';
import { plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { type Column, renderTable } from '../../lib/terminal/table.js';
import { failureJson, failureWords } from './failure-words.js';

/** A difference as json and ndjson show it. */
export function differenceJson({ name, key, kind, values }: Difference) {
  return {
    setting: name,
    key: key === '' ? null : key,
    kind,
    values: Object.fromEntries(values.map(({ region, value }) => [region, value])),
  };
}

/** The comparison as one document. */
export function diffDocument(
  comparison: SettingsComparison,
  facts: {
    readonly table: string;
    readonly regions: readonly string[];
    readonly changes: readonly SettingChanged[];
    readonly dryRun: boolean;
  },
) {
  const { differences, unknown, same } = comparison;
  const summary = {
    table: facts.table,
    regions: facts.regions,
    drift: differences.filter(each => each.kind === 'drift').length,
    overrides: differences.filter(each => each.kind === 'override').length,
    same,
    dryRun: facts.dryRun,
    changed: facts.changes.map(({ region, setting, to }) => ({ region, setting, to })),
    unknown: unknown.map(({ region, name, error }) => ({ setting: name, ...failureJson(region, error) })),
  };
  return { summary, document: { ...summary, differences: differences.map(differenceJson) } };
}

/** The differences for people: a row a setting, a column a Region. */
export async function diffText(comparison: SettingsComparison, regions: readonly string[], io: Io): Promise<string> {
  const { differences, same } = comparison;
  const { warn, dim, good } = makePalettes(io).stdout;
  if (differences.length === 0)
    return good(`${plural(same, 'setting')} compared: no difference in ${regions.join(', ')}.`);
  const columns: readonly Column[] = [
    { header: 'SETTING', key: true },
    ...regions.map(region => ({ header: region.toUpperCase() })),
    { header: '' },
  ];
  const rows = differences.map(({ name, key, kind, values }) => [
    key === '' ? name : `${name} ${key}`,
    ...values.map(({ value }) => value ?? '?'),
    kind === 'drift' ? warn('drift') : dim('override'),
  ]);
  return renderTable(columns, rows, io);
}

/** What could not be read, one sentence for each Region and reason; what an emulator does not have is no matter. */
export function unknownTexts(comparison: SettingsComparison): readonly string[] {
  const texts = new Map<string, string[]>();
  for (const { region, name, error } of unreadSettings(comparison)) {
    const text = `${region}: ${failureWords(error).message}`;
    texts.set(text, [...(texts.get(text) ?? []), name]);
  }
  return [...texts].map(([text, names]) => `${[...new Set(names)].join(', ')} not compared in ${text}`);
}

/** The settings that AWS has and did not tell. */
export function unreadSettings({ unknown }: SettingsComparison): SettingsComparison['unknown'] {
  return unknown.filter(({ error }) => !isAwsError(error, 'unknown-operation'));
}

/** The settings that the endpoint does not know at all; undefined at AWS, which knows them all. */
export function foreignText({ unknown }: SettingsComparison): string | undefined {
  const names = unknown.flatMap(({ name, error }) => (isAwsError(error, 'unknown-operation') ? [name] : []));
  return names.length === 0
    ? undefined
    : `Not compared, since the endpoint does not know them: ${[...new Set(names)].join(', ')}.`;
}
