import type { CommandContext } from '../../context.js';
import { ensureFailureQueue } from '../../lib/aws/failure-queue.js';
import { changeMapping, type MappingEvent } from '../../lib/esm/change-mapping.js';
import { spelledMapping } from '../../lib/esm/mapping-ref.js';
import { planChangedSettings, refuseContradictions, sentSettings, settingsAfter } from '../../lib/esm/plan-settings.js';
import { presets } from '../../lib/esm/presets.js';
import { ExitCode } from '../../lib/model/error.js';
import { deadlineAfter } from '../../lib/streams/wait-for-table.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { withProgress } from '../../lib/terminal/spinner.js';
import { reachFlags } from '../streams/aws-lines.js';
import { mappingProgress } from './attach-view.js';
import { createQueueLine, reachOf, updateLine } from './aws-lines.js';
import { openMapping } from './open-mapping.js';
import { changedSettingLines, settingJson } from './plan-text.js';
import { showPlan } from './show-plan.js';
import type { TuneOptions } from './tune.js';
import { accountOf, readFilters, wantedSettings } from './wanted-settings.js';

/** Runs `ddbx esm tune`. */
export async function runTune(options: TuneOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, signal, globals, io } = context;
  const output = context.output();
  const filters = readFilters(options.settings, output);
  const { aws, region, mappings, mapping } = await openMapping(options.mapping, context);
  const { uuid, tableName, functionName } = mapping;
  const name = `${tableName}:${functionName}`;
  const place = { aws, region, functionName, account: accountOf(mapping.functionArn) };
  const { queue, ...wanted } = await wantedSettings(options.settings, filters, options.preset, place, context);
  const settings = planChangedSettings(mapping.settings, wanted);
  refuseContradictions(settingsAfter(settings));
  const sent = sentSettings(settings);
  const changes = Object.keys(sent).length > 0;
  const makesQueue = queue !== undefined && !queue.exists;
  const reach = reachOf(region, globals);
  const lines = changes
    ? [...(makesQueue ? [`${createQueueLine(queue.queueName)} ${reach}`] : []), `${updateLine(uuid, sent)} ${reach}`]
    : [];

  const result = { uuid, table: tableName, function: functionName, region, settings: settings.map(settingJson) };
  const plan = { ...result, queue: queue?.queueArn ?? null, awsCommands: lines };
  if (output.format === 'ndjson') await output.event({ type: 'plan', ...plan });
  const text = changes
    ? [
        `Tune ${name} (${region}):`,
        ...(makesQueue ? [`     create the queue ${queue.queueName} for failures: kept 14 days, encrypted`] : []),
        ...changedSettingLines(settings),
      ].join('\n')
    : `${name} (${region}): nothing to do, the settings are as wanted.`;
  await showPlan(changes || options.dryRun ? text : '', lines, options, output);
  if (options.preset !== undefined) output.note(presets[options.preset].why);
  if (settingsAfter(settings).onFailure === '') {
    output.warn('There is no failure destination: records that are given up disappear without a trace.');
  }

  const done = changes && !options.dryRun;
  let last: MappingEvent | undefined;
  if (done) {
    const again = `ddbx esm show ${spelledMapping(options.mapping)}${reachFlags({ ...globals, region })}`;
    const deadline = deadlineAfter(globals.timeoutMs, clock, `Lambda goes on with the change; look with: ${again}`);
    await withProgress(io, output.format === 'human', `Tuning ${name}`, async say => {
      if (queue !== undefined) await ensureFailureQueue(await aws.queues(region), queue.queueName, signal);
      const tools = { mappings, clock, signal, deadline, wait: options.wait };
      for await (const event of changeMapping('update', { uuid, settings: sent }, tools)) {
        last = event;
        say(mappingProgress(event));
        if (output.format === 'ndjson') await output.event(event);
      }
    });
  }
  const state = last?.state ?? mapping.state;
  const document = { ...plan, dryRun: options.dryRun, changed: done, state };
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else if (output.format === 'json') await output.document(document);
  else if (!options.dryRun) {
    const { bold, dim } = makePalettes(io).stdout;
    await output.line(`${bold(name)} (${region}): ${done ? 'tuned' : 'unchanged'}, ${state}\n${dim(`  ${uuid}`)}`);
  }
  return ExitCode.done;
}
