import type { Aws } from '../aws/connection.js';
import type { RegionTable } from '../aws/region-table.js';
import type { PointInTimeRecovery } from '../aws/settings-gateway.js';
import { type Looked, look, valueOf } from './looked.js';

/** What one Region keeps for itself of a table's settings (FACTS D.5); a part that cannot be read says why. */
export interface RegionSettings {
  readonly region: string;
  readonly table: Looked<RegionTable>;
  readonly recovery: Looked<PointInTimeRecovery>;
  readonly tags: Looked<Readonly<Record<string, string>>>;
  readonly insights: Looked<readonly string[]>;
  readonly kinesis: Looked<readonly string[]>;
  readonly policy: Looked<string | null>;
}

/** Reads the settings of one Region. */
export async function readSettings(
  aws: Pick<Aws, 'replicas' | 'settings'>,
  tableName: string,
  region: string,
  signal: AbortSignal,
): Promise<RegionSettings> {
  const [replicas, settings] = await Promise.all([aws.replicas(region), aws.settings(region)]);
  const table = await look(replicas.describe(tableName, signal));
  if (!table.known) {
    const unknown = { known: false, error: table.error } as const;
    return { region, table, recovery: unknown, tags: unknown, insights: unknown, kinesis: unknown, policy: unknown };
  }
  const { tableArn } = table.value;
  const [recovery, tags, insights, kinesis, policy] = await Promise.all([
    look(settings.pointInTimeRecovery(tableName, signal)),
    look(settings.tags(tableArn, signal)),
    look(settings.contributorInsights(tableName, signal)),
    look(settings.kinesisDestinations(tableName, signal)),
    look(settings.resourcePolicy(tableArn, signal).then(text => text ?? null)),
  ]);
  return { region, table, recovery, tags, insights, kinesis, policy };
}

/** What a setting is called in reports. */
export type SettingName =
  | 'deletion-protection'
  | 'point-in-time-recovery'
  | 'tag'
  | 'contributor-insights'
  | 'stream'
  | 'kinesis-destination'
  | 'resource-policy'
  | 'table-class'
  | 'read-capacity';

/** One setting of one Region, as a word; undefined where it is not known. */
export interface SettingValue {
  readonly name: SettingName;
  /** Tells tags and indexes apart; empty for the others. */
  readonly key: string;
  readonly value: string | undefined;
  /** The failure where the value is not known. */
  readonly error: unknown;
}

/** `on`, `off` and the like, for one Region's settings; tags and indexes are one value each. */
export function settingValues(settings: RegionSettings): readonly SettingValue[] {
  const { table, recovery, tags, insights, kinesis, policy } = settings;
  const values: SettingValue[] = [
    one('deletion-protection', table, found => (found.isDeletionProtected ? 'on' : 'off')),
    one('point-in-time-recovery', recovery, found => (found.enabled ? `${found.days ?? 35} days` : 'off')),
    one('kinesis-destination', kinesis, found => (found.length === 0 ? 'none' : found.map(nameOfArn).join(', '))),
    one('resource-policy', policy, found => (found === null ? 'none' : `${found.length} characters`)),
    one('table-class', table, found => found.tableClass),
    one('read-capacity', table, found => (found.capacity === undefined ? 'on demand' : `${found.capacity.readUnits}`)),
  ];
  // Only a strongly consistent table's streams are set Region by Region.
  if (valueOf(table)?.isStronglyConsistent === true) {
    values.push(one('stream', table, found => found.streamViewType ?? 'off'));
  }
  for (const [key, value] of Object.entries(valueOf(tags) ?? {}))
    values.push({ name: 'tag', key, value, error: undefined });
  if (!tags.known) values.push({ name: 'tag', key: '', value: undefined, error: tags.error });
  for (const key of valueOf(insights) ?? []) {
    values.push({ name: 'contributor-insights', key, value: 'on', error: undefined });
  }
  if (!insights.known) values.push({ name: 'contributor-insights', key: '', value: undefined, error: insights.error });
  return values;
}

function one<Value>(name: SettingName, looked: Looked<Value>, word: (value: Value) => string): SettingValue {
  return looked.known
    ? { name, key: '', value: word(looked.value), error: undefined }
    : { name, key: '', value: undefined, error: looked.error };
}

function nameOfArn(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}
