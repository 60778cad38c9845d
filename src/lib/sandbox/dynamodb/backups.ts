import { AwsError, notServed, validationError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { type Members, optionalInteger, requiredMembers, optionalBoolean } from '../members.js';
import type { RegionState, SandboxState } from '../state.js';
import type { Table } from './table.js';
import { parseTableName } from './table-input.js';

const DEFAULT_PERIOD_DAYS = 35;
const DAY_MS = 24 * 60 * 60 * 1000;

/** AWS can restore up to about five minutes ago. */
const RESTORE_DELAY_MS = 5 * 60 * 1000;

/** The operations on point-in-time recovery: what is set is shown; nothing is restored or exported. */
export const backupOperations: Readonly<Record<string, Operation>> = {
  DescribeContinuousBackups: (input, { state, region }) => describe(findBackedUp(input, region), state),
  UpdateContinuousBackups: updateBackups,
  ExportTableToPointInTime: () => {
    throw notServed('DynamoDB', 'ExportTableToPointInTime');
  },
  RestoreTableToPointInTime: () => {
    throw notServed('DynamoDB', 'RestoreTableToPointInTime');
  },
};

function updateBackups(input: Members, { state, region }: Call): unknown {
  const table = findBackedUp(input, region);
  if (table.status === 'CREATING') {
    throw new AwsError(
      'ContinuousBackupsUnavailableException',
      `Backups are being enabled for the table: ${table.name}. Please retry later`,
    );
  }
  const specification = requiredMembers(input, 'PointInTimeRecoverySpecification');
  const isEnabled = optionalBoolean(specification, 'PointInTimeRecoveryEnabled') ?? false;
  const periodDays = optionalInteger(specification, 'RecoveryPeriodInDays', { min: 1, max: DEFAULT_PERIOD_DAYS });
  if (!isEnabled && periodDays !== undefined) {
    throw validationError(
      'Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.',
    );
  }
  table.pointInTimeRecovery = isEnabled
    ? {
        periodDays: periodDays ?? table.pointInTimeRecovery?.periodDays ?? DEFAULT_PERIOD_DAYS,
        enabledAtMs: table.pointInTimeRecovery?.enabledAtMs ?? state.clock.now(),
      }
    : undefined;
  return describe(table, state);
}

function describe({ pointInTimeRecovery }: Table, state: SandboxState): unknown {
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription:
        pointInTimeRecovery === undefined
          ? { PointInTimeRecoveryStatus: 'DISABLED' }
          : { PointInTimeRecoveryStatus: 'ENABLED', ...window(pointInTimeRecovery, state.clock.now()) },
    },
  };
}

function window({ periodDays, enabledAtMs }: { periodDays: number; enabledAtMs: number }, nowMs: number) {
  return {
    RecoveryPeriodInDays: periodDays,
    EarliestRestorableDateTime: Math.max(enabledAtMs, nowMs - periodDays * DAY_MS) / 1000,
    LatestRestorableDateTime: Math.max(enabledAtMs, nowMs - RESTORE_DELAY_MS) / 1000,
  };
}

function findBackedUp(input: Members, region: RegionState): Table {
  const name = parseTableName(input);
  const table = region.tables.get(name);
  if (table === undefined) throw new AwsError('TableNotFoundException', `Table not found: ${name}`);
  return table;
}
