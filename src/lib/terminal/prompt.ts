import { createInterface } from 'node:readline/promises';
import { DdbxError, ExitCode, usageError } from '../model/error.js';
import { plural } from './human.js';
import type { Io } from './io.js';
import { makePalettes } from './palette.js';
import { stderrAsTerminal } from './stream-adapter.js';
import { safeText } from './text.js';
import { makeWriter } from './writer.js';

/** What every question needs. */
export interface PromptOptions {
  readonly question: string;
  /** What to type instead where nobody can be asked: a flag such as `--yes`, or the missing argument. */
  readonly instead: string;
  readonly signal?: AbortSignal | undefined;
}

/** One of several things to pick from. */
export interface Choice<T> {
  /** What is shown and searched. */
  readonly label: string;
  readonly value: T;
}

const SHOWN_CHOICES = 20;

/** Asks for yes or no; only `y` or `yes` is yes. Any other answer asks again. */
export async function confirm(io: Io, question: string, options: Partial<PromptOptions> = {}): Promise<boolean> {
  return asking(io, { question, instead: '--yes', ...options }, async ask => {
    for (;;) {
      const answer = (await ask(`${question} [y/N] `)).toLowerCase();
      if (answer === 'y' || answer === 'yes') return true;
      if (answer === '' || answer === 'n' || answer === 'no') return false;
    }
  });
}

/** Asks for a name to be typed, as the last step before something is destroyed; true only when it is exactly that name. */
export async function typeToConfirm(
  io: Io,
  options: { readonly question: string; readonly expected: string; readonly signal?: AbortSignal | undefined },
): Promise<boolean> {
  const { question, expected, signal } = options;
  return asking(io, { question, instead: '--yes', signal }, async ask => {
    say(io, question);
    const answer = await ask(`Type ${makePalettes(io).stderr.bold(safeText(expected))} to go on: `);
    return answer === expected;
  });
}

/** Lets one of several be picked, by its number or by typing a part of its label until one is left. */
export async function pick<T>(io: Io, options: PromptOptions & { readonly choices: readonly Choice<T>[] }): Promise<T> {
  const { question, choices } = options;
  if (choices.length === 0) throw usageError(`${question}: there is nothing to choose from`, `add ${options.instead}`);
  return asking(io, options, async ask => {
    let listed = choices;
    say(io, question);
    for (;;) {
      say(io, listChoices(io, listed));
      const answer = await ask('Number, or part of the name: ');
      const chosen = byAnswer(listed, choices, answer);
      if (chosen.length === 1 && chosen[0] !== undefined) return chosen[0].value;
      if (chosen.length === 0) say(io, `Nothing matches ${safeText(answer)}.`);
      listed = chosen.length === 0 ? choices : chosen;
    }
  });
}

/** Resolves with the trimmed answer; rejects with `interrupted` (exit 130) on Ctrl-C, Ctrl-D or an aborted signal. */
type Ask = (prompt: string) => Promise<string>;

async function asking<T>(io: Io, options: PromptOptions, dialogue: (ask: Ask) => Promise<T>): Promise<T> {
  refuseWithoutTerminal(io, options);
  const { signal } = options;
  const lines = createInterface({
    input: io.stdin,
    output: stderrAsTerminal(io),
    ...(signal === undefined ? {} : { signal }),
  });
  lines.on('SIGINT', () => {
    lines.close();
  });
  // The iterator keeps lines that arrive between two questions, as when several are pasted at once.
  const answers = lines[Symbol.asyncIterator]();
  try {
    return await dialogue(async prompt => {
      if (signal?.aborted === true) throw interrupted(signal.reason);
      lines.setPrompt(prompt);
      lines.prompt();
      const answer = await answers.next();
      if (answer.done !== true) return answer.value.trim();
      makeWriter(io.stderr).post('\n');
      throw interrupted(signal?.reason);
    });
  } finally {
    lines.close();
  }
}

function refuseWithoutTerminal(io: Io, { question, instead }: PromptOptions): void {
  if (io.stdinIsTty && io.stderrIsTty) return;
  const stream = io.stdinIsTty ? 'stderr' : 'stdin';
  throw usageError(`cannot ask "${question}": ${stream} is not a terminal`, `add ${instead}`);
}

function interrupted(reason: unknown): DdbxError {
  if (reason instanceof DdbxError) return reason;
  return new DdbxError({ code: 'interrupted', message: 'interrupted', cause: reason, exitCode: ExitCode.interrupted });
}

function say(io: Io, text: string): void {
  makeWriter(io.stderr).post(`${text}\n`);
}

function listChoices(io: Io, choices: readonly Choice<unknown>[]): string {
  const paint = makePalettes(io).stderr;
  const digits = String(Math.min(choices.length, SHOWN_CHOICES)).length;
  const lines = choices
    .slice(0, SHOWN_CHOICES)
    .map((choice, index) => `${paint.key(String(index + 1).padStart(digits + 2))}  ${safeText(choice.label)}`);
  const hidden = choices.length - lines.length;
  if (hidden > 0)
    lines.push(paint.dim(`${' '.repeat(digits + 4)}and ${plural(hidden, 'more', 'more')}: type a part of the name`));
  return lines.join('\n');
}

/** A number picks from what is listed, an exact label wins, other text filters; nothing typed lists everything again. */
function byAnswer<T>(listed: readonly Choice<T>[], all: readonly Choice<T>[], answer: string): readonly Choice<T>[] {
  if (answer === '') return all;
  const exact = all.find(choice => choice.label === answer);
  if (exact !== undefined) return [exact];
  const numbered = /^\d+$/.test(answer) ? listed[Number(answer) - 1] : undefined;
  if (numbered !== undefined && Number(answer) <= SHOWN_CHOICES) return [numbered];
  const part = answer.toLowerCase();
  return all.filter(choice => choice.label.toLowerCase().includes(part));
}
