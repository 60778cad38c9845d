import { stripVTControlCharacters } from 'node:util';
import type { SandboxControl } from '../../lib/sandbox/sandbox.js';
import type { OrderWriter } from './orders.js';

/** What a step may use besides the command line that it shows. */
export interface Stage {
  readonly control: SandboxControl;
  readonly orders: OrderWriter;
  /** Makes the text of a module the code of the tour's function. */
  deploy(handler: string): Promise<void>;
  /** Waits until the condition holds; false when it did not within ten seconds. */
  until(condition: () => boolean): Promise<boolean>;
}

/** What a command wrote and how it ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One step of the tour. */
export interface Step {
  readonly says: string;
  /** The command line that a user would type, without `ddbx`. */
  readonly argv: readonly string[];
  /** Happens before it. */
  readonly before?: (stage: Stage) => Promise<unknown>;
  /** Happens while the command runs; `seen` is what it has written so far. */
  readonly meanwhile?: (stage: Stage, seen: () => Outcome) => Promise<void>;
  /** Whether Ctrl-C ends the command when `meanwhile` is over; else it ends by itself. */
  readonly interrupted?: boolean;
  /** What went wrong, or undefined when the step did what it says. */
  readonly problem: (outcome: Outcome) => string | undefined;
}

/** The table of the tour. */
export const TABLE = 'Orders';

/** The function of the tour. */
export const FUNCTION = 'order-events';

/** What is wrong with an outcome that has another exit code than is told, or shows nothing like the pattern. */
export function expected(outcome: Outcome, exitCode: number, pattern: RegExp): string | undefined {
  if (outcome.exitCode !== exitCode) return `it ended with ${outcome.exitCode}, not ${exitCode}`;
  return pattern.test(stripVTControlCharacters(outcome.stdout + outcome.stderr))
    ? undefined
    : `it did not show ${String(pattern)}`;
}
