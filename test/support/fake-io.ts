import { PassThrough, Writable } from 'node:stream';
import { type Env, type Io, type IoFlags, makeIo } from '../../src/lib/terminal/io.js';

/** What a test may choose; without a choice nothing is a terminal, as in a pipe. */
export interface FakeIoOptions {
  readonly stdoutTty?: boolean;
  readonly stderrTty?: boolean;
  readonly stdinTty?: boolean;
  /** Columns of both outputs where they are terminals. */
  readonly width?: number;
  /** What a person types, or a pipe holds; without it stdin stays open and silent until the test writes to it. */
  readonly stdin?: string;
  /** Replaces `LANG=en_US.UTF-8 TERM=xterm-256color`. */
  readonly env?: Env;
  readonly color?: IoFlags['color'];
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly progress?: boolean;
}

/** An `Io` over memory, and what was written to it so far. */
export interface FakeIo extends Io {
  readonly stdoutText: string;
  readonly stderrText: string;
  /** What was written to stderr, one entry a write. */
  readonly stderrWrites: readonly string[];
  /** Types into stdin. */
  type(text: string): void;
  /** Ends stdin, as Ctrl-D does. */
  endInput(): void;
  /** Changes the width that both outputs report. */
  resize(width: number): void;
}

/** Makes an `Io` as `makeIo` does, over streams that live in memory. */
export function fakeIo(options: FakeIoOptions = {}): FakeIo {
  const stdin = Object.assign(new PassThrough(), { isTTY: options.stdinTty ?? false });
  const stdout = new CapturedStream(options.stdoutTty ?? false, options.width ?? 80);
  const stderr = new CapturedStream(options.stderrTty ?? false, options.width ?? 80);
  if (options.stdin !== undefined) stdin.end(options.stdin);
  const io = makeIo({ stdin, stdout, stderr }, options.env ?? { LANG: 'en_US.UTF-8', TERM: 'xterm-256color' }, {
    color: options.color ?? 'auto',
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
    progress: options.progress ?? true,
  });
  return Object.defineProperties(
    {
      type: (text: string) => {
        stdin.write(text);
      },
      endInput: () => {
        stdin.end();
      },
      resize: (width: number) => {
        stdout.columns = width;
        stderr.columns = width;
      },
    },
    {
      // Copied as descriptors, so that `width` stays what the terminal says at the moment.
      ...Object.getOwnPropertyDescriptors(io),
      stdoutText: { get: () => stdout.chunks.join(''), enumerable: true },
      stderrText: { get: () => stderr.chunks.join(''), enumerable: true },
      stderrWrites: { get: () => stderr.chunks, enumerable: true },
    },
  ) as FakeIo;
}

/** A stream that keeps what it is given, and says of itself what a test wants. */
export class CapturedStream extends Writable {
  readonly isTTY: boolean;
  columns: number | undefined;
  readonly chunks: string[] = [];

  constructor(isTTY = false, columns = 80) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.columns = isTTY ? columns : undefined;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.chunks.push(chunk.toString());
    done();
  }
}
