import type { OutputFormat } from './format.js';
import type { Io } from './io.js';
import { type JsonValue, jsonValue } from './json-value.js';
import { makePalettes } from './palette.js';
import { applyQuery } from './query.js';
import { plainText } from './text.js';
import { makeWriter } from './writer.js';

/** What was chosen for one command. */
export interface OutputOptions {
  readonly format: OutputFormat;
  /** A JMESPath expression for what `document` and `event` write; `checkQuery` tells early whether it is one. */
  readonly query?: string | undefined;
}

/** Something that stands at the bottom of the terminal and makes way for what is written: the status line. */
export interface Screen {
  around<T>(write: () => T | Promise<T>): Promise<T>;
}

/** Something that happened beside the data, for stderr: a sentence for people, an event for machines. */
export interface Aside {
  readonly level: 'note' | 'warning';
  readonly text: string;
  readonly event: { readonly type: string };
}

/**
 * Where a command's words go. stdout is data (`document`, `event`, `line`, `bytes`), stderr everything else.
 * What goes to stdout resolves at the pace of its reader and rejects with `BrokenPipeError` when the reader is gone;
 * what goes to stderr never waits and never fails.
 */
export interface Output {
  readonly format: OutputFormat;
  /** One JSON document: indented, or on one line when the format is ndjson. */
  document(value: unknown): Promise<void>;
  /** One JSON line; with a query that selects nothing, no line. */
  event(value: unknown): Promise<void>;
  /** Text for people, with a line end added. */
  line(text: string): Promise<void>;
  /** Finished bytes, line ends included, to which no query applies. */
  bytes(chunk: Uint8Array): Promise<void>;
  /** A sentence on stderr; not with --quiet. */
  note(text: string): void;
  /** A sentence on stderr, only with --verbose. */
  detail(text: string): void;
  /** A sentence on stderr behind `warning: `, always. */
  warn(text: string): void;
  /** A sentence when the format is human, a JSON line on stderr otherwise; notes go silent with --quiet. */
  aside(aside: Aside): void;
  /** Resolves when all data has left the process. */
  flush(): Promise<void>;
  /** The same output, with the screen cleared before and drawn again after each write. */
  above(screen: Screen): Output;
}

/** Makes the one way out for a command. */
export function makeOutput(io: Io, options: OutputOptions): Output {
  return outputThrough(io, options, undefined);
}

function outputThrough(io: Io, options: OutputOptions, screen: Screen | undefined): Output {
  const { format, query } = options;
  const stdout = makeWriter(io.stdout);
  const stderr = makeWriter(io.stderr);
  const paint = makePalettes(io).stderr;

  const data = (chunk: string | Uint8Array): Promise<void> =>
    screen === undefined ? stdout.write(chunk) : screen.around(() => stdout.write(chunk));
  const say = (text: string): void => {
    const line = `${io.colour.stderr ? text : plainText(text)}\n`;
    if (screen === undefined) stderr.post(line);
    else
      void screen.around(() => {
        stderr.post(line);
      });
  };
  const selected = async (value: unknown): Promise<JsonValue> =>
    query === undefined ? jsonValue(value) : applyQuery(query, jsonValue(value));

  const note = (text: string): void => {
    if (!io.quiet) say(text);
  };
  const warn = (text: string): void => {
    say(`${paint.warn('warning:')} ${text}`);
  };
  return {
    format,
    document: async value => {
      const json = JSON.stringify(await selected(value), undefined, format === 'ndjson' ? undefined : 2);
      await data(`${json}\n`);
    },
    event: async value => {
      const chosen = await selected(value);
      if (chosen !== null || query === undefined) await data(`${JSON.stringify(chosen)}\n`);
    },
    line: text => data(`${io.colour.stdout ? text : plainText(text)}\n`),
    bytes: data,
    note,
    detail: text => {
      if (io.verbose) say(paint.dim(text));
    },
    warn,
    aside: ({ level, text, event }) => {
      if (format === 'human') (level === 'note' ? note : warn)(text);
      else if (level === 'warning' || !io.quiet) say(JSON.stringify(jsonValue(event)));
    },
    flush: () => stdout.flush(),
    above: over => outputThrough(io, options, over),
  };
}
