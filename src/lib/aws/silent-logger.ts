function ignore(): void {
  // Nothing that the SDK logs is for the reader; errors arrive as exceptions.
}

/** The SDK and its HTTP handler write their warnings to the console unless they are given a logger. */
export const silentLogger = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
