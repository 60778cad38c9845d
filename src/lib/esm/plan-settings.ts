import { awsDefaults, type MappingSettings } from '../aws/mapping-settings.js';
import { usageError } from '../model/error.js';
import { safeDefaults } from './presets.js';
import { type SettingName, settingNames, settingTable } from './setting-table.js';
import { sameSetting } from './setting-values.js';

/** Where the value of a setting comes from. */
export type SettingSource =
  | 'typed'
  | 'preset'
  /** A default of ddbx that keeps a bad record from blocking the shard. */
  | 'ddbx'
  /** Lambda's own default. */
  | 'aws'
  /** What the mapping has already. */
  | 'kept';

/** One setting of a plan. `before` is undefined for a mapping that is to be made. */
export interface PlannedSetting<Name extends SettingName = SettingName> {
  readonly name: Name;
  readonly before: MappingSettings[Name] | undefined;
  readonly after: MappingSettings[Name];
  readonly source: SettingSource;
  readonly changes: boolean;
}

/** What was asked for: single flags beat the preset. */
export interface WantedSettings {
  readonly typed: Partial<MappingSettings>;
  readonly preset: Partial<MappingSettings>;
}

/** The settings of a mapping that is to be made: typed, else the preset's, else safe ones of ddbx, else Lambda's. */
export function planNewSettings({ typed, preset }: WantedSettings): readonly PlannedSetting[] {
  const layers = [
    ['typed', typed],
    ['preset', preset],
    ['ddbx', safeDefaults],
    ['aws', awsDefaults],
  ] as const;
  return settingNames.map(name => {
    const [source, values] = layers.find(([, layer]) => layer[name] !== undefined) ?? (['aws', awsDefaults] as const);
    return { name, before: undefined, after: values[name] ?? awsDefaults[name], source, changes: source !== 'aws' };
  });
}

/** The settings of a mapping that is there: what was not asked for is kept. */
export function planChangedSettings(
  current: MappingSettings,
  { typed, preset }: WantedSettings,
): readonly PlannedSetting[] {
  return settingNames.map(name => {
    const before = current[name];
    const source = typed[name] !== undefined ? 'typed' : preset[name] !== undefined ? 'preset' : 'kept';
    const after = typed[name] ?? preset[name] ?? before;
    // Filters that cannot be read cannot be compared either: what was typed is sent.
    const changes = source !== 'kept' && (before === undefined || !sameSetting(before, after));
    return { name, before, after, source, changes };
  });
}

/** What has to be sent to Lambda. */
export function sentSettings(plan: readonly PlannedSetting[]): Partial<MappingSettings> {
  return Object.fromEntries(plan.filter(({ changes }) => changes).map(({ name, after }) => [name, after]));
}

/** All settings as they are after the plan. */
export function settingsAfter(plan: readonly PlannedSetting[]): MappingSettings {
  return { ...awsDefaults, ...Object.fromEntries(plan.map(({ name, after }) => [name, after])) };
}

/**
 * Refuses settings that cannot work together, whatever the mapping.
 * @throws DdbxError `usage`
 */
export function refuseContradictions(settings: MappingSettings): void {
  const { maximumRecordAgeSeconds: age, maximumBatchingWindowSeconds: window } = settings;
  if (age > 0 && window >= age) {
    throw usageError(
      `Records that are gathered for ${window} s would be older than ${age} s by then, and given up unseen.`,
      `Make --${settingTable.maximumBatchingWindowSeconds.flag} shorter than --${settingTable.maximumRecordAgeSeconds.flag}.`,
    );
  }
}
