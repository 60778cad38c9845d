import type { AddPlan, AddStep } from '../../lib/global/add-plan.js';
import type { AddEvent } from '../../lib/global/add-replicas.js';
import type { Check } from '../../lib/global/check.js';
import type { SettingChanged } from '../../lib/global/fix-settings.js';
import { formatAge } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import type { Output } from '../../lib/terminal/output.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import type { AddReplicaOptions } from './add-replica.js';
import { checkJson, checksText, countsText } from './check-view.js';

/** The plan as the first event of ndjson, behind the checks. */
function planJson(plan: AddPlan, awsCommands: readonly string[]) {
  return {
    table: plan.tableName,
    source: plan.source,
    consistency: plan.consistency,
    witness: plan.witness ?? null,
    steps: plan.steps.map(({ type, replica }) => ({ region: replica.region, step: type })),
    awsCommands,
  };
}

/** What happens on the way as a line of ndjson. */
export function addEvent(event: AddEvent | SettingChanged) {
  return event.type === 'progress' ? { ...event, percent: event.percent ?? null } : event;
}

/** How one Region came out. */
interface RegionResult {
  readonly region: string;
  readonly result: 'added' | 'unchanged' | 'requested';
  readonly tookMs: number | null;
}

/** The result as one document. */
export function addDocument(
  plan: AddPlan,
  checks: readonly Check[],
  events: readonly (AddEvent | SettingChanged)[],
  dryRun: boolean,
  awsCommands: readonly string[],
) {
  const regions = events.flatMap((event): readonly RegionResult[] => {
    switch (event.type) {
      case 'active':
        return [{ region: event.region, result: 'added', tookMs: event.tookMs }];
      case 'unchanged':
      case 'requested':
        return [{ region: event.region, result: event.type, tookMs: null }];
      default:
        return [];
    }
  });
  return {
    ...planJson(plan, awsCommands),
    dryRun,
    changed: events.some(event => event.type === 'creating' || event.type === 'setting-changed'),
    regions,
    settings: events.flatMap(event =>
      event.type === 'setting-changed' ? [{ region: event.region, setting: event.setting, to: event.to }] : [],
    ),
    checks: checks.map(checkJson),
  };
}

/** The checks and the plan: data with --dry-run, an explanation otherwise. */
export async function showPlan(parts: {
  readonly plan: AddPlan;
  readonly checks: readonly Check[];
  readonly commands: readonly string[];
  readonly options: AddReplicaOptions;
  readonly output: Output;
  readonly io: Io;
}): Promise<void> {
  const { plan, checks, commands, options, output, io } = parts;
  const { dryRun, showAws } = options;
  if (output.format === 'ndjson') {
    for (const check of checks) await output.event({ type: 'check', ...checkJson(check) });
    await output.event({ type: 'plan', ...planJson(plan, commands) });
  }
  if (output.format !== 'human') return;
  const paint = dryRun ? makePalettes(io).stdout : makePalettes(io).stderr;
  const say = async (text: string): Promise<void> => {
    if (text === '') return;
    if (dryRun) await output.line(text);
    else output.note(text);
  };
  if (checks.length > 0) {
    await say(checksText(checks, paint, io, dryRun ? undefined : ['warn', 'fail']));
    await say(`${countsText(checks)}.`);
  }
  if (checks.some(check => check.level === 'fail')) return;
  await say(planText(plan));
  if (dryRun || showAws) for (const command of commands) await say(`$ ${command}`);
  if (dryRun) output.note('Nothing was changed (--dry-run).');
}

function planText({ tableName, source, consistency, witness, steps }: AddPlan): string {
  if (steps.every(step => step.type === 'done')) return '';
  const numbered = steps.map((step, index) => `  ${steps.length > 1 ? `${index + 1}. ` : ''}${stepText(step)}`);
  if (consistency === 'eventual') return [`Add to ${tableName}, from ${source}:`, ...numbered].join('\n');
  const lines = steps.map(step => `  ${stepText(step)}`);
  const bears = witness === undefined ? [] : [`  ${witness}: bear witness`];
  return [
    `Make ${tableName} strongly consistent with ${source}, in one call that cannot be taken back in part:`,
    ...lines,
    ...bears,
  ].join('\n');
}

function stepText({ type, replica }: AddStep): string {
  switch (type) {
    case 'create':
      return `${replica.region}: make a replica`;
    case 'create-again':
      return `${replica.region}: wait until the old replica is gone, then make a new one`;
    case 'wait':
      return `${replica.region}: being made already; wait for it`;
    case 'done':
      return `${replica.region}: there already`;
  }
}

/** One event for people. */
export function eventText(event: AddEvent | SettingChanged, plan: AddPlan, io: Io): string {
  const { good } = makePalettes(io).stdout;
  const { region } = event;
  switch (event.type) {
    case 'unchanged':
      return `${region}: unchanged, the ${region === plan.witness ? 'witness' : 'replica'} is there`;
    case 'creating':
      return `${region}: asking AWS for ${region === plan.witness ? 'a witness' : 'a replica'}`;
    case 'resumed':
      return `${region}: being made already`;
    case 'progress':
      return `${region}: ${event.status}`;
    case 'gone':
      return `${region}: the old replica is gone`;
    case 'active':
      return `${region}: ${good('ACTIVE')} after ${formatAge(event.tookMs)}`;
    case 'requested':
      return `${region}: asked for; ddbx global status ${plan.tableName} --watch shows how it comes along`;
    case 'in-use':
      return `${region}: waiting, ${event.status}`;
    case 'setting-changed':
      return `${region}: ${event.setting} ${event.to}`;
  }
}
