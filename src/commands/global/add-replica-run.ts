import type { CommandContext } from '../../context.js';
import { planAdd, type AddPlan } from '../../lib/global/add-plan.js';
import { type AddEvent, addReplicas } from '../../lib/global/add-replicas.js';
import type { Check } from '../../lib/global/check.js';
import { applyFixes, type SettingChanged } from '../../lib/global/fix-settings.js';
import { refuseLegacy } from '../../lib/global/global-table.js';
import { openDeadline } from '../../lib/global/open-deadline.js';
import { preflight } from '../../lib/global/preflight.js';
import { readSettings } from '../../lib/global/settings.js';
import { fixSteps } from '../../lib/global/settings-diff.js';
import { hasFailed } from '../../lib/global/table-checks.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { regionFor } from '../region.js';
import { reachFlags } from '../streams/aws-lines.js';
import type { AddReplicaOptions } from './add-replica.js';
import { addDocument, addEvent, eventText, showPlan } from './add-replica-view.js';
import { addLines } from './aws-lines.js';
import { makeChangeScreen, type ChangeScreen } from './change-screen.js';

import { openGlobal, type OpenedTable, whileLooking } from './open-global.js';
import { openPrices } from './open-prices.js';
import { refuseOwnRegion } from './replica-flags.js';
import { warnOfHalf } from './warn-of-half.js';

/** Runs `ddbx global add-replica`: the checks, the plan, then one Region after the other. */
export async function runAddReplica(options: AddReplicaOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const region = await regionFor(options.table, await context.aws(), context.globals);
  refuseOwnRegion(options, options.table.tableName, region);
  const { opened, plan, checks } = await whileLooking(context, `Checking ${options.table.tableName}`, () =>
    prepare(options, context),
  );
  const commands = addLines(plan, context.globals);
  await showPlan({ plan, checks, commands, options, output, io: context.io });
  if (hasFailed(checks)) throw preflightFailed(plan, checks);
  const events: (AddEvent | SettingChanged)[] = [];
  if (!options.dryRun) await carryOut(opened, plan, options, context, events);
  const document = addDocument(plan, checks, events, options.dryRun, commands);
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else if (output.format === 'json') await output.document(document);
  return ExitCode.done;
}

interface Prepared {
  readonly opened: OpenedTable;
  readonly plan: AddPlan;
  readonly checks: readonly Check[];
}

/** Nothing is checked when nothing is left to be made. */
async function prepare(options: AddReplicaOptions, context: CommandContext): Promise<Prepared> {
  const opened = await openGlobal(options.table, context);
  const { aws, home } = opened;
  refuseLegacy(home);
  const request = { home, ...options };
  const plan = planAdd(request);
  const isLeft = plan.steps.some(step => step.type === 'create' || step.type === 'create-again');
  const prices = await openPrices(context);
  const restorePrice = (region: string) => prices(region, 'restore');
  const checks = isLeft ? await preflight(request, { aws, signal: context.signal, restorePrice }) : [];
  return { opened, plan, checks };
}

async function carryOut(
  opened: OpenedTable,
  plan: AddPlan,
  options: AddReplicaOptions,
  context: CommandContext,
  events: (AddEvent | SettingChanged)[],
): Promise<void> {
  const { clock, signal, globals } = context;
  const again = commandLine(options, opened.home.region, context);
  const deadline = openDeadline(
    globals.timeoutMs,
    clock,
    `AWS goes on with what was begun. Pick it up again with: ${again}`,
  );
  const screen = makeChangeScreen(context, context.output());
  const show = async (event: AddEvent | SettingChanged): Promise<void> => {
    events.push(event);
    await draw(event, plan, screen, context);
  };
  try {
    const replicas = await opened.aws.replicas(plan.source);
    for await (const event of addReplicas(plan, {
      replicas,
      aws: opened.aws,
      clock,
      signal,
      deadline,
      wait: options.wait,
    })) {
      await show(event);
      const isThere = event.type === 'active' || event.type === 'unchanged';
      if (!isThere || !options.copySettings || event.region === plan.witness) continue;
      for await (const change of copySettings(opened, event.region, context)) await show(change);
    }
  } catch (error) {
    if (signal.aborted && events.some(event => event.type === 'creating')) {
      warnOfHalf(plan.tableName, again, screen.output);
    }
    throw error;
  } finally {
    screen.end();
  }
}

/** Carries over what DynamoDB does not (FACTS D.5): run again, there is nothing left to carry. */
async function* copySettings(
  { aws, home }: OpenedTable,
  region: string,
  { signal }: CommandContext,
): AsyncGenerator<SettingChanged, void, void> {
  const { tableName } = home;
  const [reference, other] = await Promise.all([
    readSettings(aws, tableName, home.region, signal),
    readSettings(aws, tableName, region, signal),
  ]);
  yield* applyFixes(fixSteps(reference, other), new Map([[region, other]]), { aws, tableName, signal });
}

async function draw(
  event: AddEvent | SettingChanged,
  plan: AddPlan,
  screen: ChangeScreen,
  { io }: CommandContext,
): Promise<void> {
  const { output } = screen;
  if (output.format === 'ndjson') await output.event(addEvent(event));
  else if (output.format === 'human') {
    if (event.type === 'progress') screen.progress(event);
    else if (event.type === 'in-use' || event.type === 'creating' || event.type === 'resumed')
      screen.say(eventText(event, plan, io));
    else await output.line(eventText(event, plan, io));
  }
}

function preflightFailed(plan: AddPlan, checks: readonly Check[]): DdbxError {
  const failed = checks.filter(check => check.level === 'fail');
  const regions = plan.steps.map(step => step.replica.region).join(', ');
  const only = failed.length === 1 ? failed[0] : undefined;
  return new DdbxError({
    code: 'preflight-failed',
    message: `Nothing was changed: AWS would refuse to add ${regions} to ${plan.tableName} (${failed.map(check => (check.region === undefined ? check.id : `${check.id} in ${check.region}`)).join(', ')}).`,
    hint:
      only?.mend ??
      `Mend what fails; ddbx global check ${plan.tableName} --add ${plan.steps.map(step => step.replica.region).join(',')} shows it again.`,
    exitCode: ExitCode.checkFailed,
  });
}

function commandLine(options: AddReplicaOptions, region: string, { globals }: CommandContext): string {
  const { table, replicas, consistency, witness } = options;
  const flags = [
    ...(consistency === 'strong' ? ['--consistency strong'] : []),
    ...(witness === undefined ? [] : [`--witness ${witness}`]),
    ...replicas.flatMap(({ region: name, kmsKey }) => (kmsKey === undefined ? [] : [`--kms-key ${name}=${kmsKey}`])),
    ...replicas.flatMap(({ region: name, readCapacity }) =>
      readCapacity === undefined ? [] : [`--read-capacity ${name}=${readCapacity}`],
    ),
    ...(replicas[0]?.tableClass === undefined
      ? []
      : [`--table-class ${replicas[0].tableClass.toLowerCase().replaceAll('_', '-')}`]),
    ...(options.copySettings ? [] : ['--no-copy-settings']),
  ];
  const words = ['ddbx global add-replica', table.tableName, ...replicas.map(replica => replica.region), ...flags];
  return `${words.join(' ')}${reachFlags({ ...globals, region })}`;
}
