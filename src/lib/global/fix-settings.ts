import type { Aws } from '../aws/connection.js';
import type { RegionSettings } from './settings.js';
import type { FixStep } from './settings-diff.js';
import { valueOf } from './looked.js';

/** A change of a setting that was made. */
export interface SettingChanged {
  readonly type: 'setting-changed';
  readonly region: string;
  readonly setting: FixStep['type'];
  /** What it is now, in words. */
  readonly to: string;
}

/** What making settings equal needs. */
export interface FixOptions {
  readonly aws: Pick<Aws, 'settings'>;
  readonly tableName: string;
  readonly signal: AbortSignal;
}

/** Makes the changes one after the other. @throws AwsError at the first that AWS refuses; run again, it does the rest */
export async function* applyFixes(
  steps: readonly FixStep[],
  settingsByRegion: ReadonlyMap<string, RegionSettings>,
  options: FixOptions,
): AsyncGenerator<SettingChanged, void, void> {
  for (const step of steps) {
    await applyFix(step, valueOf(settingsByRegion.get(step.region)?.table ?? UNKNOWN)?.tableArn ?? '', options);
    yield { type: 'setting-changed', region: step.region, setting: step.type, to: fixText(step) };
  }
}

const UNKNOWN = { known: false, error: undefined } as const;

async function applyFix(step: FixStep, tableArn: string, { aws, tableName, signal }: FixOptions): Promise<void> {
  const settings = await aws.settings(step.region);
  switch (step.type) {
    case 'deletion-protection':
      return settings.setDeletionProtection(tableName, true, signal);
    case 'point-in-time-recovery':
      return settings.setPointInTimeRecovery(tableName, { enabled: true, days: step.days }, signal);
    case 'tags':
      return settings.tag(tableArn, step.tags, signal);
    case 'contributor-insights':
      return settings.setContributorInsights(tableName, step.on, true, signal);
  }
}

/** What a step makes of its setting, in words. */
export function fixText(step: FixStep): string {
  switch (step.type) {
    case 'deletion-protection':
      return 'on';
    case 'point-in-time-recovery':
      return step.days === undefined ? 'on' : `on, ${step.days} days`;
    case 'tags':
      return Object.entries(step.tags)
        .map(([key, value]) => `${key}=${value}`)
        .join(', ');
    case 'contributor-insights':
      return step.on === 'table' ? 'on for the table' : `on for index ${step.on}`;
  }
}
