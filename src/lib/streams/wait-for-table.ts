import { isAwsError, isTransient } from '../aws/aws-error.js';
import type { Table, TablesGateway } from '../aws/tables-gateway.js';
import type { Clock } from '../model/clock.js';
import { formatDuration } from '../model/duration.js';
import { DdbxError, ExitCode } from '../model/error.js';

/** How long ddbx waits for a table when nobody says otherwise. */
const DEFAULT_WAIT_MS = 600_000;

const FIRST_LOOK_MS = 500;
const LONGEST_LOOK_MS = 5_000;

/** How long to wait before looking again: half a second, doubling up to five (a change takes 4 to 5 s, FACTS A.4). */
export function lookDelayMs(looks: number): number {
  return Math.min(LONGEST_LOOK_MS, FIRST_LOOK_MS * 2 ** Math.max(0, looks - 1));
}

/** The end of patience of one command, and what to say then. */
export interface Deadline {
  readonly atMs: number;
  readonly afterMs: number;
  /** What to do then: the command line that goes on. */
  readonly hint: string;
}

/** @param timeoutMs what --timeout says; undefined for ten minutes */
export function deadlineAfter(timeoutMs: number | undefined, clock: Clock, hint: string): Deadline {
  const afterMs = timeoutMs ?? DEFAULT_WAIT_MS;
  return { atMs: clock.now() + afterMs, afterMs, hint };
}

/** What waiting for a table needs. */
export interface TableWait {
  readonly tables: TablesGateway;
  readonly tableName: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  /** What is waited for, in words that follow "waiting for": `Orders to be ACTIVE`. */
  readonly what: string;
  readonly isDone: (table: Table) => boolean;
  /** A table that is not there yet may still come, as after CreateTable. */
  readonly mayBeMissing?: boolean;
  /** Called with each look that did not end the wait; undefined: the table is not there. */
  readonly onLook?: (table: Table | undefined) => void;
}

/**
 * Looks at the table until it is as wanted. A look that fails for a passing reason is repeated.
 * @throws DdbxError `timeout` (exit 6) at the deadline; `table-stuck` for a status that leads nowhere
 * @throws AwsError for a failure that does not pass; the signal's reason when it is aborted
 */
export async function waitForTable(wait: TableWait): Promise<Table> {
  const { tables, tableName, signal } = wait;
  for (let looks = 1; ; looks += 1) {
    let table: Table | undefined;
    try {
      table = await tables.describeTable(tableName, signal);
      if (wait.isDone(table)) return table;
    } catch (error) {
      signal.throwIfAborted();
      const missing = wait.mayBeMissing === true && isAwsError(error, 'not-found');
      if (!missing && !isTransient(error)) throw error;
    }
    if (table !== undefined) refuseDeadEnd(table);
    wait.onLook?.(table);
    await pause(lookDelayMs(looks), wait, stateOf(table));
  }
}

function stateOf(table: Table | undefined): string {
  if (table === undefined) return 'the table could not be looked at';
  const { status, streamViewType } = table;
  return `the table is ${status}, its stream ${streamViewType === undefined ? 'off' : `on with ${streamViewType}`}`;
}

/** Sleeps, but never past the deadline. @throws DdbxError `timeout` when the deadline is reached */
export async function pause(
  delayMs: number,
  wait: Pick<TableWait, 'clock' | 'signal' | 'deadline' | 'what'>,
  state: string,
): Promise<void> {
  const { clock, signal, deadline, what } = wait;
  const leftMs = deadline.atMs - clock.now();
  if (leftMs <= 0) {
    throw new DdbxError({
      code: 'timeout',
      message: `Gave up waiting for ${what} after ${formatDuration(deadline.afterMs)}: ${state}.`,
      hint: deadline.hint,
      exitCode: ExitCode.timeout,
    });
  }
  await clock.sleep(Math.min(delayMs, leftMs), signal);
}

/**
 * From CREATING and UPDATING a table comes out by itself; ACTIVE may be stale; nothing is to be hoped of the rest.
 * @throws DdbxError `table-stuck`
 */
export function refuseDeadEnd({ tableName, region, status }: Table): void {
  if (status === 'CREATING' || status === 'UPDATING' || status === 'ACTIVE') return;
  throw new DdbxError({
    code: 'table-stuck',
    message: `${tableName} in ${region} is ${status}, which no waiting will change into ACTIVE.`,
    hint: 'Look at the table in the console, or with: aws dynamodb describe-table',
  });
}
