import type { Table } from '../aws/tables-gateway.js';
import { DdbxError } from '../model/error.js';
import { spelledViewType } from '../streams/view-type.js';
import type { StreamMapping } from './stream-mapping.js';
import { settingNames, type SettingName } from './setting-table.js';
import { sameSetting } from './setting-values.js';

/** One step of a move; `wait` is for the old stream to be read to its end. */
export type RepointStep = 'wait' | 'create' | 'remove';

/** What is done to move a mapping to the table's present stream. */
export interface RepointPlan {
  readonly mapping: StreamMapping;
  readonly tableName: string;
  readonly region: string;
  readonly oldStreamArn: string;
  readonly newStreamArn: string;
  /** None when the mapping reads the present stream already. */
  readonly steps: readonly RepointStep[];
  /** The mapping on the new stream, when an earlier run has made it. */
  readonly successor: StreamMapping | undefined;
  /** Where the successor that is there differs from the mapping. */
  readonly differences: readonly SettingName[];
}

/**
 * Decides what is left to do, from what there is; so a move that was interrupted goes on.
 * @param others the mappings that read the table's present stream
 * @throws DdbxError `stream-not-enabled`, `filters-not-readable`, `mapping-paused`
 */
export function planRepoint(
  mapping: StreamMapping,
  table: Table,
  others: readonly StreamMapping[],
  now: boolean,
): RepointPlan {
  const { tableName, region, latestStreamArn, streamViewType } = table;
  if (streamViewType === undefined || latestStreamArn === undefined) throw streamOff(table);
  const successor = others.find(
    other =>
      other.uuid !== mapping.uuid &&
      other.eventSourceArn === latestStreamArn &&
      other.functionArn === mapping.functionArn &&
      other.state !== 'Deleting',
  );
  const plan = {
    mapping,
    tableName,
    region,
    oldStreamArn: mapping.eventSourceArn,
    newStreamArn: latestStreamArn,
    successor,
    differences: successor === undefined ? [] : differingSettings(mapping, successor),
  };
  if (mapping.eventSourceArn === latestStreamArn) return { ...plan, steps: [] };
  // Once the successor is there, the old stream was read to its end, or was not to be.
  if (successor !== undefined) return { ...plan, steps: ['remove'] };
  if (mapping.settings.filters === undefined) throw filtersNotReadable(mapping);
  if (!now && isPaused(mapping)) throw paused(mapping);
  return { ...plan, steps: now ? ['create', 'remove'] : ['wait', 'create', 'remove'] };
}

/** Whether nobody reads the stream through this mapping. */
export function isPaused({ state }: Pick<StreamMapping, 'state'>): boolean {
  return state === 'Disabled' || state === 'Disabling';
}

function differingSettings(mapping: StreamMapping, successor: StreamMapping): readonly SettingName[] {
  return settingNames.filter(name => !sameSetting(mapping.settings[name], successor.settings[name]));
}

function streamOff({ tableName, region, latestStreamArn }: Table): DdbxError {
  const view = spelledViewType('NEW_AND_OLD_IMAGES');
  return new DdbxError({
    code: 'stream-not-enabled',
    message: `${tableName} in ${region} has no enabled stream to move the mapping to${latestStreamArn === undefined ? '' : '; its last one is off'}.`,
    hint: `ddbx streams enable ${tableName} --view ${view} turns one on.`,
  });
}

function filtersNotReadable({ uuid, filterError }: StreamMapping): DdbxError {
  return new DdbxError({
    code: 'filters-not-readable',
    message: `The filters of mapping ${uuid} are encrypted and cannot be read, so a new mapping could not get the same${filterError === undefined ? '' : `: ${filterError}`}.`,
    hint: 'Allow kms:Decrypt on the key of the mapping (ddbx esm show names it), then run the same command again.',
  });
}

function paused({ uuid, state }: StreamMapping): DdbxError {
  return new DdbxError({
    code: 'mapping-paused',
    message: `Mapping ${uuid} is ${state}, so nobody reads its old stream to the end.`,
    hint: `ddbx esm resume ${uuid} lets it read on; --now moves it without the rest.`,
  });
}
