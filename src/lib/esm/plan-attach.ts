import type { StartingPosition } from '../aws/mappings-gateway.js';
import type { Table } from '../aws/tables-gateway.js';
import { DdbxError, ExitCode } from '../model/error.js';
import type { StreamPlan } from '../streams/plan-change.js';
import { refuseContradictions, planChangedSettings, planNewSettings, settingsAfter } from './plan-settings.js';
import type { PlannedSetting, WantedSettings } from './plan-settings.js';
import type { StreamMapping } from './stream-mapping.js';

/** The failure queue of `--on-failure create`. */
export interface QueueToHave {
  readonly queueName: string;
  readonly queueArn: string;
  readonly exists: boolean;
}

/** What is done to have a mapping between a table and a function. */
export interface AttachPlan {
  readonly action: 'create' | 'update' | 'unchanged';
  readonly table: Table;
  /** Undefined while the stream is to be turned on first. */
  readonly streamArn: string | undefined;
  readonly enableStream: StreamPlan | undefined;
  readonly functionName: string;
  readonly functionArn: string;
  readonly queue: QueueToHave | undefined;
  readonly existing: StreamMapping | undefined;
  /** Mappings of the same function on older streams of the table. */
  readonly orphans: readonly StreamMapping[];
  readonly startingPosition: StartingPosition;
  readonly startingPositionIsTyped: boolean;
  readonly settings: readonly PlannedSetting[];
  /** What the mapping's state shall be; undefined: as it is. */
  readonly enabled: boolean | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** What is known before a mapping is planned. */
export interface AttachFacts {
  readonly table: Table;
  readonly enableStream: StreamPlan | undefined;
  readonly functionName: string;
  readonly functionArn: string;
  readonly queue: QueueToHave | undefined;
  /** The function's mappings of any stream of the table. */
  readonly ofFunction: readonly StreamMapping[];
}

/** What was asked for. */
export interface AttachWish {
  readonly settings: WantedSettings;
  readonly startingPosition: StartingPosition | undefined;
  readonly disabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Decides, without asking AWS, what has to be done; for a mapping that is there, only what was asked for changes.
 * @throws DdbxError `usage`; `cannot-change-in-place` (exit 2)
 */
export function planAttach(facts: AttachFacts, wish: AttachWish): AttachPlan {
  const { table, enableStream, ofFunction, ...rest } = facts;
  const streamArn = enableStream === undefined || enableStream.steps.length === 0 ? table.latestStreamArn : undefined;
  const existing = ofFunction.find(({ eventSourceArn }) => eventSourceArn === streamArn);
  if (existing !== undefined) refuseOtherStart(existing, wish);
  const settings =
    existing === undefined ? planNewSettings(wish.settings) : planChangedSettings(existing.settings, wish.settings);
  refuseContradictions(settingsAfter(settings));
  const pauses = existing !== undefined && wish.disabled && existing.state !== 'Disabled';
  const changes = settings.some(setting => setting.changes) || pauses || Object.keys(wish.tags).length > 0;
  return {
    ...rest,
    action: existing === undefined ? 'create' : changes ? 'update' : 'unchanged',
    table,
    enableStream,
    streamArn,
    existing,
    orphans: ofFunction.filter(mapping => mapping !== existing),
    // The oldest record on: LATEST may miss what is written while the mapping is made (FACTS B.1).
    startingPosition: wish.startingPosition ?? 'TRIM_HORIZON',
    startingPositionIsTyped: wish.startingPosition !== undefined,
    settings,
    enabled: existing === undefined ? !wish.disabled : wish.disabled ? false : undefined,
    tags: wish.tags,
  };
}

function refuseOtherStart({ uuid, startingPosition, tableName, functionName }: StreamMapping, wish: AttachWish): void {
  const wanted = wish.startingPosition;
  if (wanted === undefined || startingPosition === undefined || startingPosition === wanted) return;
  throw new DdbxError({
    code: 'cannot-change-in-place',
    message: `Mapping ${uuid} exists and began at ${startingPosition}; Lambda does not change where a mapping begins.`,
    hint: `To read from ${wanted}, remove it and attach it anew: ddbx esm detach ${tableName}:${functionName}`,
    exitCode: ExitCode.usage,
  });
}
