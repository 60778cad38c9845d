import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import { awsDefaults, type MappingSettings } from '../../src/lib/aws/mapping-settings.js';
import type { EventSourceMapping, MappingsGateway } from '../../src/lib/aws/mappings-gateway.js';
import type { Clock } from '../../src/lib/model/clock.js';

/** A change of a mapping takes this long until its state is firm. */
export const TRANSITION_MS = 3_000;

/** How a test makes its mappings; what is left out is as Lambda shows it for a mapping that works. */
export interface FakeMapping extends Partial<Omit<EventSourceMapping, 'settings'>> {
  readonly settings?: Partial<MappingSettings>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Mappings in memory, with what Lambda refuses (FACTS B.1), and a log of what was asked. */
export interface FakeMappings extends MappingsGateway {
  /** Each call, as `update 14e0db71-…`. */
  readonly calls: readonly string[];
  /** The calls that change something. */
  readonly changes: readonly string[];
  /** All that there is now. */
  readonly all: () => readonly EventSourceMapping[];
  /** Makes the next calls of this operation fail, one after the other. */
  failNext(operation: string, ...kinds: readonly AwsErrorKind[]): void;
  put(mapping: FakeMapping): void;
}

const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';

/** The UUID of the n-th mapping. */
export function fakeUuid(n: number): string {
  return `14e0db71-5d35-4eb5-b481-${n.toString(16).padStart(12, '0')}`;
}

/** The ARN of a function of the fake account. */
export function fakeFunctionArn(name: string, region = REGION): string {
  return `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`;
}

/** A mapping as a test says it, whole. */
export function aStreamMapping(mapping: FakeMapping = {}, region = REGION): EventSourceMapping {
  const uuid = mapping.uuid ?? fakeUuid(1);
  return {
    uuid,
    mappingArn: `arn:aws:lambda:${region}:${ACCOUNT}:event-source-mapping:${uuid}`,
    region,
    eventSourceArn: `arn:aws:dynamodb:${region}:${ACCOUNT}:table/Orders/stream/2026-11-20T10:11:12.123`,
    functionArn: fakeFunctionArn('orders-indexer', region),
    state: 'Enabled',
    stateTransitionReason: 'User action',
    lastProcessingResult: 'OK',
    lastModifiedMs: Date.UTC(2026, 10, 22),
    startingPosition: 'TRIM_HORIZON',
    filterError: undefined,
    ...mapping,
    settings: { ...awsDefaults, ...mapping.settings },
  };
}

interface Held {
  readonly mapping: EventSourceMapping;
  readonly tags: Readonly<Record<string, string>>;
  /** When the transition is over, and what the state is then; undefined when the mapping is then gone. */
  readonly settles?: { readonly atMs: number; readonly state: string | undefined };
}

/** Makes the mappings of one Region. */
export function fakeMappings(clock: Clock, initial: readonly FakeMapping[] = [], region = REGION): FakeMappings {
  const held = new Map<string, Held>();
  const calls: string[] = [];
  const failures = new Map<string, AwsErrorKind[]>();
  let made = 100;

  const failure = (kind: AwsErrorKind, code: string, message: string, operation: string, resource?: string) =>
    new AwsError({ kind, code, message, service: 'lambda', operation, region, resource });
  const put = ({ tags = {}, ...mapping }: FakeMapping): void => {
    const whole = aStreamMapping(mapping, region);
    held.set(whole.uuid, { mapping: whole, tags });
  };
  initial.forEach(put);

  const settle = (): void => {
    for (const [uuid, { mapping, tags, settles }] of held) {
      if (settles === undefined || clock.now() < settles.atMs) continue;
      if (settles.state === undefined) held.delete(uuid);
      else held.set(uuid, { mapping: { ...mapping, state: settles.state }, tags });
    }
  };
  const enter = async (operation: string, resource: string | undefined, signal: AbortSignal | undefined) => {
    calls.push(resource === undefined ? operation : `${operation} ${resource}`);
    await Promise.resolve();
    settle();
    if (signal?.aborted === true) throw failure('aborted', 'AbortError', 'Request aborted', operation, resource);
    const kind = failures.get(operation)?.shift();
    if (kind !== undefined) throw failure(kind, `Fake-${kind}`, `made to fail: ${kind}`, operation, resource);
  };
  const find = (operation: string, uuid: string): Held => {
    const found = held.get(uuid);
    if (found !== undefined) return found;
    throw failure(
      'not-found',
      'ResourceNotFoundException',
      'The resource you requested does not exist.',
      operation,
      uuid,
    );
  };
  const change = (operation: string, uuid: string): Held => {
    const found = find(operation, uuid);
    if (found.settles === undefined) return found;
    const text = 'Cannot update the event source mapping because it is in use.';
    throw failure('in-use', 'ResourceInUseException', text, operation, uuid);
  };
  const hold = (entry: Held): EventSourceMapping => {
    held.set(entry.mapping.uuid, entry);
    return entry.mapping;
  };
  const listed = (mapping: EventSourceMapping): EventSourceMapping =>
    mapping.settings.kmsKeyArn === '' ? mapping : { ...mapping, settings: { ...mapping.settings, filters: undefined } };

  return {
    region,
    serverNow: () => clock.now(),
    calls,
    get changes() {
      return calls.filter(call => /^(create|update|delete|tag) /.test(call));
    },
    all: () => {
      settle();
      return [...held.values()].map(({ mapping }) => mapping);
    },
    failNext(operation, ...kinds) {
      failures.set(operation, [...(failures.get(operation) ?? []), ...kinds]);
    },
    put,
    async list({ eventSourceArn, functionName }, signal) {
      await enter('list', functionName ?? eventSourceArn, signal);
      return [...held.values()]
        .map(({ mapping }) => listed(mapping))
        .filter(mapping => eventSourceArn === undefined || mapping.eventSourceArn === eventSourceArn)
        .filter(
          ({ functionArn }) =>
            functionName === undefined ||
            functionArn === functionName ||
            functionArn.endsWith(`:function:${functionName}`),
        );
    },
    async get(uuid, signal) {
      await enter('get', uuid, signal);
      return find('GetEventSourceMapping', uuid).mapping;
    },
    async create({ eventSourceArn, functionName, startingPosition, enabled, settings, tags }, signal) {
      await enter('create', functionName, signal);
      const functionArn = functionName.startsWith('arn:') ? functionName : fakeFunctionArn(functionName, region);
      const inTheWay = [...held.values()].find(
        ({ mapping }) => mapping.eventSourceArn === eventSourceArn && mapping.functionArn === functionArn,
      );
      if (inTheWay !== undefined) {
        const text = `The event source arn (" ${eventSourceArn} ") and function (" ${functionName} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${inTheWay.mapping.uuid}`;
        throw failure('conflict', 'ResourceConflictException', text, 'CreateEventSourceMapping', functionName);
      }
      made += 1;
      const mapping = aStreamMapping(
        {
          uuid: fakeUuid(made),
          eventSourceArn,
          functionArn,
          state: 'Creating',
          lastProcessingResult: 'No records processed',
          lastModifiedMs: clock.now(),
          startingPosition,
          settings,
        },
        region,
      );
      const settles = { atMs: clock.now() + TRANSITION_MS, state: enabled ? 'Enabled' : 'Disabled' };
      return hold({ mapping, tags, settles });
    },
    async update({ uuid, functionName, enabled, settings }, signal) {
      await enter('update', uuid, signal);
      const { mapping, tags } = change('UpdateEventSourceMapping', uuid);
      const isOn = enabled ?? mapping.state === 'Enabled';
      const state = enabled === undefined ? 'Updating' : enabled ? 'Enabling' : 'Disabling';
      const changed: EventSourceMapping = {
        ...mapping,
        ...(functionName === undefined ? {} : { functionArn: fakeFunctionArn(functionName, region) }),
        state,
        lastModifiedMs: clock.now(),
        settings: { ...mapping.settings, ...settings },
      };
      const settles = { atMs: clock.now() + TRANSITION_MS, state: isOn ? 'Enabled' : 'Disabled' };
      return hold({ mapping: changed, tags, settles });
    },
    async delete(uuid, signal) {
      await enter('delete', uuid, signal);
      const { mapping, tags } = change('DeleteEventSourceMapping', uuid);
      const settles = { atMs: clock.now() + TRANSITION_MS, state: undefined };
      return hold({ mapping: { ...mapping, state: 'Deleting' }, tags, settles });
    },
    async tags(mappingArn, signal) {
      await enter('tags', mappingArn, signal);
      return find('ListTags', mappingArn.replace(/^.*:/, '')).tags;
    },
    async tag(mappingArn, tags, signal) {
      await enter('tag', mappingArn, signal);
      const entry = find('TagResource', mappingArn.replace(/^.*:/, ''));
      hold({ ...entry, tags: { ...entry.tags, ...tags } });
    },
  };
}
