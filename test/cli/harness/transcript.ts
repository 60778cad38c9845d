/** What a command wrote and how it ended. */
export interface CommandOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A console block's command, as a person would type it. */
export interface CommandPart {
  readonly type: 'command';
  /** The lines of the file, `$ ` and all. */
  readonly lines: readonly string[];
  /** What bash is given. */
  readonly script: string;
}

/** Anything that is not a command or what it wrote: prose, fences, comments, kept as it is. */
export interface TextPart {
  readonly type: 'text';
  readonly lines: readonly string[];
}

/** A transcript file, taken apart: `test/cli/transcripts/<noun>/<name>.md`. */
export interface Transcript {
  /** The name in `<!-- scenario: name -->`; `none` when there is none. */
  readonly scenario: string;
  readonly parts: readonly (TextPart | CommandPart)[];
}

const FENCE_START = '```console';
const FENCE_END = '```';

/**
 * Takes a transcript apart. Inside of a ```console block a line `$ command` is a command, which goes on as long as lines end with
 * a backslash (each next one begins with `> `); everything up to the next command or the end of the block is what the
 * command was seen to write, and is left out here: it is compared as text, whole.
 * Throws when a block is not closed, or has output before its first command.
 */
export function parseTranscript(text: string): Transcript {
  const parts: (TextPart | CommandPart)[] = [];
  const lines = text.replace(/\n$/, '').split('\n');
  let inBlock = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!inBlock) {
      parts.push({ type: 'text', lines: [line] });
      inBlock = line === FENCE_START;
    } else if (line === FENCE_END) {
      parts.push({ type: 'text', lines: [line] });
      inBlock = false;
    } else if (line.startsWith('$ ')) {
      const command = [line];
      while (command.at(-1)?.endsWith('\\') === true && lines[at + 1]?.startsWith('> ') === true) {
        at += 1;
        command.push(lines[at] ?? '');
      }
      parts.push({ type: 'command', lines: command, script: command.map(each => each.slice(2)).join('\n') });
    } else if (parts.at(-1)?.type === 'text') {
      throw new Error(`line ${at + 1}: a console block begins with a command, a line that starts with "$ "`);
    }
  }
  if (inBlock) throw new Error('the last console block is not closed with ```');
  return { scenario: /^<!-- scenario: ([\w-]+) -->$/m.exec(text)?.[1] ?? 'none', parts };
}

/** Puts a transcript together again, with the outcome of each of its commands, in order. */
export function renderTranscript(transcript: Transcript, outcomes: readonly CommandOutcome[]): string {
  const left = [...outcomes];
  const lines = transcript.parts.flatMap(part => {
    if (part.type === 'text') return part.lines;
    const outcome = left.shift();
    return outcome === undefined ? part.lines : [...part.lines, ...renderOutcome(outcome)];
  });
  return `${lines.join('\n')}\n`;
}

function renderOutcome({ stdout, stderr, exitCode }: CommandOutcome): readonly string[] {
  return [
    ...outputLines(stdout, escapeLine),
    ...outputLines(stderr, line => (line === '' ? 'stderr|' : `stderr| ${line}`)),
    ...(exitCode === 0 ? [] : [`[exit ${exitCode}]`]),
  ];
}

function outputLines(text: string, show: (line: string) => string): readonly string[] {
  if (text === '') return [];
  const lines = text.split('\n').map(show);
  return text.endsWith('\n') ? lines.slice(0, -1) : [...lines, '[no newline at the end]'];
}

/** Keeps what a command writes from being taken for the transcript's own marks. */
function escapeLine(line: string): string {
  return /^(?:\$ |\\|```|stderr\||\[exit |\[no newline)/.test(line) ? `\\${line}` : line;
}
