import type { CommandContext } from '../../context.js';
import { DdbxError } from '../../lib/model/error.js';

/** Where a sandbox on this machine answers. */
export function sandboxUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/**
 * Calls a control operation of the sandbox on a port.
 *
 * @param input anything that JSON can hold.
 * @returns the answer, parsed.
 * @throws DdbxError `sandbox-not-running` when nobody answers, `sandbox-control` with the sandbox's words when it refuses.
 */
export async function callSandbox(
  { signal }: Pick<CommandContext, 'signal'>,
  port: number,
  operation: string,
  input: unknown,
): Promise<unknown> {
  let response: Response;
  try {
    const url = `${sandboxUrl(port)}/_ddbx/${encodeURIComponent(operation)}`;
    response = await fetch(url, { method: 'POST', body: JSON.stringify(input), signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new DdbxError({
      code: 'sandbox-not-running',
      message: `No sandbox answers on port ${port}.`,
      hint: `Start one: ddbx sandbox start --port ${port}`,
      cause: error,
    });
  }
  const text = await response.text();
  const answer: unknown = text === '' ? {} : JSON.parse(text);
  if (!response.ok) {
    const message = typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : text;
    throw new DdbxError({ code: 'sandbox-control', message, hint: 'ddbx sandbox ctl --help shows the operations.' });
  }
  return answer;
}
