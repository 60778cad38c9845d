import type { PlannedSetting, SettingSource } from '../../lib/esm/plan-settings.js';
import { settingTable } from '../../lib/esm/setting-table.js';
import { formatSetting } from '../../lib/esm/setting-values.js';
import { displayWidth, pad } from '../../lib/terminal/text.js';

const FROM: Readonly<Record<SettingSource, string>> = {
  typed: '',
  preset: 'by the preset',
  ddbx: "ddbx's default",
  aws: "AWS's default",
  kept: '',
};

/** The settings of a mapping that is to be made, and where each comes from; one a line, indented. */
export function newSettingLines(settings: readonly PlannedSetting[]): readonly string[] {
  return aligned(
    settings.map(({ name, after, source }) => [settingTable[name].label, formatSetting(name, after), FROM[source]]),
  );
}

/** The settings that change: `old -> new`. */
export function changedSettingLines(settings: readonly PlannedSetting[]): readonly string[] {
  return aligned(
    settings
      .filter(({ changes }) => changes)
      .map(({ name, before, after, source }) => [
        settingTable[name].label,
        `${before === undefined ? 'encrypted' : formatSetting(name, before)} -> ${formatSetting(name, after)}`,
        FROM[source],
      ]),
  );
}

/** A planned setting as json shows it. */
export function settingJson({ name, before, after, source, changes }: PlannedSetting) {
  return { name, before: before ?? null, after: after ?? null, source, changes };
}

/** A value longer than this does not push the others' sources away. */
const WIDEST_VALUE = 24;

function aligned(rows: readonly (readonly [string, string, string])[]): readonly string[] {
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(displayWidth));
  const labels = widest(rows.map(([label]) => label));
  const values = widest(rows.map(([, value]) => value).filter(value => displayWidth(value) <= WIDEST_VALUE));
  return rows.map(([label, value, from]) => `     ${pad(label, labels)}  ${pad(value, values)}  ${from}`.trimEnd());
}
