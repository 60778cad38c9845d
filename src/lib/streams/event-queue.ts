interface Waiting<Event> {
  readonly event: Event;
  readonly dealtWith: () => void;
}

/**
 * Brings the events of many readers to one consumer, in the order in which they were put.
 * An event counts as dealt with when the consumer asks for the next one.
 */
export class EventQueue<Event> {
  readonly #waiting: Waiting<Event>[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;

  /** @returns a promise that resolves when the consumer has dealt with the event, or will take no more. */
  put(event: Event): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise(resolve => {
      this.#waiting.push({ event, dealtWith: resolve });
      this.#wake?.();
    });
  }

  /** No more events; the consumer gets those that wait, then the failure, if there is one. */
  end(failure?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure === undefined ? undefined : { error: failure };
    this.#wake?.();
  }

  /** Drops what waits and lets every reader go on. */
  discard(): void {
    this.#ended = true;
    for (const waiting of this.#waiting.splice(0)) waiting.dealtWith();
    this.#wake?.();
  }

  async *events(): AsyncGenerator<Event, void, undefined> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        try {
          yield next.event;
        } finally {
          next.dealtWith();
        }
      } else if (this.#ended) {
        if (this.#failure !== undefined) throw this.#failure.error;
        return;
      } else {
        await new Promise<void>(resolve => {
          this.#wake = resolve;
        });
        this.#wake = undefined;
      }
    }
  }
}
