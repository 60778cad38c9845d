/** A JSON answer that is already text: its chunks are sent as they are. */
export class RawJson {
  readonly chunks: readonly Buffer[];

  constructor(chunks: readonly Buffer[]) {
    this.chunks = chunks;
  }
}
