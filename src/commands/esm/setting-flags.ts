import { type Command, InvalidArgumentError, Option } from 'commander';
import type { MappingSettings } from '../../lib/aws/mapping-settings.js';
import { type PresetName, presetNames } from '../../lib/esm/presets.js';
import { parseNumberSetting, rangeWords } from '../../lib/esm/setting-values.js';
import { type NumberRow, type SettingName, settingNames, settingTable } from '../../lib/esm/setting-table.js';
import { usageError } from '../../lib/model/error.js';
import { parsedBy } from '../verb.js';

/** The settings as they are typed: filters may be files, and a destination may be a name. */
export interface TypedSettings
  extends Partial<Omit<MappingSettings, 'filters' | 'onFailure' | 'metrics' | 'kmsKeyArn'>> {
  /** Patterns, or `@file`; none to clear them. */
  readonly filters?: readonly string[];
  /** An ARN, the name of a queue, `create`, or `none`. */
  readonly onFailure?: string;
  readonly metrics?: boolean;
  /** An ARN, or `none`. */
  readonly kmsKey?: string;
}

/** What commander makes of the flags. */
export interface SettingFlags {
  readonly batchSize?: number;
  readonly maximumBatchingWindow?: number;
  readonly window?: number;
  readonly parallelizationFactor?: number;
  readonly parallelization?: number;
  readonly maximumRecordAge?: number;
  readonly recordAge?: number;
  readonly maximumRetryAttempts?: number;
  readonly retries?: number;
  readonly bisect?: boolean;
  readonly tumblingWindow?: number;
  readonly reportBatchItemFailures?: boolean;
  readonly filter?: readonly string[] | false;
  readonly onFailure?: string;
  readonly metrics?: boolean;
  readonly kmsKey?: string;
  readonly preset?: PresetName;
}

/** Adds a flag for each setting, and --preset. */
export function addSettingOptions(command: Command): Command {
  command.optionsGroup('Settings:');
  for (const name of settingNames) addSetting(command, name);
  command.addOption(
    new Option('--preset <name>', 'a documented bundle of settings; single flags beat it').choices(presetNames),
  );
  return command;
}

function addSetting(command: Command, name: SettingName): void {
  const row = settingTable[name];
  switch (row.kind) {
    case 'count':
    case 'seconds':
      addNumber(command, row.flag, row.alias, row.does, row);
      return;
    case 'switch':
      command.option(`--${row.flag}`, row.does).option(`--no-${row.flag}`, `turn ${row.label} off`);
      return;
    case 'filters':
      command
        .addOption(
          new Option('--filter <pattern>', `${row.does}; JSON or @file, may be repeated`).argParser(collectPattern),
        )
        .option('--no-filter', 'remove all filters');
      return;
    case 'destination':
      command.addOption(
        new Option(
          '--on-failure <destination>',
          `${row.does}: a queue's name, an ARN (SQS, SNS, S3), create, or none`,
        ).argParser(parsedBy(parseDestination)),
      );
      return;
    case 'metrics':
      command.option('--metrics', row.does).option('--no-metrics', 'do not count them');
      return;
    case 'key':
      command.addOption(new Option('--kms-key <arn>', `${row.does}, or none`).argParser(parsedBy(parseKey)));
      return;
  }
}

function addNumber(command: Command, flag: string, alias: string | undefined, does: string, row: NumberRow): void {
  const value = row.kind === 'count' ? '<n>' : '<duration>';
  const parse = parsedBy((text: string) => parseNumberSetting(row, text));
  const also = alias === undefined ? '' : `; also --${alias}`;
  command.addOption(new Option(`--${flag} ${value}`, `${does}; ${rangeWords(row)}${also}`).argParser(parse));
  if (alias !== undefined) {
    command.addOption(new Option(`--${alias} ${value}`, `short for --${flag}`).argParser(parse).hideHelp());
  }
}

function collectPattern(text: string, previous: readonly string[] | boolean | undefined): readonly string[] {
  if (text.trim() === '') throw new InvalidArgumentError('It takes a pattern, or @file.');
  return [...(Array.isArray(previous) ? (previous as readonly string[]) : []), text];
}

const DESTINATION_ARN = /^arn:[a-z0-9-]+:(sqs|sns|s3):[a-z0-9-]*:(\d{12})?:[^:]+$/;
const LONGEST_DESTINATION = 350;

/** @throws DdbxError `usage` for what can be no destination (FACTS B.1, B.5) */
function parseDestination(text: string): string {
  if (text.endsWith('.fifo')) {
    throw usageError(`${text} is FIFO, and Lambda sends failures to standard queues and topics only.`);
  }
  const isName = /^[a-zA-Z0-9_-]{1,80}$/.test(text);
  if (isName || (DESTINATION_ARN.test(text) && text.length <= LONGEST_DESTINATION)) return text;
  throw usageError(
    `"${text}" is no failure destination.`,
    'It is the name of a queue, the ARN of a standard queue, a standard topic or a bucket, create, or none.',
  );
}

function parseKey(text: string): string {
  if (text === 'none' || /^arn:[a-z0-9-]+:kms:[a-z0-9-]+:\d{12}:key\/.+$/.test(text)) return text;
  throw usageError(`"${text}" is not the ARN of a KMS key.`, 'Lambda takes arn:aws:kms:<region>:<account>:key/<id>.');
}

/** The settings that were typed; a flag and its short form contradict each other when they differ. @throws DdbxError `usage` */
export function typedSettings(flags: SettingFlags): TypedSettings {
  const numbers = {
    batchSize: flags.batchSize,
    maximumBatchingWindowSeconds: oneOf('maximumBatchingWindowSeconds', flags.maximumBatchingWindow, flags.window),
    parallelizationFactor: oneOf('parallelizationFactor', flags.parallelizationFactor, flags.parallelization),
    maximumRetryAttempts: oneOf('maximumRetryAttempts', flags.maximumRetryAttempts, flags.retries),
    maximumRecordAgeSeconds: oneOf('maximumRecordAgeSeconds', flags.maximumRecordAge, flags.recordAge),
    tumblingWindowSeconds: flags.tumblingWindow,
    bisectBatchOnFunctionError: flags.bisect,
    reportBatchItemFailures: flags.reportBatchItemFailures,
    onFailure: flags.onFailure,
    metrics: flags.metrics,
    kmsKey: flags.kmsKey,
    filters: flags.filter === false ? [] : flags.filter,
  };
  return Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined));
}

function oneOf(name: SettingName, long: number | undefined, short: number | undefined): number | undefined {
  if (long !== undefined && short !== undefined && long !== short) {
    const { flag, alias = '' } = settingTable[name];
    throw usageError(`--${flag} and --${alias} say different things.`, 'Leave one of them out.');
  }
  return long ?? short;
}

/** Collects `--tag key=value`. */
export function tagOption(): Option {
  return new Option('--tag <key=value>', 'a tag of the mapping; may be repeated').argParser(
    (text: string, previous: Readonly<Record<string, string>> | undefined) => {
      const at = text.indexOf('=');
      if (at < 1) throw new InvalidArgumentError('It takes key=value.');
      return { ...previous, [text.slice(0, at)]: text.slice(at + 1) };
    },
  );
}
