import type { RegionSettings, SettingName } from './settings.js';
import { settingValues } from './settings.js';
import { valueOf } from './looked.js';

/** A setting that is not the same in all Regions. */
export interface Difference {
  readonly name: SettingName;
  /** The tag's key, or `table` or the index for Contributor Insights; empty for the others. */
  readonly key: string;
  /** `drift`: DynamoDB never carries it over, so somebody forgot a Region. `override`: DynamoDB carries it over unless a Region was told otherwise. */
  readonly kind: 'drift' | 'override';
  /** By Region, in the order of the Regions; null where it is not known. */
  readonly values: readonly { readonly region: string; readonly value: string | null }[];
}

/** How each Region's settings compare. */
export interface SettingsComparison {
  readonly differences: readonly Difference[];
  /** What could not be read, and why. */
  readonly unknown: readonly { readonly region: string; readonly name: SettingName; readonly error: unknown }[];
  /** How many settings are the same everywhere. */
  readonly same: number;
}

const OVERRIDES: ReadonlySet<SettingName> = new Set(['table-class', 'read-capacity']);
/** What stands for a tag or an insight that a Region does not have. */
const ABSENT: Readonly<Partial<Record<SettingName, string>>> = { tag: 'none', 'contributor-insights': 'off' };

/** Compares the settings of all Regions; what is not known is no difference. */
export function compareSettings(regions: readonly RegionSettings[]): SettingsComparison {
  const perRegion = regions.map(settings => ({ region: settings.region, values: settingValues(settings) }));
  const unknown = perRegion.flatMap(({ region, values }) =>
    values.flatMap(({ name, value, error }) => (value === undefined ? [{ region, name, error }] : [])),
  );
  const keys = new Map<string, { readonly name: SettingName; readonly key: string }>();
  for (const { values } of perRegion) {
    for (const { name, key, value } of values) if (value !== undefined) keys.set(`${name} ${key}`, { name, key });
  }
  const differences: Difference[] = [];
  let same = 0;
  for (const { name, key } of keys.values()) {
    const values = perRegion.map(({ region, values: all }) => ({ region, value: valueIn(all, name, key) }));
    const known = new Set(values.map(each => each.value).filter(value => value !== null));
    if (known.size <= 1) {
      same += 1;
      continue;
    }
    differences.push({ name, key, kind: OVERRIDES.has(name) ? 'override' : 'drift', values });
  }
  return { differences, unknown, same };
}

function valueIn(values: ReturnType<typeof settingValues>, name: SettingName, key: string): string | null {
  const found = values.find(each => each.name === name && each.key === key);
  if (found !== undefined) return found.value ?? null;
  const isUnread = values.some(each => each.name === name && each.value === undefined);
  return isUnread ? null : (ABSENT[name] ?? null);
}

/** One change that makes a Region as the reference is. */
export type FixStep =
  | { readonly type: 'deletion-protection'; readonly region: string }
  | { readonly type: 'point-in-time-recovery'; readonly region: string; readonly days: number | undefined }
  | { readonly type: 'tags'; readonly region: string; readonly tags: Readonly<Record<string, string>> }
  | { readonly type: 'contributor-insights'; readonly region: string; readonly on: string };

/**
 * What it takes to bring a Region to the reference. It only turns on and adds: to turn a protection off, or to take a
 * tag away, is nothing that parity should decide.
 */
export function fixSteps(reference: RegionSettings, other: RegionSettings): readonly FixStep[] {
  const { region } = other;
  const steps: FixStep[] = [];
  const wanted = valueOf(reference.table);
  const found = valueOf(other.table);
  if (wanted?.isDeletionProtected === true && found?.isDeletionProtected === false) {
    steps.push({ type: 'deletion-protection', region });
  }
  const recovery = valueOf(reference.recovery);
  const otherRecovery = valueOf(other.recovery);
  if (recovery?.enabled === true && otherRecovery !== undefined) {
    const isSame = otherRecovery.enabled && otherRecovery.days === recovery.days;
    if (!isSame) steps.push({ type: 'point-in-time-recovery', region, days: recovery.days });
  }
  const tags = valueOf(reference.tags);
  const otherTags = valueOf(other.tags);
  if (tags !== undefined && otherTags !== undefined) {
    // Tags that begin with aws: belong to AWS, and nobody else may set them.
    const missing = Object.entries(tags).filter(([key, value]) => otherTags[key] !== value && !key.startsWith('aws:'));
    if (missing.length > 0) steps.push({ type: 'tags', region, tags: Object.fromEntries(missing) });
  }
  const otherInsights = valueOf(other.insights);
  if (otherInsights !== undefined) {
    for (const on of valueOf(reference.insights) ?? []) {
      if (!otherInsights.includes(on)) steps.push({ type: 'contributor-insights', region, on });
    }
  }
  return steps;
}
