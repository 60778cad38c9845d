import type { StreamViewType } from '@aws-sdk/client-dynamodb';
import type { Outcome } from './endpoint.js';
import type { OrdersTable } from './orders-table.js';

/** What the tests of an endpoint share; ready when the first of them runs. */
export interface Stage {
  /** Runs `ddbx streams` with these arguments. */
  run(...argv: readonly string[]): Promise<Outcome>;
  /** Makes a table that is dropped at the end. */
  makeTable(viewType?: StreamViewType): Promise<OrdersTable>;
  /** A folder that is removed at the end. */
  folder(): string;
}

/** The flags of a quick tail: endpoints that are not AWS need not be spared. */
export const FAST = ['--no-follow', '--output', 'ndjson', '--poll-interval', '20ms'] as const;

/** The flags of a tail that reads all there is. */
export const ALL = ['--from', 'trim-horizon', ...FAST] as const;
