import type { StreamConsumer } from '../../lib/aws/consumers-gateway.js';
import { formatInstant } from '../../lib/model/instant.js';
import type { ChangeEvent } from '../../lib/streams/change-stream.js';
import type { ConsumerLookup } from '../../lib/streams/consumers.js';
import type { StreamPlan } from '../../lib/streams/plan-change.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';

/** What `changeDocument` says, for json and for the summary of ndjson. */
export interface ChangeDocument {
  readonly table: string;
  readonly region: string;
  readonly changed: boolean;
  readonly dryRun: boolean;
  readonly steps: StreamPlan['steps'];
  readonly viewTypeBefore: string | null;
  readonly viewType: string | null;
  readonly streamArn: string | null;
  readonly oldStreamArn: string | null;
  /** When the last record of the old stream is gone, at the latest. */
  readonly oldStreamReadableUntil: string | null;
  readonly consumers: readonly StreamConsumer[];
  readonly unknownConsumers: ConsumerLookup['unknown'];
  readonly awsCommands: readonly string[];
}

/** The plan as the first event of ndjson. */
export function planEvent(plan: StreamPlan, lookup: ConsumerLookup, awsCommands: readonly string[]) {
  return {
    type: 'plan',
    table: plan.tableName,
    region: plan.region,
    steps: plan.steps,
    resumes: plan.resumes,
    viewTypeBefore: plan.viewTypeBefore ?? null,
    viewTypeAfter: plan.goal.verb === 'disable' ? null : plan.goal.viewType,
    streamArn: plan.streamArn ?? null,
    consumers: lookup.consumers,
    unknownConsumers: lookup.unknown,
    awsCommands,
  };
}

/** What happens on the way as a line of ndjson, in the words of the plan and the summary. */
export function changeEvent({ type, tableName, region, ...event }: ChangeEvent) {
  const { readableUntilMs, ...facts } = { readableUntilMs: undefined, ...event };
  return {
    type,
    table: tableName,
    region,
    ...facts,
    ...(readableUntilMs === undefined ? {} : { readableUntil: formatInstant(readableUntilMs) }),
  };
}

/** The result as one document. */
export function changeDocument(
  plan: StreamPlan,
  lookup: ConsumerLookup,
  events: readonly ChangeEvent[],
  dryRun: boolean,
  awsCommands: readonly string[],
): ChangeDocument {
  const changed = plan.steps.length > 0 && !dryRun;
  const disabled = events.find(event => event.type === 'disabled');
  // What AWS answered last; without a change, what was there.
  const viewTypeAfter = plan.goal.verb === 'disable' ? undefined : plan.goal.viewType;
  const before = plan.viewTypeBefore === undefined ? undefined : plan.streamArn;
  const after = viewTypeAfter === undefined ? undefined : newStreamArn(events);
  return {
    table: plan.tableName,
    region: plan.region,
    changed,
    dryRun,
    steps: plan.steps,
    viewTypeBefore: plan.viewTypeBefore ?? null,
    viewType: (changed ? viewTypeAfter : plan.viewTypeBefore) ?? null,
    streamArn: (changed ? after : before) ?? null,
    oldStreamArn: (plan.steps.length > 0 ? plan.streamArn : undefined) ?? null,
    oldStreamReadableUntil: disabled === undefined ? null : formatInstant(disabled.readableUntilMs),
    consumers: lookup.consumers,
    unknownConsumers: lookup.unknown,
    awsCommands,
  };
}

function newStreamArn(events: readonly ChangeEvent[]): string | undefined {
  const last = events.at(-1);
  return last?.type === 'enabled' || last?.type === 'requested' ? last.streamArn : undefined;
}

/** The plan for people. */
export function planText(plan: StreamPlan, lookup: ConsumerLookup, repoints = false): string {
  const { tableName, region, goal, steps, streamArn } = plan;
  if (steps.length === 0) return `${tableName} (${region}): nothing to do, the stream is ${stateText(plan)}.`;
  const lines = [headline(plan)];
  for (const [index, step] of steps.entries()) {
    const number = steps.length > 1 ? `${index + 1}. ` : '';
    if (step === 'disable') {
      lines.push(
        `  ${number}disable ${streamArn ?? 'the stream'}`,
        '     Its records stay readable by this ARN until they are 24 hours old, then they are gone.',
      );
    } else {
      lines.push(`  ${number}enable a new stream with ${goal.verb === 'disable' ? '' : goal.viewType}`);
    }
  }
  if (steps.length > 1) lines.push('Changes made to the table between the two steps are recorded by neither stream.');
  return [...lines, ...consumerLines(plan, lookup, repoints)].join('\n');
}

