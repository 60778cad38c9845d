import { type HttpAnswer, type HttpRequest, jsonAnswer } from '../http/http-answer.js';
import type { ControlOperations } from './create-control.js';
import { ControlError } from './control-input.js';

/** Answers a request to the control path; `name` is what follows the path's prefix. */
export type ControlHandler = (name: string, request: HttpRequest) => Promise<HttpAnswer>;

/** Serves the control operations over HTTP: POST with a JSON object, an answer of JSON; 400 with an `error` for bad input. */
export function createControlHandler(
  operations: Readonly<Record<keyof ControlOperations, (input: unknown) => unknown>>,
): ControlHandler {
  return async (name, request) => {
    const operation = Object.entries(operations).find(([each]) => each === name)?.[1];
    if (operation === undefined) {
      const names = Object.keys(operations).join(', ');
      return jsonAnswer(404, { error: `There is no control operation "${name}"; there is: ${names}` });
    }
    if (request.method !== 'POST' && name !== 'status') {
      return jsonAnswer(405, { error: `Use POST for ${name}` });
    }
    try {
      return jsonAnswer(200, await operation(parseInput(request)));
    } catch (error) {
      if (error instanceof ControlError) return jsonAnswer(400, { error: `${name}: ${error.message}` });
      throw error;
    }
  };
}

function parseInput(request: HttpRequest): unknown {
  if (request.body.length === 0) return {};
  try {
    const input: unknown = JSON.parse(request.body.toString());
    return input;
  } catch {
    throw new ControlError('The body is not JSON');
  }
}
