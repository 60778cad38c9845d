import type { CommandContext } from '../../context.js';
import type { MappingsGateway } from '../../lib/aws/mappings-gateway.js';
import { makeQueue, planQueue, type QueuePlan } from '../../lib/dlq/create-queue.js';
import { resolveMapping } from '../../lib/esm/resolve-mapping.js';
import type { StreamMapping } from '../../lib/esm/stream-mapping.js';
import { ExitCode } from '../../lib/model/error.js';
import { reachFlags, shellWord } from '../streams/aws-lines.js';
import type { CreateCommandOptions } from './create.js';

/** A mapping that is to send its failures to the queue. */
interface Attachment {
  readonly mapping: StreamMapping;
  /** `unchanged` when it does so already. */
  readonly outcome: 'attached' | 'unchanged';
}

/** Runs `ddbx dlq create`. */
export async function runCreate(options: CreateCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { signal, globals } = context;
  const output = context.output();
  const aws = await context.aws();
  const region = await aws.defaultRegion();
  const queues = await aws.queues(region);
  const mappings = await aws.mappings(region);
  // Everything is looked up before anything is changed.
  const targets = await Promise.all(options.attach.map(ref => resolveMapping(mappings, ref, signal)));
  const plan = await planQueue(queues, options, signal);

  const lines = awsLines(plan, targets, reachFlags({ ...globals, region }));
  if (output.format === 'human' && (options.showAws || options.dryRun))
    for (const line of lines) output.note(`$ ${line}`);
  if (options.dryRun) {
    const attachments = targets.map(mapping => ({ mapping, outcome: outcomeFor(mapping, plan.queueArn) }));
    const outcome = plan.queueUrl === undefined ? 'created' : isNothing(plan) ? 'unchanged' : 'changed';
    const document = { ...documentOf(plan, plan.queueUrl, plan.queueArn, outcome, attachments, region), dryRun: true };
    if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
    else if (output.format === 'json') await output.document(document);
    else {
      const would = { created: 'would be created', changed: 'would be changed', unchanged: 'is there, unchanged' };
      await output.line(
        [`${plan.queueName} in ${region} ${would[outcome]}`, ...attachments.map(attachText)].join('\n'),
      );
      output.note('Nothing was changed (--dry-run).');
    }
    return ExitCode.done;
  }

  const made = await makeQueue(queues, plan, signal);
  const attachments: Attachment[] = [];
  for (const mapping of targets) attachments.push(await attach(mapping, made.queueArn, mappings, signal));
  const document = documentOf(plan, made.queueUrl, made.queueArn, made.outcome, attachments, region);
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else if (output.format === 'json') await output.document(document);
  else {
    await output.line(made.queueArn);
    output.note(`${plan.queueName} in ${region}: ${made.outcome}`);
    for (const attachment of attachments) output.note(attachText(attachment));
    if (attachments.length === 0 && made.outcome === 'created') {
      output.note(`Give it to a mapping with: ddbx dlq create ${plan.queueName} --attach <table:function>`);
    }
  }
  return ExitCode.done;
}

async function attach(
  mapping: StreamMapping,
  queueArn: string,
  mappings: MappingsGateway,
  signal: AbortSignal,
): Promise<Attachment> {
  const outcome = outcomeFor(mapping, queueArn);
  if (outcome === 'attached') {
    await mappings.update({ uuid: mapping.uuid, settings: { onFailure: queueArn } }, signal);
  }
  return { mapping, outcome };
}

function outcomeFor(mapping: StreamMapping, queueArn: string | undefined): Attachment['outcome'] {
  return queueArn !== undefined && mapping.settings.onFailure === queueArn ? 'unchanged' : 'attached';
}

function isNothing({ attributes, tags }: QueuePlan): boolean {
  return Object.keys(attributes).length + Object.keys(tags).length === 0;
}

function attachText({ mapping, outcome }: Attachment): string {
  const name = `${mapping.tableName}:${mapping.functionName}`;
  const { onFailure } = mapping.settings;
  if (outcome === 'unchanged') return `${name} sends its failures there already`;
  return onFailure === ''
    ? `${name} sends its failures there`
    : `${name} sends its failures there, no longer to ${onFailure}`;
}

function documentOf(
  { queueName, attributes, tags }: QueuePlan,
  queueUrl: string | undefined,
  queueArn: string | undefined,
  outcome: 'created' | 'changed' | 'unchanged',
  attachments: readonly Attachment[],
  region: string,
) {
  return {
    queue: queueName,
    region,
    queueArn: queueArn ?? null,
    queueUrl: queueUrl ?? null,
    outcome,
    attributes,
    tags,
    attached: attachments.map(({ mapping, outcome: how }) => ({
      table: mapping.tableName,
      function: mapping.functionName,
      uuid: mapping.uuid,
      outcome: how,
      before: mapping.settings.onFailure === '' ? null : mapping.settings.onFailure,
    })),
  };
}

function awsLines(plan: QueuePlan, targets: readonly StreamMapping[], reach: string): readonly string[] {
  const pairs = (values: Readonly<Record<string, string>>): string =>
    shellWord(
      Object.entries(values)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    );
  const tags = Object.keys(plan.tags).length === 0 ? undefined : pairs(plan.tags);
  const queue =
    plan.queueUrl === undefined
      ? [
          `aws sqs create-queue --queue-name ${plan.queueName} --attributes ${pairs(plan.attributes)}${tags === undefined ? '' : ` --tags ${tags}`}${reach}`,
        ]
      : [
          ...(Object.keys(plan.attributes).length === 0
            ? []
            : [
                `aws sqs set-queue-attributes --queue-url ${shellWord(plan.queueUrl)} --attributes ${pairs(plan.attributes)}${reach}`,
              ]),
          ...(tags === undefined
            ? []
            : [`aws sqs tag-queue --queue-url ${shellWord(plan.queueUrl)} --tags ${tags}${reach}`]),
        ];
  const arn = plan.queueArn ?? '<QueueArn>';
  const updates = targets
    .filter(mapping => outcomeFor(mapping, plan.queueArn) === 'attached')
    .map(
      ({ uuid }) =>
        `aws lambda update-event-source-mapping --uuid ${uuid} --destination-config ${shellWord(JSON.stringify({ OnFailure: { Destination: arn } }))}${reach}`,
    );
  return [...queue, ...updates];
}