function headline({ tableName, region, goal, viewTypeBefore, resumes }: StreamPlan): string {
  switch (goal.verb) {
    case 'enable':
      return `Turn on the stream of ${tableName} (${region}):`;
    case 'disable':
      return `Turn off the stream of ${tableName} (${region}, ${viewTypeBefore ?? ''}):`;
    case 'set-view':
      return resumes
        ? `Finish changing the view of ${tableName} (${region}); its old stream is off already:`
        : `Change the view of ${tableName} (${region}) from ${viewTypeBefore ?? ''} to ${goal.viewType}, by a new stream:`;
  }
}

function consumerLines(plan: StreamPlan, { consumers, unknown }: ConsumerLookup, repoints: boolean): readonly string[] {
  if (plan.streamArn === undefined) return [];
  const lines: string[] = [];
  if (consumers.length > 0) {
    lines.push(
      plan.goal.verb === 'disable'
        ? 'These consumers lose their source:'
        : repoints
          ? 'These event source mappings are moved to the new stream; pipes stay at the old one:'
          : 'These consumers stay at the old stream, and have to be made anew for the new one:',
      ...consumers.map(({ kind, name, id, state }) =>
        kind === 'pipe' ? `  pipe ${name} (${state})` : `  event source mapping of ${name} (${state}), ${id}`,
      ),
    );
  } else if (unknown.length === 0) {
    lines.push('No event source mapping and no pipe reads the old stream.');
  }
  for (const { kind, reason } of unknown) {
    lines.push(`Whether ${kind === 'pipe' ? 'a pipe' : 'an event source mapping'} reads it is not known (${reason}).`);
  }
  return [...lines, 'Other readers (KCL applications, checkpoints, code of your own) cannot be seen from here.'];
}

/** What is going on, for the spinner. */
export function progressText(event: ChangeEvent): string {
  const { tableName } = event;
  switch (event.type) {
    case 'disabling':
      return `Disabling the stream of ${tableName}`;
    case 'disabled':
      return `The stream of ${tableName} is disabled`;
    case 'enabling':
      return `Enabling a stream of ${tableName} with ${event.viewType}`;
    case 'enabled':
      return `The stream of ${tableName} is enabled with ${event.viewType}`;
    case 'unchanged':
      return `The stream of ${tableName} is as wanted`;
    case 'requested':
      return `AWS has begun to ${event.step} the stream of ${tableName}`;
    case 'in-use':
      return `Another operation has ${tableName} (${event.status ?? 'status not known'}): waiting`;
  }
}

/** The result for people. */
export function resultText(plan: StreamPlan, events: readonly ChangeEvent[], io: Io): string {
  const { bold, dim } = makePalettes(io).stdout;
  const lines: string[] = [];
  const say = (what: string, arn: string | undefined): void => {
    lines.push(`${bold(plan.tableName)} (${plan.region}): ${what}`, ...(arn === undefined ? [] : [dim(`  ${arn}`)]));
  };
  for (const event of events) {
    if (event.type === 'disabled') {
      say(
        `stream disabled; its records are readable until ${formatInstant(event.readableUntilMs)} at the latest`,
        event.streamArn,
      );
    } else if (event.type === 'enabled') {
      say(`stream enabled with ${event.viewType}`, event.streamArn);
    } else if (event.type === 'requested') {
      const wait = `ddbx wait ${plan.tableName} --for stream-${event.step}d`;
      say(`asked to ${event.step} the stream; ${wait} waits until it is done`, event.streamArn);
    } else if (event.type === 'unchanged') {
      say(`unchanged, the stream is ${stateText(plan)}`, event.viewType === undefined ? undefined : event.streamArn);
    }
  }
  return lines.join('\n');
}

function stateText({ viewTypeBefore }: StreamPlan): string {
  return viewTypeBefore === undefined ? 'off' : `enabled with ${viewTypeBefore}`;
}
