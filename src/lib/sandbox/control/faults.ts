import type { SandboxClock } from '../clock.js';

/** What a call answers instead of doing its work. */
export type Fault =
  | { readonly kind: 'error'; readonly status: number; readonly type: string; readonly message: string }
  | { readonly kind: 'throttle' }
  /** The connection is cut without an answer. */
  | { readonly kind: 'reset' }
  /** An HTML page with status 200, as from something that is not AWS. */
  | { readonly kind: 'html' };

/** The faults that a tester has asked for. */
export interface Faults {
  /** Lets the next `count` calls of `operation` (`*` is any) fail. */
  failNext(operation: string, count: number, fault: Fault): void;
  /** Lets only so many calls of `operation` pass in a second; `undefined` lets all pass again. */
  limitRate(operation: string, perSecond: number | undefined): void;
  /** The fault of this call, if it is to have one. */
  take(operation: string): Fault | undefined;
  /** How many failures are still to come, by operation. */
  pending(): Readonly<Record<string, number>>;
}

interface Bucket {
  readonly perSecond: number;
  tokens: number;
  filledAtMs: number;
}

/** Makes a sandbox without faults. */
export function createFaults(clock: SandboxClock): Faults {
  const rules: { readonly operation: string; left: number; readonly fault: Fault }[] = [];
  const buckets = new Map<string, Bucket>();

  const isOverRate = (operation: string): boolean => {
    const bucket = buckets.get(operation);
    if (bucket === undefined) return false;
    const nowMs = clock.now();
    const gained = ((nowMs - bucket.filledAtMs) / 1000) * bucket.perSecond;
    bucket.tokens = Math.min(bucket.perSecond, bucket.tokens + gained);
    bucket.filledAtMs = nowMs;
    if (bucket.tokens < 1) return true;
    bucket.tokens -= 1;
    return false;
  };

  return {
    failNext: (operation, count, fault) => {
      rules.push({ operation, left: count, fault });
    },
    limitRate: (operation, perSecond) => {
      if (perSecond === undefined) buckets.delete(operation);
      else buckets.set(operation, { perSecond, tokens: perSecond, filledAtMs: clock.now() });
    },
    take: operation => {
      const at = rules.findIndex(each => each.operation === operation || each.operation === '*');
      const rule = rules[at];
      if (rule === undefined) return isOverRate(operation) ? { kind: 'throttle' } : undefined;
      rule.left -= 1;
      if (rule.left <= 0) rules.splice(at, 1);
      return rule.fault;
    },
    pending: () => {
      const pending: Record<string, number> = {};
      for (const { operation, left } of rules) pending[operation] = (pending[operation] ?? 0) + left;
      return pending;
    },
  };
}
