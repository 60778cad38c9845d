import type { Aws } from './lib/aws/connection.js';
import type { Clock } from './lib/model/clock.js';
import type { ExitCode } from './lib/model/error.js';
import type { Io } from './lib/terminal/io.js';
import type { DocumentFormat, OutputFormat } from './lib/terminal/format.js';
import type { Output } from './lib/terminal/output.js';

/** The options that every command takes, before or after the verb. */
export interface GlobalOptions {
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
  /** Undefined when not said: each verb has its own default. */
  readonly output: OutputFormat | undefined;
  /** Set when `--output` named a format that only some verbs have, and this one does; `output` is undefined then. */
  readonly documentFormat?: DocumentFormat | undefined;
  readonly query: string | undefined;
  readonly debug: boolean;
  /** How long a waiting verb waits, in milliseconds. */
  readonly timeoutMs: number | undefined;
  readonly maxAttempts: number | undefined;
  readonly readTimeoutMs: number | undefined;
}

/** The options of every verb that changes something. */
export interface ChangeOptions {
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly showAws: boolean;
}

/** Everything a command is given; nothing else of the process reaches it. */
export interface CommandContext {
  readonly io: Io;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** A number in [0, 1); for back-off and ids. */
  readonly random: () => number;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly globals: GlobalOptions;
  /** The verb as it was typed, e.g. `streams tail`. */
  readonly commandPath: string;
  /** Writes in the chosen format. `fallback` is what the verb does when `--output` is not given. */
  output(fallback?: OutputFormat): Output;
  /** Opens the door to AWS on first use. */
  aws(): Promise<Aws>;
}

/** What a verb does with its typed options; the seam between declaring a verb and running it. */
export type Run<Options> = (options: Options, context: CommandContext) => Promise<ExitCode>;
