import { isAwsError } from '../aws/aws-error.js';
import type { StreamViewType } from '../aws/streams-gateway.js';
import type { Table, TablesGateway } from '../aws/tables-gateway.js';
import type { Clock } from '../model/clock.js';
import type { StreamPlan } from './plan-change.js';
import { type Deadline, lookDelayMs, pause, refuseDeadEnd, waitForTable } from './wait-for-table.js';

/** Records stay readable for this long after they were written, also when their stream is off by then (FACTS A.4). */
export const RETENTION_MS = 86_400_000;

interface At {
  readonly tableName: string;
  readonly region: string;
}

/** What happens while a stream is changed. */
export type ChangeEvent =
  | (At & { readonly type: 'disabling'; readonly streamArn: string | undefined })
  | (At & {
      readonly type: 'disabled';
      readonly streamArn: string | undefined;
      /** When the last of its records is gone, at the latest. */
      readonly readableUntilMs: number;
    })
  | (At & { readonly type: 'enabling'; readonly viewType: StreamViewType })
  | (At & { readonly type: 'enabled'; readonly viewType: StreamViewType; readonly streamArn: string | undefined })
  | (At & {
      readonly type: 'unchanged';
      readonly viewType: StreamViewType | undefined;
      readonly streamArn: string | undefined;
    })
  /** AWS has taken the request; nobody waits for it to be done. */
  | (At & {
      readonly type: 'requested';
      readonly step: 'disable' | 'enable';
      readonly streamArn: string | undefined;
    })
  /** Another operation has the table; AWS is asked again when it is done. */
  | (At & { readonly type: 'in-use'; readonly status: string | undefined });

/** What carrying a plan out needs. */
export interface ChangeOptions {
  readonly tables: TablesGateway;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  /** False: leave when AWS has taken the request. A plan of two steps waits between them all the same. */
  readonly wait: boolean;
}

/**
 * Carries a plan out, step by step, each waited for. Run again after an interruption, with a plan made anew, it does
 * what is left.
 * @throws DdbxError `timeout` (exit 6) at the deadline
 * @throws AwsError for what AWS refuses
 */
export async function* applyPlan(plan: StreamPlan, options: ChangeOptions): AsyncGenerator<ChangeEvent, void, void> {
  const { tableName, region } = plan;
  const at = { tableName, region };
  if (plan.steps.length === 0) {
    yield { ...at, type: 'unchanged', viewType: plan.viewTypeBefore, streamArn: plan.streamArn };
    return;
  }
  for (const [index, step] of plan.steps.entries()) {
    const wait = options.wait || index < plan.steps.length - 1;
    if (step === 'disable') {
      yield { ...at, type: 'disabling', streamArn: plan.streamArn };
      yield* send(plan, options, {
        change: () => options.tables.disableStream(tableName, options.signal),
        isThere: table => table.streamViewType === undefined,
        what: `the stream of ${tableName} to be off`,
        wait,
      });
      if (!wait) {
        yield { ...at, type: 'requested', step, streamArn: plan.streamArn };
        return;
      }
      const readableUntilMs = options.clock.now() + RETENTION_MS;
      yield { ...at, type: 'disabled', streamArn: plan.streamArn, readableUntilMs };
    } else {
      const viewType = plan.goal.verb === 'disable' ? undefined : plan.goal.viewType;
      if (viewType === undefined) continue;
      yield { ...at, type: 'enabling', viewType };
      const table = yield* send(plan, options, {
        change: () => options.tables.enableStream(tableName, viewType, options.signal),
        isThere: found => found.streamViewType === viewType,
        what: `the stream of ${tableName} to be on`,
        wait,
      });
      if (!wait) yield { ...at, type: 'requested', step, streamArn: table.latestStreamArn };
      else yield { ...at, type: 'enabled', viewType, streamArn: table.latestStreamArn };
    }
  }
}

interface Step {
  readonly change: () => Promise<Table>;
  /** Whether the table is as the step makes it. */
  readonly isThere: (table: Table) => boolean;
  readonly what: string;
  readonly wait: boolean;
}

/** Asks for the change, as often as another operation has the table; then waits until it is done. */
async function* send(plan: StreamPlan, options: ChangeOptions, step: Step): AsyncGenerator<ChangeEvent, Table, void> {
  const { tables, clock, signal, deadline } = options;
  const { tableName, region } = plan;
  const wait = { tables, tableName, clock, signal, deadline, what: step.what };
  for (let attempts = 1; ; attempts += 1) {
    try {
      const table = await step.change();
      if (!step.wait) return table;
      break;
    } catch (error) {
      signal.throwIfAborted();
      if (isAwsError(error, 'in-use')) {
        const table = await tables.describeTable(tableName, signal);
        refuseDeadEnd(table);
        yield { type: 'in-use', tableName, region, status: table.status };
        await pause(lookDelayMs(attempts), wait, `another operation has the table (status ${table.status})`);
        continue;
      }
      // AWS refuses to enable what is enabled and to disable what is off (FACTS A.4): somebody else was faster.
      if (!isAwsError(error, 'validation') || !step.isThere(await tables.describeTable(tableName, signal))) throw error;
      break;
    }
  }
  return waitForTable({ ...wait, isDone: table => table.status === 'ACTIVE' && step.isThere(table) });
}

/** Waits for a change that is under way, so that the plan is made on firm ground. */
export async function settledTable(table: Table, options: Omit<ChangeOptions, 'wait'>): Promise<Table> {
  if (table.status === 'ACTIVE') return table;
  return waitForTable({
    ...options,
    tableName: table.tableName,
    what: `${table.tableName} to be ACTIVE`,
    isDone: found => found.status === 'ACTIVE',
  });
}
