import { isAwsError } from '../aws/aws-error.js';
import type { FunctionsGateway } from '../aws/functions-gateway.js';
import type { Clock } from '../model/clock.js';
import { DdbxError } from '../model/error.js';
import { isJsonObject } from '../model/json-object.js';
import { formatDuration } from '../model/duration.js';

/** What a consumer answered to one batch. */
export type TargetAnswer =
  | { readonly kind: 'answered'; readonly status: number | undefined; readonly body: string }
  | {
      readonly kind: 'failed';
      readonly status: number | undefined;
      /** `Unhandled` and the like, where the consumer is a function. */
      readonly errorType: string | undefined;
      readonly message: string;
    };

/** A consumer that batches are sent to. */
export interface ReplayTarget {
  /** As it is shown. */
  readonly name: string;
  /** Checks, before anything is read, that there is somebody to send to, where that is possible. */
  open(signal: AbortSignal): Promise<void>;
  /**
   * Sends one event. @throws what makes further batches pointless: no such function, nobody listens; rejects when the
   * signal is aborted
   */
  invoke(event: Buffer, signal: AbortSignal): Promise<TargetAnswer>;
  close(): Promise<void>;
}

/** A function in Lambda, with a version or alias where the name says so. */
export function lambdaTarget(functionName: string, gateway: FunctionsGateway): ReplayTarget {
  return {
    name: `lambda:${functionName}`,
    open: async () => {},
    async invoke(event, signal) {
      const { payload, functionError } = await gateway.invoke(functionName, event, signal);
      const body = payload.toString('utf8');
      if (functionError === undefined) return { kind: 'answered', status: 200, body };
      return { kind: 'failed', status: 200, errorType: functionError, message: functionErrorText(body) };
    },
    close: async () => {},
  };
}

/** Reads the error that a function left in its payload: `{"errorType": ..., "errorMessage": ...}`. */
function functionErrorText(body: string): string {
  try {
    const error: unknown = JSON.parse(body);
    if (!isJsonObject(error)) return body;
    const { errorType, errorMessage } = error;
    const parts = [errorType, errorMessage].filter(part => typeof part === 'string' && part !== '');
    return parts.length === 0 ? body : parts.join(': ');
  } catch {
    return body;
  }
}

/** Gives a target a time limit; the answer to a batch that takes longer is a failure. @throws as `invoke` does */
export async function invokeWithin(
  target: ReplayTarget,
  event: Buffer,
  limitMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<TargetAnswer> {
  const late = new AbortController();
  const answered = new AbortController();
  void clock.sleep(limitMs, answered.signal).then(
    () => {
      late.abort();
    },
    () => {},
  );
  try {
    return await target.invoke(event, AbortSignal.any([signal, late.signal]));
  } catch (error) {
    if (signal.aborted || !late.signal.aborted) throw error;
    if (error instanceof DdbxError || (isAwsError(error) && !isAwsError(error, 'aborted', 'network'))) throw error;
    const message = `no answer within ${formatDuration(limitMs)}`;
    return { kind: 'failed', status: undefined, errorType: 'TimedOut', message };
  } finally {
    answered.abort();
  }
}
