import { Command, Option } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import { type MappingRef, parseMappingRef } from '../../lib/esm/mapping-ref.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import { changeOptions, type CommandHost, declareVerb, parsedBy } from '../verb.js';

/** Everything that `ddbx dlq create` can be told. */
export interface CreateCommandOptions extends ChangeOptions {
  readonly queueName: string;
  readonly retentionSeconds: number;
  readonly kmsKeyId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly attach: readonly MappingRef[];
}

interface CreateFlags extends Partial<ChangeOptions> {
  readonly retention: number;
  readonly kmsKeyId?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly attach?: readonly MappingRef[];
}

const LONGEST_RETENTION_MS = 1_209_600_000;
const SHORTEST_RETENTION_MS = 60_000;

const lazyRun: Run<CreateCommandOptions> = async (options, context) =>
  (await import('./create-run.js')).runCreate(options, context);

/** `ddbx dlq create`. */
export function createCommand(host: CommandHost, run: Run<CreateCommandOptions> = lazyRun): Command {
  const parseMapping = parsedBy(parseMappingRef);
  const command = new Command('create')
    .description('make a queue for failed batches, and send the failures of mappings to it')
    .argument('<name>', 'name of the queue', parsedBy(parseNewQueue))
    .addOption(
      new Option('--retention <duration>', 'how long messages are kept, at most 14d')
        .argParser(parsedBy(parseDuration))
        .default(LONGEST_RETENTION_MS, '14d'),
    )
    .option('--kms-key-id <key>', 'encrypt with this key instead of that of SQS')
    .addOption(new Option('--tag <key=value>', 'tag the queue; repeatable').argParser(parsedTag))
    .addOption(
      new Option(
        '--attach <mapping>',
        'send the failures of this mapping to it: table:function, UUID or ARN; repeatable',
      ).argParser((text: string, previous: readonly MappingRef[] | undefined) => [
        ...(previous ?? []),
        parseMapping(text),
      ]),
    )
    .action((queueName: string, flags: CreateFlags, self: Command) =>
      host.run(self, async context => run(createOptions(queueName, flags), context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx dlq create orders-failures', does: '14 days, encrypted; prints the ARN' },
      { command: 'ddbx dlq create orders-failures --attach Orders:order-events', does: 'and the mapping uses it' },
      { command: 'ddbx dlq create orders-failures --tag team=orders --dry-run', does: 'only show what would be done' },
    ],
    iam: [
      { action: 'sqs:GetQueueUrl', resource: 'queue' },
      { action: 'sqs:GetQueueAttributes', resource: 'queue' },
      { action: 'sqs:CreateQueue', resource: 'queue' },
      { action: 'sqs:SetQueueAttributes', resource: 'queue', when: 'the queue is there, and differs' },
      { action: 'sqs:TagQueue', resource: 'queue', when: '--tag is given' },
      { action: 'sqs:ListQueueTags', resource: 'queue', when: '--tag is given' },
      { action: 'lambda:ListEventSourceMappings', when: '--attach names a table and a function' },
      { action: 'lambda:GetEventSourceMapping', resource: 'mapping', when: '--attach is given' },
      { action: 'lambda:UpdateEventSourceMapping', resource: 'mapping', when: '--attach is given' },
    ],
    changes: true,
  });
}

function parseNewQueue(text: string): string {
  if (text.endsWith('.fifo')) {
    throw usageError(`${text} is a FIFO queue, which cannot be a failure destination.`, 'Leave .fifo out.');
  }
  if (/^[a-zA-Z0-9_-]{1,80}$/.test(text)) return text;
  throw usageError(
    `"${text}" cannot be the name of a queue.`,
    'A queue name has 1 to 80 characters out of a-z, A-Z, 0-9, "_" and "-".',
  );
}

const parsedTag = (
  text: string,
  previous: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> => ({ ...previous, ...parsedBy(parseTag)(text) });

function parseTag(text: string): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw usageError(`"${text}" is no tag.`, 'Write --tag team=orders.');
  return { [text.slice(0, at)]: text.slice(at + 1) };
}

/** @throws DdbxError `usage` */
function createOptions(queueName: string, flags: CreateFlags): CreateCommandOptions {
  const { retention, kmsKeyId, tag = {}, attach = [] } = flags;
  if (retention < SHORTEST_RETENTION_MS || retention > LONGEST_RETENTION_MS) {
    throw usageError(
      '--retention takes 1m to 14d, as SQS does.',
      'The records themselves are readable for a day only.',
    );
  }
  return {
    ...changeOptions(flags),
    queueName,
    retentionSeconds: Math.floor(retention / 1_000),
    kmsKeyId,
    tags: tag,
    attach,
  };
}
