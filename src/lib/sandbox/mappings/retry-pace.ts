/** How the pauses between retries grow. */
export interface RetryPace {
  /** Before the first retry. */
  readonly firstMs: number;
  readonly mostMs: number;
}

/** The sandbox's own choice: how long Lambda pauses is not documented. */
export const defaultRetryPace: RetryPace = { firstMs: 1_000, mostMs: 60_000 };

/** The pause after so many failures in a row: twice the one before, up to the most. */
export function retryDelayMs({ firstMs, mostMs }: RetryPace, failures: number): number {
  return Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));
}
