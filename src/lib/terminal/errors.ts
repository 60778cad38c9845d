import { inspect } from 'node:util';
import { DdbxError, ExitCode } from '../model/error.js';
import type { Io } from './io.js';
import type { OutputFormat } from './format.js';
import { makePalettes, type Palette } from './palette.js';
import { redactSecrets } from './redact.js';
import { safeText } from './text.js';
import { BrokenPipeError } from './writer.js';

/** How an error is to be shown. */
export interface RenderErrorOptions {
  readonly format: OutputFormat;
  /** Adds the stack trace. */
  readonly debug: boolean;
}

/** The error as `--output json|ndjson` writes it on stderr; its keys are published, so only ever added to. */
export interface ErrorDocument {
  readonly type: 'error';
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly cause?: string;
  readonly exitCode: ExitCode;
  readonly awsRequestId?: string;
  readonly stack?: string;
}

const BUG_HINT = 'run the same command again with --debug and report what it prints';

/** The code with which ddbx ends after this error. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof DdbxError ? error.exitCode : ExitCode.failed;
}

/**
 * The text for stderr, line end included: what happened, why, and last the next thing to type. Empty for a broken
 * pipe, which ends quietly. Secrets are masked, and what would steer the terminal is shown as escapes.
 */
export function renderError(error: unknown, io: Io, options: RenderErrorOptions): string {
  if (error instanceof BrokenPipeError) return '';
  const document = describeError(error, options.debug);
  return options.format === 'human' ? layOut(document, makePalettes(io).stderr) : `${JSON.stringify(document)}\n`;
}

/** The facts of an error, secrets masked; with `debug` its stack as well. */
function describeError(error: unknown, debug: boolean): ErrorDocument {
  const known = error instanceof DdbxError;
  const message = known ? error.message : `this is a bug in ddbx: ${messageOf(error)}`;
  const hint = known ? error.hint : BUG_HINT;
  const cause = causeOf(error, message);
  const stack = debug ? stackOf(error) : undefined;
  return {
    type: 'error',
    code: known ? error.code : 'internal',
    message: redactSecrets(message),
    ...(hint === undefined ? {} : { hint: redactSecrets(hint) }),
    ...(cause === undefined ? {} : { cause: redactSecrets(cause) }),
    exitCode: exitCodeOf(error),
    ...(known && error.awsRequestId !== undefined ? { awsRequestId: error.awsRequestId } : {}),
    ...(stack === undefined ? {} : { stack: redactSecrets(stack) }),
  };
}

function layOut(document: ErrorDocument, paint: Palette): string {
  const lines: string[] = [];
  if (document.stack !== undefined) lines.push(...lineList(document.stack).map(paint.dim));
  if (document.exitCode === ExitCode.interrupted) lines.push(...lineList(document.message));
  else lines.push(...block(paint.bad(paint.bold('error:')), 'error: '.length, document.message));
  if (document.cause !== undefined) lines.push(paint.dim(`cause: ${safeText(document.cause)}`));
  if (document.awsRequestId !== undefined) lines.push(paint.dim(`AWS request id: ${safeText(document.awsRequestId)}`));
  if (document.hint !== undefined) lines.push(...block(paint.key('hint:'), 'hint: '.length, document.hint));
  return `${lines.join('\n')}\n`;
}

/** A label before the first line, the other lines set in under its text. */
function block(label: string, indent: number, text: string): readonly string[] {
  return lineList(text).map((line, index) => (index === 0 ? `${label} ${line}` : ' '.repeat(indent) + line));
}

function lineList(text: string): readonly string[] {
  return text.split(/\r?\n/).map(safeText);
}

/** The first line of the innermost cause, when it says what the message does not. */
function causeOf(error: unknown, message: string): string | undefined {
  let innermost: unknown = error instanceof Error ? error.cause : undefined;
  // A chain of causes that closes on itself must not hold us here.
  for (let depth = 0; depth < 8 && innermost instanceof Error && innermost.cause !== undefined; depth += 1) {
    innermost = innermost.cause;
  }
  if (innermost === undefined || innermost === null) return undefined;
  const line = messageOf(innermost).split(/\r?\n/, 1)[0]?.trim() ?? '';
  return line === '' || message.includes(line) ? undefined : line;
}

function messageOf(error: unknown): string {
  if (error instanceof Error) {
    // Several failed attempts to connect come as an AggregateError without a message of its own.
    const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
    if (error.message === '') return inner === undefined ? error.name : messageOf(inner);
    return error.message;
  }
  return typeof error === 'string' ? error : inspect(error, { depth: 2, breakLength: Infinity });
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? inspect(error, { depth: 4 }) : undefined;
}
