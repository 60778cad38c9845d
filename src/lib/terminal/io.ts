/** What ddbx writes to: `process.stdout`, `process.stderr`, or what a test puts in their place. */
export interface OutputStream {
  write(chunk: string | Uint8Array, callback?: (error?: Error | null) => void): boolean;
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in columns; undefined where there is none. */
  readonly columns?: number | undefined;
  once(event: 'drain', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** What ddbx reads answers from. */
export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };

/** The three streams of a process. */
export interface IoStreams {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** When `--color` lets colour through. */
export type ColorFlag = 'auto' | 'always' | 'never';

/** The global options that decide how much is shown. */
export interface IoFlags {
  readonly color: ColorFlag;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** False with `--no-progress`. */
  readonly progress: boolean;
}

/** Environment variables, handed in by whoever may read them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** How many colours the terminal is trusted with: 1 is the basic 16, 2 is the 256 of xterm. */
export type ColourLevel = 1 | 2;

/** The streams of one run and all that was decided about them; the one way to the terminal. */
export interface Io extends IoStreams {
  readonly stdoutIsTty: boolean;
  readonly stderrIsTty: boolean;
  readonly stdinIsTty: boolean;
  /** Whether colour may be written, decided for each stream of its own. */
  readonly colour: { readonly stdout: boolean; readonly stderr: boolean };
  readonly colourLevel: ColourLevel;
  /** Whether box-drawing, blocks and the one-character ellipsis can be shown. */
  readonly unicode: boolean;
  /** Columns of the terminal as it is now (it follows a resize); 80 where nobody knows. */
  readonly width: number;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Whether something may move on stderr: it is a terminal that can, and neither --quiet nor --no-progress was given. */
  readonly progress: boolean;
}

const FALLBACK_WIDTH = 80;

/** Decides, once for a run, what each stream may be given. */
export function makeIo(streams: IoStreams, env: Env, flags: IoFlags): Io {
  const { stdin, stdout, stderr } = streams;
  const stdoutIsTty = stdout.isTTY === true;
  const stderrIsTty = stderr.isTTY === true;
  const dumb = env['TERM'] === 'dumb';
  return {
    stdin,
    stdout,
    stderr,
    stdoutIsTty,
    stderrIsTty,
    stdinIsTty: stdin.isTTY === true,
    colour: {
      stdout: wantsColour(stdoutIsTty, env, flags.color),
      stderr: wantsColour(stderrIsTty, env, flags.color),
    },
    colourLevel: colourLevel(env),
    unicode: !dumb && speaksUnicode(env),
    get width(): number {
      const columns = stdoutIsTty ? stdout.columns : stderrIsTty ? stderr.columns : Number(env['COLUMNS']);
      return columns !== undefined && Number.isInteger(columns) && columns > 0 ? columns : FALLBACK_WIDTH;
    },
    quiet: flags.quiet,
    verbose: flags.verbose,
    progress: flags.progress && !flags.quiet && stderrIsTty && !dumb,
  };
}

/**
 * Whether a stream is coloured. The flag beats the environment; in it NO_COLOR beats FORCE_COLOR and CLICOLOR_FORCE,
 * and those beat CLICOLOR=0 and TERM=dumb; with nothing said, a terminal is coloured and a pipe is not.
 */
export function wantsColour(isTty: boolean, env: Env, flag: ColorFlag): boolean {
  if (flag !== 'auto') return flag === 'always';
  if (isSet(env['NO_COLOR'])) return false;
  const forced = env['FORCE_COLOR'];
  if (isSet(forced)) return forced !== '0' && forced !== 'false';
  const cliForced = env['CLICOLOR_FORCE'];
  if (isSet(cliForced) && cliForced !== '0') return true;
  if (env['CLICOLOR'] === '0' || env['TERM'] === 'dumb') return false;
  return isTty;
}

function colourLevel(env: Env): ColourLevel {
  if (env['FORCE_COLOR'] === '1') return 1;
  const term = env['TERM'];
  if (isSet(env['COLORTERM']) || isSet(env['FORCE_COLOR']) || !isSet(term) || term === 'dumb') return 2;
  return /256|truecolor|direct|kitty|ghostty|alacritty|wezterm|tmux|iterm/i.test(term) ? 2 : 1;
}

function speaksUnicode(env: Env): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet);
  if (locale !== undefined) return /utf-?8/i.test(locale);
  // Windows sets no locale; its newer terminals say who they are, and they do speak Unicode.
  return isSet(env['WT_SESSION']) || env['TERM_PROGRAM'] === 'vscode';
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
