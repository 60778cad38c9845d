import { Writable } from 'node:stream';
import type { Io } from './io.js';
import { makeWriter } from './writer.js';

/** A terminal as node:readline and ora want it: a Writable that can move its cursor. */
export interface TerminalStream extends Writable {
  readonly isTTY: boolean;
  readonly columns: number;
  cursorTo(column: number): boolean;
  moveCursor(columns: number, rows: number): boolean;
  clearLine(direction: -1 | 0 | 1): boolean;
}

/** Dresses stderr up as a terminal stream, so that libraries write to the stream that was handed in and no other. */
export function stderrAsTerminal(io: Io): TerminalStream {
  return new AdaptedStream(io);
}

class AdaptedStream extends Writable implements TerminalStream {
  readonly isTTY: boolean;
  readonly #io: Io;

  constructor(io: Io) {
    super({ decodeStrings: false });
    this.#io = io;
    this.isTTY = io.stderrIsTty;
  }

  get columns(): number {
    return this.#io.width;
  }

  override _write(chunk: string | Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    makeWriter(this.#io.stderr).post(chunk);
    done();
  }

  cursorTo(column: number): boolean {
    return this.write(`\u001b[${column + 1}G`);
  }

  moveCursor(columns: number, rows: number): boolean {
    return this.write(step(columns, 'C', 'D') + step(rows, 'B', 'A'));
  }

  clearLine(direction: -1 | 0 | 1): boolean {
    return this.write(direction < 0 ? '\u001b[1K' : direction > 0 ? '\u001b[0K' : '\u001b[2K');
  }
}

function step(count: number, forward: string, backward: string): string {
  if (count === 0) return '';
  return `\u001b[${Math.abs(count)}${count > 0 ? forward : backward}`;
}
