/** A part of the room that somebody holds. */
export interface Reservation {
  /** Says what is really needed, which may be more than there is: then those in line wait the longer. */
  readonly resize: (bytes: number) => void;
  /** Gives it back; once is enough, twice does no harm. */
  readonly free: () => void;
}

interface InLine {
  readonly bytes: number;
  readonly enter: () => void;
}

/** A bounded number of bytes that many share; those who find too few wait in line. It is what bounds memory. */
export class Room {
  readonly #capacity: number;
  readonly #line: InLine[] = [];
  #held = 0;

  constructor(capacityBytes: number) {
    this.#capacity = capacityBytes;
  }

  /** Resolves when there is room for `bytes`; for more than all of it, when all of it is free. */
  async take(bytes: number): Promise<Reservation> {
    if (this.#line.length > 0 || !this.#fits(bytes)) {
      await new Promise<void>(resolve => this.#line.push({ bytes, enter: resolve }));
    } else {
      this.#held += bytes;
    }
    let mine = bytes;
    return {
      resize: needed => {
        this.#change(needed - mine);
        mine = needed;
      },
      free: () => {
        this.#change(-mine);
        mine = 0;
      },
    };
  }

  #fits(bytes: number): boolean {
    return this.#held + bytes <= this.#capacity || this.#held <= 0;
  }

  #change(bytes: number): void {
    this.#held += bytes;
    for (let next = this.#line[0]; next !== undefined && this.#fits(next.bytes); next = this.#line[0]) {
      this.#line.shift();
      this.#held += next.bytes;
      next.enter();
    }
  }
}
