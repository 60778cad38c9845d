import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { type ServiceContext, call } from './call.js';
import { observeServerClock } from './server-clock.js';
import { type MappingSettings, settingsInput, settingsOf } from './mapping-settings.js';

/** Where a new mapping begins to read; AT_TIMESTAMP is not for DynamoDB (FACTS B.1). */
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

/** An event source mapping as Lambda shows it. */
export interface EventSourceMapping {
  readonly uuid: string;
  readonly mappingArn: string | undefined;
  readonly region: string;
  /** The stream, queue or topic that is read; undefined for sources without an ARN, such as a self-managed Kafka. */
  readonly eventSourceArn: string | undefined;
  /** With the version or alias, when it was named with one. */
  readonly functionArn: string;
  /** Creating, Enabling, Enabled, Disabling, Disabled, Updating or Deleting (FACTS B.2); as Lambda says it. */
  readonly state: string;
  readonly stateTransitionReason: string | undefined;
  /** Free text; it begins with PROBLEM when the last batch failed (FACTS B.2). */
  readonly lastProcessingResult: string | undefined;
  readonly lastModifiedMs: number | undefined;
  readonly startingPosition: string | undefined;
  readonly settings: MappingSettings;
  /** Why the encrypted filters could not be read. */
  readonly filterError: string | undefined;
}

/** What a new mapping is made of; settings that are left out get Lambda's own defaults. */
export interface NewMapping {
  readonly eventSourceArn: string;
  readonly functionName: string;
  readonly startingPosition: StartingPosition;
  readonly enabled: boolean;
  readonly settings: Partial<MappingSettings>;
  readonly tags: Readonly<Record<string, string>>;
}

/** What is changed of a mapping; what is left out stays as it is. */
export interface MappingChange {
  readonly uuid: string;
  readonly functionName?: string;
  readonly enabled?: boolean;
  readonly settings?: Partial<MappingSettings>;
}

/** Event source mappings in one Region. Every method throws AwsError. */
export interface MappingsGateway {
  readonly region: string;
  /** The time by Lambda's own clock, to the second, once it has answered: what metrics are asked for by. */
  serverNow(): number;
  /** All pages. Filters that are encrypted are not shown here (`settings.filters` is undefined): ask for the mapping itself. */
  list(
    input: { readonly eventSourceArn?: string | undefined; readonly functionName?: string | undefined },
    signal?: AbortSignal,
  ): Promise<readonly EventSourceMapping[]>;
  get(uuid: string, signal?: AbortSignal): Promise<EventSourceMapping>;
  create(mapping: NewMapping, signal?: AbortSignal): Promise<EventSourceMapping>;
  update(change: MappingChange, signal?: AbortSignal): Promise<EventSourceMapping>;
  delete(uuid: string, signal?: AbortSignal): Promise<EventSourceMapping>;
  /** The tags of a mapping, by its ARN. */
  tags(mappingArn: string, signal?: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Adds tags, or gives them new values; Update cannot (FACTS B.1). */
  tag(mappingArn: string, tags: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<void>;
}

/** The gateway over the SDK's client. */
export function sdkMappingsGateway(client: LambdaClient, context: ServiceContext): MappingsGateway {
  const { region } = context;
  const skew = observeServerClock([client], context.clock);
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  return {
    region,
    serverNow: () => context.clock.now() + skew.ms,
    async list({ eventSourceArn, functionName }, signal) {
      const found: EventSourceMapping[] = [];
      let marker: string | undefined;
      do {
        const command = new ListEventSourceMappingsCommand({
          EventSourceArn: eventSourceArn,
          FunctionName: functionName,
          Marker: marker,
        });
        const output = await call(context, 'ListEventSourceMappings', functionName ?? eventSourceArn, () =>
          client.send(command, options(signal)),
        );
        found.push(...(output.EventSourceMappings ?? []).map(mapping => toMapping(mapping, region)));
        marker = output.NextMarker === '' ? undefined : output.NextMarker;
      } while (marker !== undefined);
      return found;
    },
    async get(uuid, signal) {
      const command = new GetEventSourceMappingCommand({ UUID: uuid });
      const output = await call(context, 'GetEventSourceMapping', uuid, () => client.send(command, options(signal)));
      return toMapping(output, region);
    },
    async create(mapping, signal) {
      const { eventSourceArn, functionName, startingPosition, enabled, settings, tags } = mapping;
      const command = new CreateEventSourceMappingCommand({
        EventSourceArn: eventSourceArn,
        FunctionName: functionName,
        StartingPosition: startingPosition,
        Enabled: enabled,
        ...settingsInput(settings),
        ...(Object.keys(tags).length === 0 ? {} : { Tags: { ...tags } }),
      });
      const output = await call(context, 'CreateEventSourceMapping', functionName, () =>
        client.send(command, options(signal)),
      );
      return toMapping(output, region);
    },
    async update({ uuid, functionName, enabled, settings = {} }, signal) {
      const command = new UpdateEventSourceMappingCommand({
        UUID: uuid,
        ...(functionName === undefined ? {} : { FunctionName: functionName }),
        ...(enabled === undefined ? {} : { Enabled: enabled }),
        ...settingsInput(settings),
      });
      const output = await call(context, 'UpdateEventSourceMapping', uuid, () => client.send(command, options(signal)));
      return toMapping(output, region);
    },
    async delete(uuid, signal) {
      const command = new DeleteEventSourceMappingCommand({ UUID: uuid });
      const output = await call(context, 'DeleteEventSourceMapping', uuid, () => client.send(command, options(signal)));
      return toMapping(output, region);
    },
    async tags(mappingArn, signal) {
      const command = new ListTagsCommand({ Resource: mappingArn });
      const output = await call(context, 'ListTags', mappingArn, () => client.send(command, options(signal)));
      return output.Tags ?? {};
    },
    async tag(mappingArn, tags, signal) {
      const command = new TagResourceCommand({ Resource: mappingArn, Tags: { ...tags } });
      await call(context, 'TagResource', mappingArn, () => client.send(command, options(signal)));
    },
  };
}

function toMapping(mapping: EventSourceMappingConfiguration, region: string): EventSourceMapping {
  const { FilterCriteriaError: filterError } = mapping;
  return {
    uuid: mapping.UUID ?? '',
    mappingArn: mapping.EventSourceMappingArn,
    region,
    eventSourceArn: mapping.EventSourceArn,
    functionArn: mapping.FunctionArn ?? '',
    state: mapping.State ?? '',
    stateTransitionReason: mapping.StateTransitionReason,
    lastProcessingResult: mapping.LastProcessingResult,
    lastModifiedMs: mapping.LastModified?.getTime(),
    startingPosition: mapping.StartingPosition,
    settings: settingsOf(mapping),
    filterError: filterError === undefined ? undefined : `${filterError.ErrorCode ?? ''}: ${filterError.Message ?? ''}`,
  };
}
