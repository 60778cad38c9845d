import type { CommandContext } from '../context.js';
import { formatDuration } from '../lib/model/duration.js';
import { usageError } from '../lib/model/error.js';
import { moduleTarget } from '../lib/streams/module-target.js';
import { lambdaTarget, type ReplayTarget } from '../lib/streams/replay-targets.js';
import { makeWriter } from '../lib/terminal/writer.js';
import type { ReplayTo } from './streams/replay-to.js';

/** What the SDK waits for an answer when nothing else is said. */
const DEFAULT_READ_TIMEOUT_MS = 30_000;

/** A consumer that runs a handler. */
export type FunctionConsumer = Extract<ReplayTo, { readonly kind: 'lambda' | 'module' }>;

/**
 * A call that the SDK gives up on is repeated by it: the function would be given the batch twice.
 * @throws DdbxError `usage` when a function may take longer than a request
 */
export function refuseLongInvocations(invokeTimeoutMs: number, { globals }: CommandContext): void {
  const readTimeoutMs = globals.readTimeoutMs ?? DEFAULT_READ_TIMEOUT_MS;
  if (invokeTimeoutMs <= readTimeoutMs) return;
  const text = formatDuration(invokeTimeoutMs);
  throw usageError(
    `--invoke-timeout ${text} is longer than requests may take (${formatDuration(readTimeoutMs)}).`,
    `Add --read-timeout ${text}.`,
  );
}

/** The consumer as something to send batches to; a function is looked for in `region` when its name does not say where it is. */
export async function consumerTarget(
  to: FunctionConsumer,
  region: string | undefined,
  invokeTimeoutMs: number,
  context: CommandContext,
): Promise<ReplayTarget> {
  if (to.kind === 'lambda') {
    const aws = await context.aws();
    const gateway = await aws.functions(to.region ?? region ?? (await aws.defaultRegion()));
    return lambdaTarget(to.functionName, gateway);
  }
  const console = makeWriter(context.io.stderr);
  return moduleTarget({
    path: to.path,
    exportName: to.exportName,
    timeLimitMs: invokeTimeoutMs,
    log: text => {
      console.post(text);
    },
  });
}
