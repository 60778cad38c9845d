import { formatDuration } from '../model/duration.js';
import { type LintFacts, type LintRule, tuneWith } from './lint-facts.js';
import { destinationName } from './destination.js';

const RETENTION_SECONDS = 86_400;
/** A drain reads the records of ten messages back and hands them on while it holds the messages. */
const SHORTEST_VISIBILITY_SECONDS = 60;

type QueueRule = (
  queue: Extract<LintFacts['destination'], { kind: 'queue' }>,
  facts: LintFacts,
) => ReturnType<LintRule['check']>;

const ofQueue =
  (check: QueueRule): LintRule['check'] =>
  facts =>
    facts.destination.kind === 'queue' ? check(facts.destination, facts) : undefined;

const setAttribute = (queueUrl: string, attribute: string): string =>
  `aws sqs set-queue-attributes --queue-url ${queueUrl} --attributes ${attribute}`;

/** What is wrong with the failure destination. */
export const destinationRules: readonly LintRule[] = [
  {
    id: 'destination-missing',
    severity: 'error',
    finds: 'a failure queue that does not exist',
    check: facts => {
      if (facts.destination.kind !== 'queue-missing') return undefined;
      return {
        is: `The failure queue ${facts.destination.queueName} does not exist.`,
        happens: 'Lambda cannot send the note of what it gives up: those records disappear without a trace.',
        mend: tuneWith(facts, '--on-failure create'),
      };
    },
  },
  {
    id: 'destination-fifo',
    severity: 'error',
    finds: 'a FIFO queue or topic as destination',
    check: facts => {
      const { onFailure } = facts.mapping.settings;
      if (!onFailure.endsWith('.fifo')) return undefined;
      return {
        is: `The failure destination ${destinationName(onFailure)} is FIFO.`,
        happens: 'Lambda sends to standard queues and topics only: nothing arrives there.',
        mend: tuneWith(facts, '--on-failure create'),
      };
    },
  },
  {
    id: 'queue-retention-too-short',
    severity: 'warn',
    finds: 'a failure queue that forgets sooner than the stream',
    check: ofQueue(({ queueName, queueUrl, attributes }) => {
      const seconds = numberOf(attributes['MessageRetentionPeriod']);
      if (seconds === undefined || seconds >= RETENTION_SECONDS) return undefined;
      return {
        is: `The failure queue ${queueName} keeps messages for ${formatDuration(seconds * 1000)} only.`,
        happens: 'The note of a failure is gone while its records can still be read.',
        mend: setAttribute(queueUrl, 'MessageRetentionPeriod=1209600'),
      };
    }),
  },
  {
    id: 'queue-visibility-too-short',
    severity: 'info',
    finds: 'a failure queue whose messages come back while they are worked on',
    check: ofQueue(({ queueName, queueUrl, attributes }) => {
      const seconds = numberOf(attributes['VisibilityTimeout']);
      if (seconds === undefined || seconds >= SHORTEST_VISIBILITY_SECONDS) return undefined;
      return {
        is: `Messages of ${queueName} are hidden for ${formatDuration(seconds * 1000)} after they were received.`,
        happens: 'A reader that takes longer gets them twice. ddbx dlq sets its own time; other readers may not.',
        mend: setAttribute(queueUrl, 'VisibilityTimeout=300'),
      };
    }),
  },
  {
    id: 'queue-moves-messages-on',
    severity: 'warn',
    finds: 'a failure queue with a redrive policy of its own',
    check: ofQueue(({ queueName, queueUrl, attributes }) => {
      const policy = attributes['RedrivePolicy'];
      if (policy === undefined || policy === '') return undefined;
      return {
        is: `The failure queue ${queueName} moves messages on to a dead-letter queue of its own.`,
        happens: 'Looking at a message often enough moves it away from where it is looked for.',
        mend: setAttribute(queueUrl, '\'{"RedrivePolicy":""}\''),
      };
    }),
  },
  {
    id: 'queue-not-encrypted',
    severity: 'info',
    finds: 'a failure queue without server-side encryption',
    check: ofQueue(({ queueName, queueUrl, attributes }) => {
      const { SqsManagedSseEnabled: managed, KmsMasterKeyId: key } = attributes;
      if (managed !== 'false' || (key !== undefined && key !== '')) return undefined;
      return {
        is: `The failure queue ${queueName} is not encrypted.`,
        happens: 'Messages name streams, shards and functions, though no records; audits ask about it.',
        mend: setAttribute(queueUrl, 'SqsManagedSseEnabled=true'),
      };
    }),
  },
  {
    id: 'queue-needs-key',
    severity: 'info',
    finds: 'a failure queue with a KMS key, which the role of the function must be allowed to use',
    check: ofQueue(({ queueName, attributes }, { mapping, functionConfiguration }) => {
      const key = attributes['KmsMasterKeyId'];
      if (key === undefined || key === '' || key === 'alias/aws/sqs') return undefined;
      return {
        is: `The failure queue ${queueName} is encrypted with ${key}.`,
        happens: `Without kms:GenerateDataKey and kms:Decrypt on that key, the role of ${mapping.functionName} cannot send to it, and what is given up disappears.`,
        mend: `aws iam simulate-principal-policy --policy-source-arn ${functionConfiguration?.roleArn ?? '<role of the function>'} --action-names kms:GenerateDataKey kms:Decrypt`,
      };
    }),
  },
];

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}
