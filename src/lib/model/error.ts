/** The exit codes of ddbx; published, so only ever added to. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  partial: 3,
  checkFailed: 4,
  auth: 5,
  timeout: 6,
  interrupted: 130,
  brokenPipe: 141,
} as const;

/** One of the numbers with which ddbx ends. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What a failure is made of: all that a person or a script needs in order to go on. */
export interface DdbxErrorParts {
  /** Stable kebab-case name for scripts, e.g. `stream-not-enabled`. */
  readonly code: string;
  /** What happened, in plain words, with the table, Region, shard or queue in it. */
  readonly message: string;
  /** The next thing to type or to change. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly awsRequestId?: string | undefined;
  readonly exitCode?: ExitCode;
}

/** The one error that ddbx shows to people; anything else that reaches the top is a bug. */
export class DdbxError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly awsRequestId: string | undefined;
  readonly exitCode: ExitCode;

  constructor(parts: DdbxErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'DdbxError';
    this.code = parts.code;
    this.hint = parts.hint;
    this.awsRequestId = parts.awsRequestId;
    this.exitCode = parts.exitCode ?? ExitCode.failed;
  }
}

/** Makes the error for input that is wrong before anything was tried (exit code 2). */
export function usageError(message: string, hint?: string): DdbxError {
  return new DdbxError({ code: 'usage', message, hint, exitCode: ExitCode.usage });
}
