import type { GlobalOptions } from '../../context.js';
import { failureQueueAttributes } from '../../lib/aws/failure-queue.js';
import { awsDefaults, type MappingSettings, settingsInput } from '../../lib/aws/mapping-settings.js';
import type { AttachPlan } from '../../lib/esm/plan-attach.js';
import { sentSettings } from '../../lib/esm/plan-settings.js';
import { settingNames } from '../../lib/esm/setting-table.js';
import { sameSetting } from '../../lib/esm/setting-values.js';
import type { StreamMapping } from '../../lib/esm/stream-mapping.js';
import { awsLines as streamLines, reachFlags, shellWord } from '../streams/aws-lines.js';

type Reach = Pick<GlobalOptions, 'profile' | 'endpointUrl'>;

/** The flags that every line ends with. */
export function reachOf(region: string, globals: Reach): string {
  return `--region ${region}${reachFlags({ ...globals, region: undefined })}`;
}

/** The `aws` command lines that do what an attach does. */
export function attachLines(plan: AttachPlan, globals: GlobalOptions): readonly string[] {
  const { table, existing, queue, enabled, tags } = plan;
  const reach = reachOf(table.region, globals);
  const lines = plan.enableStream === undefined ? [] : [...streamLines(plan.enableStream, globals)];
  if (queue !== undefined && !queue.exists) lines.push(`${createQueueLine(queue.queueName)} ${reach}`);
  if (existing === undefined) {
    const flags = [
      ['--event-source-arn', shellWord(plan.streamArn ?? '<the new stream>')],
      ['--function-name', shellWord(plan.functionName)],
      ['--starting-position', plan.startingPosition],
      ...(enabled === false ? [['--no-enabled']] : []),
      ...settingFlags(sentSettings(plan.settings)),
      ...(Object.keys(tags).length === 0 ? [] : [['--tags', shellWord(JSON.stringify(tags))]]),
    ];
    return [...lines, `aws lambda create-event-source-mapping ${flags.flat().join(' ')} ${reach}`];
  }
  const settings = sentSettings(plan.settings);
  if (Object.keys(settings).length > 0 || enabled === false) {
    lines.push(`${updateLine(existing.uuid, settings, enabled)} ${reach}`);
  }
  if (Object.keys(tags).length > 0) {
    const { mappingArn = existing.uuid } = existing;
    lines.push(`aws lambda tag-resource --resource ${mappingArn} --tags ${shellWord(JSON.stringify(tags))} ${reach}`);
  }
  return lines;
}

/** The line that makes a mapping with the settings of another one. */
export function attachMappingLine(
  { functionArn, settings }: StreamMapping,
  streamArn: string,
  tags: Readonly<Record<string, string>>,
): string {
  const flags = [
    ['--event-source-arn', shellWord(streamArn)],
    ['--function-name', shellWord(functionArn)],
    ['--starting-position', 'TRIM_HORIZON'],
    ...settingFlags(differing(settings)),
    ...(Object.keys(tags).length === 0 ? [] : [['--tags', shellWord(JSON.stringify(tags))]]),
  ];
  return `aws lambda create-event-source-mapping ${flags.flat().join(' ')}`;
}

/** What is not Lambda's own default: the rest need not be said. */
function differing(settings: MappingSettings): Partial<MappingSettings> {
  const names = settingNames.filter(name => !sameSetting(settings[name], awsDefaults[name]));
  return Object.fromEntries(names.map(name => [name, settings[name]]));
}

/** The line that removes a mapping. */
export function detachLine(uuid: string): string {
  return `aws lambda delete-event-source-mapping --uuid ${uuid}`;
}

/** The line that makes a failure queue. */
export function createQueueLine(queueName: string): string {
  return `aws sqs create-queue --queue-name ${queueName} --attributes ${shellWord(JSON.stringify(failureQueueAttributes))}`;
}

/** The line that changes a mapping, without the flags of the endpoint. */
export function updateLine(uuid: string, settings: Partial<MappingSettings>, enabled?: boolean): string {
  const flags = [
    ...(enabled === undefined ? [] : [[enabled ? '--enabled' : '--no-enabled']]),
    ...settingFlags(settings),
  ];
  return ['aws lambda update-event-source-mapping --uuid', uuid, ...flags.flat()].join(' ');
}

/** The parameters of Lambda as the AWS CLI spells them. */
function settingFlags(settings: Partial<MappingSettings>): readonly (readonly string[])[] {
  return Object.entries(settingsInput(settings)).map(([parameter, value]: [string, unknown]) => {
    const flag = parameter
      .replace(/^KMSKey/, 'KmsKey')
      .replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
      .slice(1);
    if (typeof value === 'boolean') return [value ? `--${flag}` : `--no-${flag}`];
    if (typeof value === 'string' || typeof value === 'number') return [`--${flag}`, shellWord(String(value))];
    if (Array.isArray(value) && value.length > 0) return [`--${flag}`, ...value.map(String)];
    return [`--${flag}`, shellWord(JSON.stringify(value))];
  });
}
