import type { Clock } from '../model/clock.js';
import type { Io } from './io.js';
import type { Screen } from './output.js';
import { safeStyledText, truncate } from './text.js';
import { makeWriter } from './writer.js';

/** One live line at the bottom of the terminal. */
export interface StatusLine extends Screen {
  /** What the line says from now on; a function is asked only when the line is really drawn. */
  set(text: string | (() => string)): void;
  /** Clears the line while something else is written, and draws it again after. */
  around<T>(write: () => T | Promise<T>): Promise<T>;
  /** Clears the line for good and gives the cursor back. May be called more than once. */
  end(): void;
}

const REDRAW_MS = 100;
const CLEAR = '\r\u001b[2K';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

/** Starts a status line on stderr; where nothing may move there (`io.progress`) it does nothing at all. */
export function makeStatusLine(io: Io, clock: Clock): StatusLine {
  return io.progress ? new LiveLine(io, clock) : noLine;
}

/** Gives the cursor back when a run ends without its `finally` blocks (a second Ctrl-C, a crash). */
export function restoreTerminal(io: Io): void {
  if (io.progress) makeWriter(io.stderr).post(SHOW_CURSOR);
}

const noLine: StatusLine = {
  set: () => undefined,
  around: async write => write(),
  end: () => undefined,
};

class LiveLine implements StatusLine {
  readonly #io: Io;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  #text: string | (() => string) = '';
  /** Output is being written by this many callers; the line stays away while it is. */
  #away = 0;
  #drawn = false;
  #cursorHidden = false;
  #waiting = false;
  #drawnAtMs = Number.NEGATIVE_INFINITY;

  constructor(io: Io, clock: Clock) {
    this.#io = io;
    this.#clock = clock;
  }

  set(text: string | (() => string)): void {
    this.#text = text;
    this.#schedule();
  }

  async around<T>(write: () => T | Promise<T>): Promise<T> {
    this.#away += 1;
    this.#clear();
    try {
      return await write();
    } finally {
      this.#away -= 1;
      this.#schedule();
    }
  }

  end(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#clear();
    if (this.#cursorHidden) this.#post(SHOW_CURSOR);
    this.#cursorHidden = false;
  }

  /** Draws now, or once a tenth of a second since the last drawing is over. */
  #schedule(): void {
    if (this.#waiting || this.#away > 0 || this.#stop.signal.aborted) return;
    const restMs = this.#drawnAtMs + REDRAW_MS - this.#clock.now();
    if (restMs <= 0) {
      this.#draw();
      return;
    }
    this.#waiting = true;
    this.#clock.sleep(restMs, this.#stop.signal).then(
      () => {
        this.#waiting = false;
        if (this.#away === 0) this.#draw();
      },
      () => {
        this.#waiting = false;
      },
    );
  }

  #draw(): void {
    // A terminal that is stopped (Ctrl-S) takes nothing; there is no use in a queue of lines for it.
    if (this.#stop.signal.aborted || makeWriter(this.#io.stderr).blocked) return;
    const text = typeof this.#text === 'string' ? this.#text : this.#text();
    if (text === '') {
      this.#clear();
      return;
    }
    // One column stays free: a full line would wrap on some terminals, and clearing would miss its first half.
    const fitted = truncate(
      safeStyledText(text, this.#io.colour.stderr),
      this.#io.width - 1,
      this.#io.unicode ? '…' : '...',
    );
    this.#post((this.#cursorHidden ? '' : HIDE_CURSOR) + CLEAR + fitted);
    this.#cursorHidden = true;
    this.#drawn = true;
    this.#drawnAtMs = this.#clock.now();
  }

  #clear(): void {
    if (this.#drawn) this.#post(CLEAR);
    this.#drawn = false;
  }

  #post(text: string): void {
    makeWriter(this.#io.stderr).post(text);
  }
}
