import { AwsError, notServed } from '../aws-error.js';
import { type HttpAnswer, jsonAnswer } from '../http/http-answer.js';
import type { RestCall, RestRoute } from '../http/rest.js';
import { bodyMembers } from '../http/rest-body.js';
import { findFunction, functionArn, parseFunctionRef } from '../lambda/find-function.js';
import { optionalBoolean, optionalString, requiredString } from '../members.js';
import { parseTags } from './mapping-tags.js';
import { defaultSettings, type Mapping } from './mapping.js';
import { describeMapping } from './mapping-description.js';
import { startTransition } from './mapping-life.js';
import { invalidValue, settingsAfter } from './settings-input.js';
import { startingPosition, streamOf } from './source-input.js';

const ALL = /^\/2015-03-31\/event-source-mappings\/?$/;
const ONE = /^\/2015-03-31\/event-source-mappings\/([^/]+)$/;
const PAGE_SIZE = 100;
/** What a mapping keeps for life, so that UpdateEventSourceMapping has no parameter for it: FACTS B.1. */
const FIXED = ['EventSourceArn', 'StartingPosition', 'Tags'];

/** The operations on event source mappings: FACTS B. */
export const mappingRoutes: readonly RestRoute[] = [
  { operation: 'CreateEventSourceMapping', method: 'POST', path: ALL, answer: createMapping },
  { operation: 'ListEventSourceMappings', method: 'GET', path: ALL, answer: listMappings },
  { operation: 'GetEventSourceMapping', method: 'GET', path: ONE, answer: getMapping },
  { operation: 'UpdateEventSourceMapping', method: 'PUT', path: ONE, answer: updateMapping },
  { operation: 'DeleteEventSourceMapping', method: 'DELETE', path: ONE, answer: deleteMapping },
];

function createMapping({ state, region, request }: RestCall): HttpAnswer {
  const input = bodyMembers(request);
  const target = targetFunction({ state, region }, requiredString(input, 'FunctionName'));
  const streamArn = requiredString(input, 'EventSourceArn');
  const position = startingPosition(input, streamArn);
  const settings = settingsAfter('CreateEventSourceMapping', input, defaultSettings);
  const isEnabled = optionalBoolean(input, 'Enabled') ?? true;
  const stream = streamOf(region, streamArn);
  refuseDuplicate([...region.mappings.values()], streamArn, target.functionName);
  const nowMs = state.clock.now();
  const uuid = state.ids.uuid();
  const mapping: Mapping = {
    uuid,
    arn: `arn:aws:lambda:${region.name}:${state.settings.account}:event-source-mapping:${uuid}`,
    region: region.name,
    streamArn: stream.identity.arn,
    startingPosition: position,
    createdAtMs: nowMs,
    ...target,
    settings,
    state: 'Creating',
    transition: undefined,
    lastModifiedMs: nowMs,
    lastProcessingResult: 'No records processed',
    tags: parseTags(input),
    progress: undefined,
  };
  region.mappings.set(uuid, mapping);
  startTransition(state, region, mapping, isEnabled ? ['Creating', 'Enabling', 'Enabled'] : ['Creating', 'Disabled']);
  return jsonAnswer(202, describeMapping(mapping, { inList: false }));
}

function refuseDuplicate(mappings: readonly Mapping[], streamArn: string, functionName: string): void {
  const twin = mappings.find(each => each.streamArn === streamArn && each.functionName === functionName);
  if (twin === undefined) return;
  throw new AwsError(
    'ResourceConflictException',
    `The event source arn (" ${streamArn} ") and function (" ${functionName} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`,
    409,
  );
}

function getMapping(call: RestCall): HttpAnswer {
  return jsonAnswer(200, describeMapping(mappingOf(call), { inList: false }));
}

function listMappings({ region, request }: RestCall): HttpAnswer {
  const query = request.url.searchParams;
  const wanted = query.get('FunctionName');
  const ref = wanted === null ? undefined : parseFunctionRef(wanted);
  const streamArn = query.get('EventSourceArn');
  const marker = query.get('Marker') ?? '';
  const limit = Math.min(PAGE_SIZE, maxItems(query.get('MaxItems')));
  const found = [...region.mappings.values()]
    .filter(each => ref === undefined || each.functionName === ref.name)
    .filter(each => streamArn === null || each.streamArn === streamArn)
    .filter(each => each.uuid > marker)
    .sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
  const page = found.slice(0, limit);
  return jsonAnswer(200, {
    EventSourceMappings: page.map(mapping => describeMapping(mapping, { inList: true })),
    NextMarker: found.length > page.length ? page.at(-1)?.uuid : undefined,
  });
}

function maxItems(given: string | null): number {
  if (given === null) return PAGE_SIZE;
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw invalidValue(`MaxItems must be between 1 and 10000, not ${given}`);
}

function updateMapping(call: RestCall): HttpAnswer {
  const { state, region, request } = call;
  const mapping = mappingOf(call);
  const input = bodyMembers(request);
  for (const name of FIXED) if (input[name] !== undefined) throw notServed('UpdateEventSourceMapping', name);
  const functionName = optionalString(input, 'FunctionName');
  const target = functionName === undefined ? undefined : targetFunction(call, functionName);
  const settings = settingsAfter('UpdateEventSourceMapping', input, mapping.settings);
  const isEnabled = optionalBoolean(input, 'Enabled') ?? mapping.state === 'Enabled';
  refuseBusy(mapping, 'update');
  if (target !== undefined) {
    const others = [...region.mappings.values()].filter(each => each !== mapping);
    refuseDuplicate(others, mapping.streamArn, target.functionName);
    Object.assign(mapping, target);
  }
  mapping.settings = settings;
  const goal = isEnabled ? 'Enabled' : 'Disabled';
  const via = mapping.state === goal ? 'Updating' : isEnabled ? 'Enabling' : 'Disabling';
  startTransition(state, region, mapping, [via, goal]);
  return jsonAnswer(202, describeMapping(mapping, { inList: false }));
}

function deleteMapping(call: RestCall): HttpAnswer {
  const mapping = mappingOf(call);
  refuseBusy(mapping, 'delete');
  startTransition(call.state, call.region, mapping, ['Deleting', 'gone']);
  return jsonAnswer(202, describeMapping(mapping, { inList: false }));
}

/** Only what has come to rest can be changed. */
function refuseBusy({ state }: Mapping, verb: 'update' | 'delete'): void {
  if (state === 'Enabled' || state === 'Disabled') return;
  throw new AwsError('ResourceInUseException', `Cannot ${verb} the event source mapping because it is in use.`);
}

function mappingOf({ region, parameters }: RestCall): Mapping {
  const mapping = region.mappings.get(parameters[0] ?? '');
  if (mapping !== undefined) return mapping;
  throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
}

/** The function that a mapping is to call. */
function targetFunction({ state, region }: Pick<RestCall, 'state' | 'region'>, given: string) {
  const ref = parseFunctionRef(given);
  const definition = findFunction(state, region, ref);
  if (definition === undefined) throw invalidValue('Function does not exist');
  return { functionName: definition.name, functionArn: functionArn(state, region, definition.name) };
}
