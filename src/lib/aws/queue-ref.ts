import { usageError } from '../model/error.js';
import { looksLikeRegion } from './arn.js';

/** What a `<queue>` argument can say: a bare name, an ARN, or a URL. */
export interface QueueRef {
  readonly queueName: string;
  /** Set by an ARN or by a URL of AWS; it wins over the configured Region. */
  readonly region?: string;
  readonly account?: string;
  /** Set when the argument was a URL. */
  readonly queueUrl?: string;
}

/** The parts of the ARN of a queue. */
export interface QueueArnParts {
  readonly region: string;
  readonly account: string;
  readonly queueName: string;
}

const QUEUE_NAME = /^[a-zA-Z0-9_-]{1,80}$|^[a-zA-Z0-9_-]{1,75}\.fifo$/;
const QUEUE_ARN = /^arn:[a-z0-9-]+:sqs:([a-z0-9-]+):(\d{12}):([a-zA-Z0-9_-]+(?:\.fifo)?)$/;
/** `sqs.<region>.amazonaws.com`, and the older `<region>.queue.amazonaws.com`. */
const AWS_HOST = /^(?:sqs(?:-fips)?\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/**
 * Reads the name, the ARN or the URL of a queue.
 * @throws DdbxError `usage` when the text is none of the three.
 */
export function parseQueueRef(text: string): QueueRef {
  if (text.startsWith('arn:')) {
    const parts = parseQueueArn(text);
    if (parts === undefined) {
      throw usageError(
        `"${text}" is not the ARN of an SQS queue.`,
        'Such an ARN looks like arn:aws:sqs:us-east-1:111122223333:orders-failures',
      );
    }
    const { region, account, queueName } = parts;
    return { queueName, account, ...(looksLikeRegion(region) ? { region } : {}) };
  }
  if (/^https?:\/\//.test(text)) return parseQueueUrl(text);
  if (QUEUE_NAME.test(text)) return { queueName: text };
  throw usageError(
    `"${text}" is not the name of an SQS queue.`,
    'A queue name has 1 to 80 characters out of a-z, A-Z, 0-9, "_" and "-"; the queue\'s ARN or URL works too.',
  );
}

/** Takes the ARN of a queue apart; undefined when the text is no such ARN. */
export function parseQueueArn(arn: string): QueueArnParts | undefined {
  const [, region, account, queueName] = QUEUE_ARN.exec(arn) ?? [];
  if (region === undefined || account === undefined || queueName === undefined) return undefined;
  return { region, account, queueName };
}

function parseQueueUrl(text: string): QueueRef {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [, account, queueName] = /\/(\d{12})\/([a-zA-Z0-9_-]+(?:\.fifo)?)$/.exec(url?.pathname ?? '') ?? [];
  if (url === undefined || account === undefined || queueName === undefined) {
    throw usageError(
      `"${text}" is not the URL of an SQS queue.`,
      'Such a URL looks like https://sqs.us-east-1.amazonaws.com/111122223333/orders-failures',
    );
  }
  const [, region, olderRegion] = AWS_HOST.exec(url.hostname) ?? [];
  const named = region ?? olderRegion;
  return {
    queueName,
    account,
    queueUrl: text,
    ...(named !== undefined && looksLikeRegion(named) ? { region: named } : {}),
  };
}
