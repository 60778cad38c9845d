import { DdbxError, ExitCode } from '../../../src/lib/model/error.js';

/** What a usage error says, with its hint behind it; anything else that happens fails the test. */
export function complaintOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof DdbxError && error.exitCode === ExitCode.usage) {
      return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
    }
    throw error;
  }
  throw new Error('it was taken');
}
