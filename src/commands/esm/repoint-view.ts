import type { RepointPlan } from '../../lib/esm/plan-repoint.js';
import type { RepointEvent } from '../../lib/esm/repoint.js';
import { settingTable } from '../../lib/esm/setting-table.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { mappingProgress } from './attach-view.js';

/** The plan and what came of it; for json and for the summary of ndjson. */
export function repointDocument(
  plan: RepointPlan,
  events: readonly RepointEvent[],
  dryRun: boolean,
  awsCommands: readonly string[],
) {
  const moved = events.find(event => event.type === 'repointed');
  return {
    table: plan.tableName,
    function: plan.mapping.functionName,
    region: plan.region,
    steps: plan.steps,
    dryRun,
    changed: moved !== undefined,
    uuid: moved?.uuid ?? plan.successor?.uuid ?? (plan.steps.length === 0 ? plan.mapping.uuid : null),
    oldUuid: plan.mapping.uuid,
    streamArn: plan.newStreamArn,
    oldStreamArn: plan.oldStreamArn,
    differences: plan.differences,
    awsCommands,
  };
}

/** The plan for people. */
export function repointPlanText(plan: RepointPlan): string {
  const { mapping, tableName, region, oldStreamArn, newStreamArn, steps, successor, differences } = plan;
  const name = `${tableName}:${mapping.functionName} (${region})`;
  if (steps.length === 0) return `${name}: nothing to do, it reads the present stream.`;
  const texts = steps.map(step => {
    switch (step) {
      case 'wait':
        return `wait until ${mapping.uuid} has read the old stream to its end\n     ${oldStreamArn}`;
      case 'create':
        return `make a mapping with the same settings at the oldest record of the new one\n     ${newStreamArn}`;
      case 'remove':
        return `remove ${mapping.uuid}`;
    }
  });
  const numbered = texts.map((text, index) => `  ${index + 1}. ${text}`);
  const found =
    successor === undefined
      ? []
      : [`Its successor is there already: ${successor.uuid}`, ...differenceLines(differences)];
  return [`Move ${name} to the present stream of its table:`, ...found, ...numbered].join('\n');
}

function differenceLines(differences: RepointPlan['differences']): readonly string[] {
  if (differences.length === 0) return [];
  const names = differences.map(name => settingTable[name].label).join(', ');
  return [`It differs in: ${names}. It is left as it is.`];
}

/** What is going on, for the spinner. */
export function repointProgress(event: RepointEvent): string {
  switch (event.type) {
    case 'reading-old-stream':
      return `The old stream is not read to its end yet: ${event.why}`;
    case 'old-stream-read':
      return `The old stream is read to its end (${BECAUSE[event.because]})`;
    case 'repointed':
      return `Mapping ${event.uuid} has taken the place of ${event.oldUuid}`;
    case 'unchanged':
      return 'The mapping reads the present stream';
    case 'in-transition':
    case 'requested':
    case 'reached':
      return mappingProgress(event);
  }
}

const BECAUSE = {
  gone: 'it is older than 24 hours and gone',
  empty: 'it has no shards left',
  quiet: 'it is closed, and nothing was read of it for a while',
} as const;

/** The result for people. */
export function repointResult(plan: RepointPlan, events: readonly RepointEvent[], io: Io): string {
  const { bold, dim } = makePalettes(io).stdout;
  const name = `${bold(`${plan.tableName}:${plan.mapping.functionName}`)} (${plan.region})`;
  const moved = events.find(event => event.type === 'repointed');
  if (moved === undefined) return `${name}: unchanged, it reads the present stream\n${dim(`  ${plan.mapping.uuid}`)}`;
  return `${name}: moved to the present stream\n${dim(`  ${moved.uuid} in place of ${moved.oldUuid}`)}\n${dim(`  ${moved.streamArn}`)}`;
}
