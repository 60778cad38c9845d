import { type AttributePath, formatPath } from '../model/attribute-path.js';
import { DdbxError, ExitCode } from '../model/error.js';

/** The way into a pattern or a record: names, and indices of lists and of the branches of `$or`. */
export type PatternPath = AttributePath;

/** Why a pattern is not valid, and where. */
export interface PatternFault {
  /** The way to the fault, from the root of the pattern; empty for the pattern itself. */
  readonly path: PatternPath;
  /** Offset in the text of the pattern. */
  readonly at: number;
  /** What is wrong, a sentence without its full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string | undefined;
}

/** What Lambda answers to a pattern that is not valid, word for word (FACTS B.1). */
export const LAMBDA_REFUSAL = 'Invalid filter pattern definition.';

/**
 * A filter pattern that Lambda would refuse. Everything that is wrong is in `faults`, the first of it in the message.
 * Code `invalid-filter`, exit code 2: only `filter check` answers it with 4, and it asks `checkPattern`.
 */
export class PatternError extends DdbxError {
  readonly faults: readonly PatternFault[];

  /** @param subject what the message begins with: `The filter`, `Filter 2`. */
  constructor(subject: string, text: string, faults: readonly PatternFault[]) {
    const [first] = faults;
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
    const message = first === undefined ? '' : `: ${describeFault(first, text)}`;
    super({
      code: 'invalid-filter',
      message: `${subject} is not valid${message}${more}.`,
      hint: first?.hint ?? 'All that is wrong with it: ddbx filter check.',
      exitCode: ExitCode.usage,
    });
    this.name = 'PatternError';
    this.faults = faults;
  }
}

/** `dynamodb.NewImage.status: a value stands in a list (column 9)`. */
export function describeFault(fault: PatternFault, text: string): string {
  const { line, column } = placeOf(text, fault.at);
  const path = fault.path.length === 0 ? '' : `${formatPath(fault.path)}: `;
  const place = text.includes('\n') ? `line ${line}, column ${column}` : `column ${column}`;
  return `${path}${fault.message} (${place})`;
}

/** Line and column of an offset, both counted from 1; columns in characters as an editor counts them. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: Array.from(before.slice(lineStart)).length + 1 };
}
