import { AwsError } from '../aws-error.js';
import { lambdaRoutes } from '../lambda/routes.js';
import { pipesRoutes } from '../lambda/pipes.js';
import { mappingRoutes } from '../mappings/mapping-routes.js';
import { mappingTagRoutes } from '../mappings/mapping-tags.js';
import type { RegionState, SandboxState } from '../state.js';
import { type Exchange, type HttpAnswer, type HttpRequest, jsonAnswer } from './http-answer.js';
import { regionOf } from './region-of.js';

/** What a REST operation is given. */
export interface RestCall {
  readonly state: SandboxState;
  readonly region: RegionState;
  readonly request: HttpRequest;
  /** What the path's brackets held, decoded. */
  readonly parameters: readonly string[];
}

/** An operation that is spoken to by method and path. */
export interface RestRoute {
  readonly operation: string;
  readonly method: string;
  /** The path; each group is a parameter. */
  readonly path: RegExp;
  answer(call: RestCall): HttpAnswer | Promise<HttpAnswer>;
}

const ROUTES: readonly RestRoute[] = [...lambdaRoutes, ...mappingRoutes, ...mappingTagRoutes, ...pipesRoutes];

/** The REST protocols: Lambda, and EventBridge Pipes as far as saying that there are none. */
export function restExchange(request: HttpRequest, state: SandboxState): Exchange {
  for (const route of ROUTES) {
    const match = route.path.exec(request.url.pathname);
    if (match === null || route.method !== request.method) continue;
    const parameters = match.slice(1).map(decodeURIComponent);
    return {
      operation: route.operation,
      service: 'lambda',
      answer: async () => {
        const answer = await route.answer({ state, region: regionOf(request, state), request, parameters });
        return { ...answer, headers: { 'x-amzn-requestid': request.requestId, ...answer.headers } };
      },
      fail: error => failure(request, error),
    };
  }
  return {
    operation: `${request.method} ${request.url.pathname}`,
    isUnknown: true,
    answer: () => {
      state.log(`The sandbox has no operation ${request.method} ${request.url.pathname}`);
      throw new AwsError('UnknownOperationException', 'Unknown operation', 404);
    },
    fail: error => failure(request, error),
  };
}

function failure(request: HttpRequest, error: AwsError): HttpAnswer {
  const isOurs = error.status >= 500;
  return jsonAnswer(
    error.status,
    { Type: isOurs ? 'Service' : 'User', Message: error.message, message: error.message, ...error.members },
    { 'x-amzn-requestid': request.requestId, 'x-amzn-errortype': error.type },
  );
}
