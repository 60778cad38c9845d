import type { SandboxState } from '../state.js';
import { awsJsonExchange } from './aws-json.js';
import { awsQueryExchange } from './aws-query.js';
import type { Exchange, HttpRequest } from './http-answer.js';
import { restExchange } from './rest.js';
import { s3Exchange } from './s3-rest.js';

/** A way of speaking to AWS; gives `undefined` for a request that does not speak it. */
type Protocol = (request: HttpRequest, state: SandboxState) => Exchange | undefined;

/** In the order in which they are tried. */
const PROTOCOLS: readonly Protocol[] = [awsJsonExchange, s3Exchange, awsQueryExchange];

/** Finds out which operation a request asks for; one that nobody serves becomes an exchange that says so. */
export function recognise(request: HttpRequest, state: SandboxState): Exchange {
  for (const protocol of PROTOCOLS) {
    const exchange = protocol(request, state);
    if (exchange !== undefined) return exchange;
  }
  return restExchange(request, state);
}
