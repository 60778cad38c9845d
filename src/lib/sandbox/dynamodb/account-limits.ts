import type { Operation } from '../call.js';

/** The capacity that an account may provision in one Region. */
export interface AccountLimits {
  readonly accountMaxReadUnits: number;
  readonly accountMaxWriteUnits: number;
  readonly tableMaxReadUnits: number;
  readonly tableMaxWriteUnits: number;
}

/** AWS's quotas in its larger Regions, as an account begins. */
export const DEFAULT_LIMITS: AccountLimits = {
  accountMaxReadUnits: 80_000,
  accountMaxWriteUnits: 80_000,
  tableMaxReadUnits: 40_000,
  tableMaxWriteUnits: 40_000,
};

/** DescribeLimits: what is set is shown; tables are not held against it. */
export const limitOperations: Readonly<Record<string, Operation>> = {
  DescribeLimits: (_, { region: { limits } }) => ({
    AccountMaxReadCapacityUnits: limits.accountMaxReadUnits,
    AccountMaxWriteCapacityUnits: limits.accountMaxWriteUnits,
    TableMaxReadCapacityUnits: limits.tableMaxReadUnits,
    TableMaxWriteCapacityUnits: limits.tableMaxWriteUnits,
  }),
};
