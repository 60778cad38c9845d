import type { ChangeOptions } from '../../context.js';
import type { Attached, AttachEvent } from '../../lib/esm/attach.js';
import type { MappingEvent } from '../../lib/esm/change-mapping.js';
import type { AttachPlan } from '../../lib/esm/plan-attach.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { changeEvent, progressText as streamProgress } from '../streams/change-view.js';
import { changedSettingLines, newSettingLines, settingJson } from './plan-text.js';

/** The plan and, where it was carried out, what came of it; for json and for the summary of ndjson. */
export function attachDocument(
  plan: AttachPlan,
  attached: Attached | undefined,
  { dryRun }: ChangeOptions,
  awsCommands: readonly string[],
) {
  const { table, functionName, existing, queue, action, startingPosition, settings, tags, orphans } = plan;
  return {
    table: table.tableName,
    region: table.region,
    function: functionName,
    action,
    dryRun,
    changed: attached !== undefined && action !== 'unchanged',
    uuid: attached?.uuid ?? existing?.uuid ?? null,
    streamArn: attached?.streamArn ?? plan.streamArn ?? null,
    enablesStream: (plan.enableStream?.steps.length ?? 0) > 0,
    queue: queue === undefined ? null : { name: queue.queueName, arn: queue.queueArn, exists: queue.exists },
    startingPosition: existing?.startingPosition ?? startingPosition,
    settings: settings.map(settingJson),
    tags,
    orphans: orphans.map(({ uuid }) => uuid),
    awsCommands,
  };
}

/** What happens on the way, as a line of ndjson. */
export function attachEvent(event: AttachEvent) {
  return 'tableName' in event ? changeEvent(event) : event;
}

/** The plan for people. */
export function attachPlanText(plan: AttachPlan): string {
  const { table, functionName, existing, queue, tags, startingPosition, startingPositionIsTyped } = plan;
  const where = `${table.tableName} (${table.region})`;
  if (plan.action === 'unchanged') return `${where}: nothing to do, ${functionName} is attached as wanted.`;
  const steps: string[] = [];
  const goal = plan.enableStream?.goal;
  if (goal !== undefined && goal.verb !== 'disable' && (plan.enableStream?.steps.length ?? 0) > 0) {
    steps.push(`turn on the stream with ${goal.viewType}`);
  }
  if (queue !== undefined) {
    steps.push(
      queue.exists
        ? `take the queue ${queue.queueName} for failures, as it is`
        : `create the queue ${queue.queueName} for failures: messages are kept 14 days, encrypted`,
    );
  }
  if (existing === undefined) {
    const begins = `${startingPosition}${startingPositionIsTyped ? '' : ", ddbx's default"}`;
    const state = plan.enabled === false ? ', disabled' : '';
    steps.push([`create the mapping${state}; it begins at ${begins}`, ...newSettingLines(plan.settings)].join('\n'));
  } else {
    const changes = changedSettingLines(plan.settings);
    const pause = plan.enabled === false && existing.state !== 'Disabled' ? ['     state  -> Disabled'] : [];
    if (changes.length + pause.length > 0) {
      steps.push([`update mapping ${existing.uuid}`, ...changes, ...pause].join('\n'));
    }
  }
  const names = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  if (names.length > 0) steps.push(`tag it with ${names.join(', ')}`);
  const numbered = steps.map((step, index) => `  ${steps.length > 1 ? `${index + 1}. ` : ''}${step}`);
  const verb = existing === undefined ? `Attach ${functionName} to` : `Change how ${functionName} reads`;
  return [`${verb} ${where}:`, ...numbered].join('\n');
}

/** What is going on, for the spinner. */
export function attachProgress(event: AttachEvent): string {
  if ('tableName' in event) return streamProgress(event);
  if (event.type === 'queue') {
    return event.created ? `Created the queue ${event.queueName}` : `The queue ${event.queueName} is there`;
  }
  return mappingProgress(event);
}

/** What happens to a mapping, for the spinner. */
export function mappingProgress(event: MappingEvent): string {
  switch (event.type) {
    case 'in-transition':
      return `Mapping ${event.uuid} is ${event.state}: waiting until it can be changed`;
    case 'requested':
      return `Mapping ${event.uuid} is ${event.state}`;
    case 'reached':
      return event.step === 'detach' ? `Mapping ${event.uuid} is gone` : `Mapping ${event.uuid} is ${event.state}`;
  }
}

/** The result for people. */
export function attachResult(
  plan: AttachPlan,
  events: readonly AttachEvent[],
  attached: Attached | undefined,
  io: Io,
): string {
  const { bold, dim } = makePalettes(io).stdout;
  const name = bold(`${plan.table.tableName}:${plan.functionName}`);
  const uuid = attached?.uuid ?? plan.existing?.uuid ?? '';
  const last = events.findLast(event => event.type === 'reached' || event.type === 'requested');
  const state = last !== undefined && 'state' in last ? last.state : plan.existing?.state;
  const reached = state === undefined ? '' : `, ${state}`;
  const verb = { create: 'attached', update: 'updated', unchanged: 'unchanged' }[plan.action];
  return `${name} (${plan.table.region}): ${verb}${reached}\n${dim(`  ${uuid}`)}`;
}
