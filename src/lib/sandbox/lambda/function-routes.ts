import { AwsError, notServed } from '../aws-error.js';
import { type HttpAnswer, jsonAnswer } from '../http/http-answer.js';
import type { RestCall, RestRoute } from '../http/rest.js';
import { bodyMembers } from '../http/rest-body.js';
import { requiredMembers, requiredString } from '../members.js';
import { describeFunction } from './function-description.js';
import { functionDefaults, type FunctionDefinition } from './function-definition.js';
import { functionSettings, zipOf } from './function-input.js';
import { namedFunction } from './named-function.js';

const ALL = /^\/2015-03-31\/functions\/?$/;
const ONE = /^\/2015-03-31\/functions\/([^/]+)$/;
const CONFIGURATION = /^\/2015-03-31\/functions\/([^/]+)\/configuration$/;
const CODE = /^\/2015-03-31\/functions\/([^/]+)\/code$/;
const PAGE_SIZE = 50;

/** The operations that create, show, change and delete functions. */
export const functionRoutes: readonly RestRoute[] = [
  { operation: 'CreateFunction', method: 'POST', path: ALL, answer: createFunction },
  { operation: 'ListFunctions', method: 'GET', path: ALL, answer: listFunctions },
  { operation: 'GetFunction', method: 'GET', path: ONE, answer: getFunction },
  { operation: 'DeleteFunction', method: 'DELETE', path: ONE, answer: deleteFunction },
  { operation: 'GetFunctionConfiguration', method: 'GET', path: CONFIGURATION, answer: getConfiguration },
  { operation: 'UpdateFunctionConfiguration', method: 'PUT', path: CONFIGURATION, answer: updateConfiguration },
  { operation: 'UpdateFunctionCode', method: 'PUT', path: CODE, answer: updateCode },
];

async function createFunction({ state, region, request }: RestCall): Promise<HttpAnswer> {
  const operation = 'CreateFunction';
  const input = bodyMembers(request);
  const name = requiredString(input, 'FunctionName');
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) throw notServed(operation, `the name ${name}`);
  const settings = functionSettings(operation, input);
  const zip = await zipOf(operation, requiredMembers(input, 'Code'));
  const nowMs = state.clock.now();
  const definition: FunctionDefinition = {
    ...functionDefaults,
    ...settings,
    handler: settings.handler ?? requiredString(input, 'Handler'),
    role: requiredString(input, 'Role'),
    runtime: requiredString(input, 'Runtime'),
    name,
    region: region.name,
    source: { kind: 'zip', zip },
    modifiedAtMs: nowMs,
    activeAtMs: nowMs + state.settings.statusDelayMs,
    updatedAtMs: nowMs,
  };
  if (state.functions.find(name, region.name) !== undefined) {
    throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409);
  }
  state.functions.add(definition);
  return jsonAnswer(201, describeFunction(state, region, definition));
}

function listFunctions({ state, region, request }: RestCall): HttpAnswer {
  const query = request.url.searchParams;
  const marker = query.get('Marker') ?? '';
  const limit = Math.min(PAGE_SIZE, Number(query.get('MaxItems') ?? PAGE_SIZE));
  const names = new Set(state.functions.all().map(({ name }) => name));
  const found = [...names]
    .flatMap(name => state.functions.find(name, region.name) ?? [])
    .filter(({ name }) => name > marker)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = found.slice(0, limit);
  return jsonAnswer(200, {
    Functions: page.map(definition => describeFunction(state, region, definition)),
    NextMarker: found.length > page.length ? page.at(-1)?.name : undefined,
  });
}

function getFunction(call: RestCall): HttpAnswer {
  const Configuration = describeFunction(call.state, call.region, namedFunction(call));
  return jsonAnswer(200, { Configuration, Code: {} });
}

function getConfiguration(call: RestCall): HttpAnswer {
  return jsonAnswer(200, describeFunction(call.state, call.region, namedFunction(call)));
}

function deleteFunction(call: RestCall): HttpAnswer {
  // Its event source mappings stay, as at AWS.
  call.state.functions.remove(namedFunction(call));
  return { status: 204, headers: {}, chunks: [] };
}

function updateConfiguration(call: RestCall): HttpAnswer {
  const definition = namedFunction(call);
  return change(call, definition, functionSettings('UpdateFunctionConfiguration', bodyMembers(call.request)));
}

async function updateCode(call: RestCall): Promise<HttpAnswer> {
  const definition = namedFunction(call);
  const zip = await zipOf('UpdateFunctionCode', bodyMembers(call.request));
  return change(call, definition, { source: { kind: 'zip', zip } });
}

function change(
  { state, region }: RestCall,
  before: FunctionDefinition,
  changes: Partial<FunctionDefinition>,
): HttpAnswer {
  const nowMs = state.clock.now();
  if (nowMs < before.activeAtMs || nowMs < before.updatedAtMs) {
    const what =
      nowMs < before.activeAtMs
        ? 'function is currently in the following state: Pending'
        : 'update is in progress for resource';
    throw new AwsError('ResourceConflictException', `The operation cannot be performed at this time. An ${what}`, 409);
  }
  const definition = { ...before, ...changes, modifiedAtMs: nowMs, updatedAtMs: nowMs + state.settings.statusDelayMs };
  state.functions.add(definition);
  return jsonAnswer(200, describeFunction(state, region, definition));
}
