import { AwsError } from '../aws-error.js';
import type { RestCall } from '../http/rest.js';
import { findFunction, functionArn, parseFunctionRef } from './find-function.js';
import type { FunctionDefinition } from './function-definition.js';

/** The function that a request's path names; refused when there is none. */
export function namedFunction({ state, region, request, parameters }: RestCall): FunctionDefinition {
  const named = parseFunctionRef(parameters[0] ?? '');
  const qualifier = request.url.searchParams.get('Qualifier') ?? named.qualifier;
  const definition = findFunction(state, region, { ...named, qualifier });
  if (definition !== undefined) return definition;
  const suffix = qualifier === '$LATEST' ? '' : `:${qualifier}`;
  throw new AwsError(
    'ResourceNotFoundException',
    `Function not found: ${functionArn(state, region, named.name)}${suffix}`,
    404,
  );
}
