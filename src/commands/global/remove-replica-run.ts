import type { CommandContext } from '../../context.js';
import { describeMembers, refuseLegacy } from '../../lib/global/global-table.js';
import { openDeadline } from '../../lib/global/open-deadline.js';
import { planRemove, type RemovePlan } from '../../lib/global/remove-plan.js';
import { type RemoveEvent, removeReplicas } from '../../lib/global/remove-replicas.js';
import { ExitCode } from '../../lib/model/error.js';
import { askForName } from '../ask-for-name.js';
import { reachFlags } from '../streams/aws-lines.js';
import { removeLines } from './aws-lines.js';
import { makeChangeScreen } from './change-screen.js';
import { openGlobal, type OpenedTable, whileLooking } from './open-global.js';
import type { RemoveReplicaOptions } from './remove-replica.js';
import { removeDocument, removeEvent, removePlanJson, removeText, whatIsLost } from './remove-replica-view.js';
import { warnOfHalf } from './warn-of-half.js';

/** Runs `ddbx global remove-replica`: the plan, the question, then one Region after the other. */
export async function runRemoveReplica(options: RemoveReplicaOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const { opened, plan } = await whileLooking(context, `Looking at ${options.table.tableName}`, async () => {
    const found = await openGlobal(options.table, context);
    refuseLegacy(found.home);
    const members = await describeMembers(found.aws, found.home, context.signal);
    return { opened: found, plan: planRemove(found.home, members, options.regions) };
  });
  const commands = removeLines(plan, context.globals);
  if (output.format === 'ndjson') await output.event({ type: 'plan', ...removePlanJson(plan, commands) });
  if (output.format === 'human' && plan.regions.length > 0) {
    const lines = [whatIsLost(plan), ...(options.dryRun || options.showAws ? commands.map(line => `$ ${line}`) : [])];
    for (const line of lines) {
      if (options.dryRun) await output.line(line);
      else output.note(line);
    }
  }
  const events: RemoveEvent[] = [];
  if (options.dryRun) output.note('Nothing was changed (--dry-run).');
  else {
    if (plan.regions.length > 0 && !options.yes)
      await askForName(
        `This deletes the table ${plan.tableName} and its data in ${plan.regions.join(', ')}.`,
        plan.tableName,
        context,
      );
    await carryOut(opened, plan, options, context, events);
  }
  const document = removeDocument(plan, events, options.dryRun, commands);
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else if (output.format === 'json') await output.document(document);
  return ExitCode.done;
}

async function carryOut(
  { aws, home }: OpenedTable,
  plan: RemovePlan,
  options: RemoveReplicaOptions,
  context: CommandContext,
  events: RemoveEvent[],
): Promise<void> {
  const { clock, signal, globals, io } = context;
  const named = options.regions === undefined ? '--all' : options.regions.join(' ');
  const again = `ddbx global remove-replica ${plan.tableName} ${named} --yes${reachFlags({ ...globals, region: home.region })}`;
  const deadline = openDeadline(
    globals.timeoutMs,
    clock,
    `AWS goes on with what was begun. Pick it up again with: ${again}`,
  );
  const screen = makeChangeScreen(context, context.output());
  const { output } = screen;
  try {
    for await (const event of removeReplicas(plan, { aws, clock, signal, deadline, wait: options.wait })) {
      events.push(event);
      if (output.format === 'ndjson') await output.event(removeEvent(event));
      if (output.format !== 'human') continue;
      if (event.type === 'progress') screen.progress(event);
      else if (event.type === 'deleting' || event.type === 'in-use' || event.type === 'locked')
        screen.say(removeText(event, plan, io));
      else await output.line(removeText(event, plan, io));
    }
  } catch (error) {
    if (signal.aborted && events.some(event => event.type === 'deleting')) {
      warnOfHalf(plan.tableName, again, output);
    }
    throw error;
  } finally {
    screen.end();
  }
}
