import type { StreamViewType } from '../aws/streams-gateway.js';
import type { Table } from '../aws/tables-gateway.js';
import { DdbxError } from '../model/error.js';
import { spelledViewType } from './view-type.js';

/** What is wanted of a table's stream. */
export type StreamGoal =
  | { readonly verb: 'enable'; readonly viewType: StreamViewType }
  | { readonly verb: 'disable' }
  | { readonly verb: 'set-view'; readonly viewType: StreamViewType };

/** What is done to get there. */
export interface StreamPlan {
  readonly tableName: string;
  readonly region: string;
  readonly goal: StreamGoal;
  /** In this order; none when the stream is as wanted. */
  readonly steps: readonly ('disable' | 'enable')[];
  /** Undefined when the stream is off. */
  readonly viewTypeBefore: StreamViewType | undefined;
  /** The newest stream there is, enabled or not: what consumers of the table read now. */
  readonly streamArn: string | undefined;
  /** An earlier set-view stopped when the old stream was off already. */
  readonly resumes: boolean;
}

/**
 * Decides, without asking AWS, what has to be done.
 * @throws DdbxError `stream-frozen`, `other-view-type` or `never-had-stream` when it cannot be done
 */
export function planChange(table: Table, goal: StreamGoal): StreamPlan {
  const viewTypeBefore = table.streamViewType;
  const plan = (steps: StreamPlan['steps'], resumes = false): StreamPlan => ({
    tableName: table.tableName,
    region: table.region,
    goal,
    steps,
    viewTypeBefore,
    streamArn: table.latestStreamArn,
    resumes,
  });
  switch (goal.verb) {
    case 'disable':
      if (viewTypeBefore === undefined) return plan([]);
      refuseFrozen(table);
      return plan(['disable']);
    case 'enable':
      if (viewTypeBefore === undefined) return plan(['enable']);
      if (viewTypeBefore === goal.viewType) return plan([]);
      refuseFrozen(table);
      throw otherViewType(table, viewTypeBefore, goal.viewType);
    case 'set-view':
      if (viewTypeBefore === goal.viewType) return plan([]);
      if (viewTypeBefore !== undefined) {
        refuseFrozen(table);
        return plan(['disable', 'enable']);
      }
      if (table.latestStreamArn === undefined) throw neverHadStream(table, goal.viewType);
      return plan(['enable'], true);
  }
}

/** Whether replication owns the stream: in a strongly consistent global table each replica's stream is free (FACTS A.4, D.5). */
function isFrozen(table: Table): boolean {
  return table.replicaRegions.length > 0 && table.multiRegionConsistency !== 'STRONG';
}

function refuseFrozen(table: Table): void {
  if (!isFrozen(table)) return;
  throw new DdbxError({
    code: 'stream-frozen',
    message: `The stream of ${table.tableName} in ${table.region} cannot be disabled or changed: the table is a global table (replicas: ${table.replicaRegions.join(', ')}), and AWS keeps the streams of its replicas on.`,
    hint: 'It can be changed again only when the table has no replicas left.',
  });
}

function otherViewType(table: Table, before: StreamViewType, wanted: StreamViewType): DdbxError {
  return new DdbxError({
    code: 'other-view-type',
    message: `The stream of ${table.tableName} in ${table.region} is enabled with ${before}, and AWS does not change the view type of a stream.`,
    hint: `ddbx streams set-view ${table.tableName} --view ${spelledViewType(wanted)} replaces the stream, after showing what that touches.`,
  });
}

function neverHadStream(table: Table, wanted: StreamViewType): DdbxError {
  return new DdbxError({
    code: 'never-had-stream',
    message: `${table.tableName} in ${table.region} has no stream whose view could be changed.`,
    hint: `ddbx streams enable ${table.tableName} --view ${spelledViewType(wanted)} turns one on.`,
  });
}
