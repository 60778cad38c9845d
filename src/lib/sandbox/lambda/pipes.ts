import { jsonAnswer } from '../http/http-answer.js';
import type { RestRoute } from '../http/rest.js';

/** EventBridge Pipes: the sandbox has none, and says so. */
export const pipesRoutes: readonly RestRoute[] = [
  { operation: 'ListPipes', method: 'GET', path: /^\/v1\/pipes\/?$/, answer: () => jsonAnswer(200, { Pipes: [] }) },
];
