import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import type { StreamViewType } from '../../src/lib/aws/streams-gateway.js';
import type { Table, TablesGateway } from '../../src/lib/aws/tables-gateway.js';
import type { Clock } from '../../src/lib/model/clock.js';

/** A change of a stream keeps the table UPDATING for this long (FACTS A.4). */
export const UPDATING_MS = 4_500;

/** How a test makes its tables. */
export interface FakeTable {
  readonly tableName: string;
  readonly streamViewType?: StreamViewType;
  readonly latestStreamArn?: string;
  readonly replicaRegions?: readonly string[];
  readonly multiRegionConsistency?: string;
  readonly status?: string;
  /** Until then the status is UPDATING. */
  readonly busyUntilMs?: number;
}

/** Tables in memory, with what AWS refuses (FACTS A.4), and a log of what was asked. */
export interface FakeTables extends TablesGateway {
  /** Each call, as `describeTable Orders`. */
  readonly calls: readonly string[];
  /** The calls that change something. */
  readonly changes: readonly string[];
  /** Makes the next calls of this operation fail, one after the other. */
  failNext(operation: string, ...kinds: readonly AwsErrorKind[]): void;
  put(table: FakeTable): void;
  remove(tableName: string): void;
}

const ACCOUNT = '111122223333';

/** The ARN that a stream of this label has. */
export function fakeStreamArn(tableName: string, label: string, region = 'eu-central-1'): string {
  return `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${tableName}/stream/${label}`;
}

/** Makes the tables of one Region. */
export function fakeTables(clock: Clock, initial: readonly FakeTable[] = [], region = 'eu-central-1'): FakeTables {
  const tables = new Map<string, FakeTable>(initial.map(table => [table.tableName, table]));
  const calls: string[] = [];
  const failures = new Map<string, AwsErrorKind[]>();

  const fail = (operation: string, tableName: string | undefined, kind: AwsErrorKind, code: string, message: string) =>
    new AwsError({ kind, code, message, service: 'dynamodb', operation, region, resource: tableName });

  const enter = async (operation: string, tableName: string | undefined, signal: AbortSignal | undefined) => {
    calls.push(tableName === undefined ? operation : `${operation} ${tableName}`);
    await Promise.resolve();
    if (signal?.aborted === true) throw fail(operation, tableName, 'aborted', 'AbortError', 'Request aborted');
    const kind = failures.get(operation)?.shift();
    if (kind !== undefined) throw fail(operation, tableName, kind, `Fake-${kind}`, `made to fail: ${kind}`);
  };
  const find = (operation: string, tableName: string): FakeTable => {
    const table = tables.get(tableName);
    if (table !== undefined) return table;
    const text = `Requested resource not found: Table: ${tableName} not found`;
    throw fail(operation, tableName, 'not-found', 'ResourceNotFoundException', text);
  };
  const isBusy = (table: FakeTable): boolean => table.busyUntilMs !== undefined && clock.now() < table.busyUntilMs;
  const change = (table: FakeTable): FakeTable => {
    if (isBusy(table)) {
      const text = 'The resource which you are attempting to change is in use.';
      throw fail('UpdateTable', table.tableName, 'in-use', 'ResourceInUseException', text);
    }
    return { ...table, busyUntilMs: clock.now() + UPDATING_MS };
  };
  const invalid = (table: FakeTable, text: string): AwsError =>
    fail('UpdateTable', table.tableName, 'validation', 'ValidationException', text);
  const shown = (table: FakeTable): Table => ({
    tableName: table.tableName,
    tableArn: `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${table.tableName}`,
    region,
    status: isBusy(table) ? 'UPDATING' : (table.status ?? 'ACTIVE'),
    streamViewType: table.streamViewType,
    latestStreamArn: table.latestStreamArn,
    replicaRegions: table.replicaRegions ?? [],
    globalTableVersion: table.replicaRegions === undefined ? undefined : '2019.11.21',
    multiRegionConsistency: table.multiRegionConsistency,
  });

  return {
    region,
    calls,
    get changes() {
      return calls.filter(call => /^(enable|disable)Stream/.test(call));
    },
    failNext(operation, ...kinds) {
      failures.set(operation, [...(failures.get(operation) ?? []), ...kinds]);
    },
    put(table) {
      tables.set(table.tableName, table);
    },
    remove(tableName) {
      tables.delete(tableName);
    },
    async describeTable(tableName, signal) {
      await enter('describeTable', tableName, signal);
      return shown(find('DescribeTable', tableName));
    },
    async listTables({ after }, signal) {
      await enter('listTables', undefined, signal);
      const names = [...tables.keys()].sort().filter(name => after === undefined || name > after);
      const page = names.slice(0, 100);
      return { tableNames: page, lastEvaluatedTableName: names.length > 100 ? page.at(-1) : undefined };
    },
    async enableStream(tableName, viewType, signal) {
      await enter('enableStream', tableName, signal);
      const table = find('UpdateTable', tableName);
      const changed = change(table);
      if (table.streamViewType !== undefined) {
        throw invalid(table, `Table already has an enabled stream: TableName: ${tableName}`);
      }
      const label = new Date(clock.now()).toISOString().slice(0, -1);
      const enabled = {
        ...changed,
        streamViewType: viewType,
        latestStreamArn: fakeStreamArn(tableName, label, region),
      };
      tables.set(tableName, enabled);
      return shown(enabled);
    },
    async disableStream(tableName, signal) {
      await enter('disableStream', tableName, signal);
      const table = find('UpdateTable', tableName);
      const changed = change(table);
      if (table.replicaRegions !== undefined && table.multiRegionConsistency !== 'STRONG') {
        const text = 'Disabling Stream is not allowed for a Global Table replica.';
        throw invalid(table, `One or more parameter values were invalid: ${text}`);
      }
      if (table.streamViewType === undefined) {
        throw invalid(table, `Table has no stream to disable: TableName: ${tableName}`);
      }
      const { streamViewType: _off, ...disabled } = changed;
      tables.set(tableName, disabled);
      return shown(disabled);
    },
  };
}
