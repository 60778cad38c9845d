import type { CommandContext } from '../../context.js';
import { changeMapping, detachMapping, type MappingEvent, settledMapping } from '../../lib/esm/change-mapping.js';
import { spelledMapping } from '../../lib/esm/mapping-ref.js';
import type { StreamMapping } from '../../lib/esm/stream-mapping.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { deadlineAfter } from '../../lib/streams/wait-for-table.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { confirm } from '../../lib/terminal/prompt.js';
import { withProgress } from '../../lib/terminal/spinner.js';
import { reachFlags } from '../streams/aws-lines.js';
import { mappingProgress } from './attach-view.js';
import { detachLine, reachOf, updateLine } from './aws-lines.js';
import { openMapping, type OpenMapping } from './open-mapping.js';
import { showPlan } from './show-plan.js';
import type { StateOptions, StateVerb } from './state-verbs.js';

/** How the verbs are spoken of, and where they lead. */
const WORDS: Readonly<Record<StateVerb, { readonly plan: string; readonly done: string; readonly goal: string }>> = {
  pause: { plan: 'Pause', done: 'paused', goal: 'Disabled' },
  resume: { plan: 'Resume', done: 'resumed', goal: 'Enabled' },
  detach: { plan: 'Detach', done: 'detached', goal: 'Deleted' },
};

/** Runs `ddbx esm pause`, `resume` and `detach`. */
export async function runState(options: StateOptions, context: CommandContext): Promise<ExitCode> {
  const { globals, io } = context;
  const output = context.output();
  const opened = await openOrGone(options, context);
  if (opened instanceof DdbxError) {
    const gone = { mapping: spelledMapping(options.mapping), changed: false, dryRun: options.dryRun, state: 'Deleted' };
    if (output.format === 'ndjson') await output.event({ type: 'summary', ...gone });
    else if (output.format === 'json') await output.document(gone);
    else await output.line(`${gone.mapping}: unchanged. ${opened.message}`);
    if (/^Did you mean/.test(opened.hint ?? '')) output.warn(opened.hint ?? '');
    return ExitCode.done;
  }

  const { region, mapping } = opened;
  const { uuid, tableName, functionName, lastProcessingResult } = mapping;
  const { plan, done, goal } = WORDS[options.verb];
  const name = `${tableName}:${functionName}`;
  const changes = mapping.state !== goal;
  const lines = changes ? [`${awsLine(options.verb, uuid)} ${reachOf(region, globals)}`] : [];
  const result = { uuid, table: tableName, function: functionName, region, streamArn: mapping.eventSourceArn };
  if (output.format === 'ndjson')
    await output.event({ type: 'plan', verb: options.verb, ...result, awsCommands: lines });
  const text = changes
    ? `${plan} ${name} (${region}), which is ${mapping.state}.${consequence(options.verb, mapping)}`
    : `${name} (${region}): nothing to do, it is ${mapping.state}.`;
  await showPlan(options.dryRun ? text : '', lines, options, output);
  if (changes && options.verb === 'detach' && !options.dryRun && !options.yes) await ask(text, context);

  let last: MappingEvent | undefined;
  if (changes && !options.dryRun) {
    await withProgress(io, output.format === 'human', `${plan} ${name}`, async say => {
      for await (const event of carryOut(options, opened, context)) {
        last = event;
        say(mappingProgress(event));
        if (output.format === 'ndjson') await output.event(event);
      }
    });
  }
  const changed = last !== undefined;
  const state = last?.state ?? mapping.state;
  const document = { ...result, changed, dryRun: options.dryRun, state, awsCommands: lines };
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else if (output.format === 'json')
    await output.document({ ...document, lastProcessingResult: lastProcessingResult ?? null });
  else if (!options.dryRun) {
    const { bold, dim } = makePalettes(io).stdout;
    const said = options.verb === 'detach' && state === 'Deleted' ? done : `${changed ? done : 'unchanged'}, ${state}`;
    await output.line(`${bold(name)} (${region}): ${said}\n${dim(`  ${uuid}`)}`);
  }
  if (lastProcessingResult?.startsWith('PROBLEM') === true && options.verb !== 'detach') {
    output.warn(`The last batch failed. Lambda says: ${lastProcessingResult}`);
  }
  return ExitCode.done;
}

/** For a detach, a mapping that is not there is no failure: it is what was wanted. */
async function openOrGone(options: StateOptions, context: CommandContext): Promise<OpenMapping | DdbxError> {
  try {
    return await openMapping(options.mapping, context);
  } catch (error) {
    const isGone = error instanceof DdbxError && error.code === 'mapping-not-found';
    if (isGone && options.verb === 'detach') return error;
    throw error;
  }
}

async function* carryOut(
  { verb, wait, mapping: ref }: StateOptions,
  { mappings, mapping, region }: OpenMapping,
  { clock, signal, globals }: CommandContext,
): AsyncGenerator<MappingEvent, void, void> {
  const yes = verb === 'detach' ? ' --yes' : '';
  const again = `ddbx esm ${verb} ${spelledMapping(ref)}${yes}${reachFlags({ ...globals, region })}`;
  const deadline = deadlineAfter(globals.timeoutMs, clock, `Lambda goes on with it. Wait on with: ${again}`);
  const tools = { mappings, clock, signal, deadline, wait };
  if (isOnTheWay(verb, mapping.state)) {
    yield { type: 'in-transition', uuid: mapping.uuid, state: mapping.state };
    if (!wait) return;
    const settled = await settledMapping(mapping, tools);
    const state = settled?.state ?? 'Deleted';
    if (state === WORDS[verb].goal) {
      yield { type: 'reached', step: verb, uuid: mapping.uuid, state };
      return;
    }
  }
  if (verb === 'detach') yield* detachMapping(mapping.uuid, tools);
  else yield* changeMapping(verb, { uuid: mapping.uuid, enabled: verb === 'resume' }, tools);
}

/** Whether an earlier request leads where this one would. */
function isOnTheWay(verb: StateVerb, state: string): boolean {
  return state === { pause: 'Disabling', resume: 'Enabling', detach: 'Deleting' }[verb];
}

function consequence(verb: StateVerb, { functionName }: StreamMapping): string {
  switch (verb) {
    case 'pause':
      return ' Records wait for it for 24 hours from their write.';
    case 'resume':
      return ' It reads on where it stopped; what is older than 24 hours is gone.';
    case 'detach':
      return ` Its position in the stream is lost: a new mapping of ${functionName} begins at the oldest record, or at the end.`;
  }
}

async function ask(text: string, { io, signal }: CommandContext): Promise<void> {
  if (await confirm(io, text, { signal })) return;
  throw new DdbxError({ code: 'not-confirmed', message: 'Nothing was changed.', hint: 'Answer y, or add --yes.' });
}

function awsLine(verb: StateVerb, uuid: string): string {
  return verb === 'detach' ? detachLine(uuid) : updateLine(uuid, {}, verb === 'resume');
}
