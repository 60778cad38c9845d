import type { CommandContext } from '../../context.js';
import { applyFixes, fixText, type SettingChanged } from '../../lib/global/fix-settings.js';
import { inRegions, refuseLegacy, regionsOf, requireGlobal } from '../../lib/global/global-table.js';
import { valueOf } from '../../lib/global/looked.js';
import { readSettings, type RegionSettings } from '../../lib/global/settings.js';
import { compareSettings, type FixStep, fixSteps, type SettingsComparison } from '../../lib/global/settings-diff.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { plural } from '../../lib/terminal/human.js';
import { confirm } from '../../lib/terminal/prompt.js';
import { fixLine } from './aws-lines.js';
import type { DiffCommandOptions } from './diff.js';
import { differenceJson, diffDocument, diffText, foreignText, unknownTexts, unreadSettings } from './diff-view.js';
import { openGlobal, type OpenedTable, whileLooking } from './open-global.js';

/** Runs `ddbx global diff`: 4 when something has drifted, also when --fix could not mend all of it. */
export async function runDiff(options: DiffCommandOptions, context: CommandContext): Promise<ExitCode> {
  const opened = await openGlobal(options.table, context);
  refuseLegacy(opened.home);
  requireGlobal(opened.home);
  const regions = regionsOf(opened.home);
  const read = (): Promise<readonly RegionSettings[]> =>
    whileLooking(context, `Reading the settings in ${regions.join(', ')}`, () =>
      inRegions(regions, region => readSettings(opened.aws, opened.home.tableName, region, context.signal)),
    );
  const before = await read();
  const [reference, ...others] = before;
  const steps = options.fix && reference !== undefined ? others.flatMap(other => fixSteps(reference, other)) : [];
  const changes: SettingChanged[] = [];
  let comparison = compareSettings(before);
  if (options.fix) {
    await showSteps(steps, before, opened, options, context);
    if (!options.dryRun && steps.length > 0) {
      await carryOut(steps, before, opened, options, context, changes);
      comparison = compareSettings(await read());
    }
  }
  await show(comparison, regions, changes, options, context, opened.home.tableName);
  const hasDrifted = comparison.differences.some(difference => difference.kind === 'drift');
  if (hasDrifted) return ExitCode.checkFailed;
  return unreadSettings(comparison).length > 0 ? ExitCode.partial : ExitCode.done;
}

async function showSteps(
  steps: readonly FixStep[],
  settings: readonly RegionSettings[],
  { home }: OpenedTable,
  options: DiffCommandOptions,
  context: CommandContext,
): Promise<void> {
  const output = context.output();
  const arnOf = (region: string): string =>
    valueOf(settings.find(each => each.region === region)?.table ?? { known: false, error: undefined })?.tableArn ?? '';
  const commands = steps.map(step => fixLine(step, home.tableName, arnOf(step.region), context.globals));
  if (output.format === 'ndjson') {
    await output.event({
      type: 'plan',
      steps: steps.map(step => ({ region: step.region, setting: step.type, to: fixText(step) })),
      awsCommands: commands,
    });
  }
  if (output.format !== 'human') return;
  const lines = [
    ...steps.map(step => `${step.region}: ${step.type} ${fixText(step)}`),
    ...(options.dryRun || options.showAws ? commands.map(command => `$ ${command}`) : []),
  ];
  if (steps.length > 0) output.note(`To be as in ${home.region}:`);
  for (const line of lines) output.note(`  ${line}`);
  if (options.dryRun) output.note('Nothing was changed (--dry-run).');
}

async function carryOut(
  steps: readonly FixStep[],
  settings: readonly RegionSettings[],
  { aws, home }: OpenedTable,
  options: DiffCommandOptions,
  context: CommandContext,
  changes: SettingChanged[],
): Promise<void> {
  const output = context.output();
  const question = `Make ${plural(steps.length, 'change')}?`;
  if (!options.yes && !(await confirm(context.io, question, { signal: context.signal }))) {
    throw new DdbxError({
      code: 'not-confirmed',
      message: 'Nothing was changed.',
      hint: 'Run the command again, or add --yes.',
    });
  }
  const byRegion = new Map(settings.map(each => [each.region, each]));
  const fixing = applyFixes(steps, byRegion, { aws, tableName: home.tableName, signal: context.signal });
  for await (const change of fixing) {
    changes.push(change);
    if (output.format === 'ndjson') await output.event(change);
    else if (output.format === 'human') output.note(`${change.region}: ${change.setting} ${change.to}`);
  }
}

async function show(
  comparison: SettingsComparison,
  regions: readonly string[],
  changes: readonly SettingChanged[],
  options: DiffCommandOptions,
  context: CommandContext,
  tableName: string,
): Promise<void> {
  const output = context.output();
  const { document, summary } = diffDocument(comparison, {
    table: tableName,
    regions,
    changes,
    dryRun: options.dryRun,
  });
  if (output.format === 'json') await output.document(document);
  else if (output.format === 'ndjson') {
    for (const difference of comparison.differences)
      await output.event({ type: 'difference', ...differenceJson(difference) });
    await output.event({ type: 'summary', ...summary });
  } else {
    await output.line(await diffText(comparison, regions, context.io));
    for (const text of unknownTexts(comparison)) output.warn(text);
    const foreign = foreignText(comparison);
    if (foreign !== undefined) output.note(foreign);
  }
}
