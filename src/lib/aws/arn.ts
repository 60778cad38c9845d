import { usageError } from '../model/error.js';

/** What a `<table>` argument can say: a bare name, a table ARN, or a stream ARN. */
export interface TableRef {
  readonly tableName: string;
  /** Set when an ARN was given; the ARN's Region wins over the configured one. */
  readonly region?: string;
  readonly account?: string;
  /** Set when the argument was the ARN of one particular stream. */
  readonly streamArn?: string;
}

/** The parts of the ARN of a DynamoDB stream. */
export interface StreamArnParts {
  readonly region: string;
  readonly account: string;
  readonly tableName: string;
  /** The stream's label: the instant of its creation. */
  readonly label: string;
}

const TABLE_NAME = /^[a-zA-Z0-9_.-]{3,255}$/;
const DYNAMODB_ARN = /^arn:([a-z0-9-]+):dynamodb:([a-z0-9-]+):(\d{12}):table\/([^/]+)(?:\/stream\/(.+))?$/;
const AWS_REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/** Whether the text is shaped like the name of an AWS Region, such as `eu-west-1`. */
export function looksLikeRegion(text: string): boolean {
  return AWS_REGION.test(text);
}

/**
 * Reads a table name, a table ARN or a stream ARN.
 * The Region of an ARN that an emulator made up (`ddblocal`) is left out: it names no place to send a request to.
 * @throws DdbxError `usage` when the text is none of the three.
 */
export function parseTableRef(text: string): TableRef {
  if (!text.startsWith('arn:')) {
    if (TABLE_NAME.test(text)) return { tableName: text };
    throw usageError(
      `"${text}" is not a table name.`,
      'A table name has 3 to 255 characters out of a-z, A-Z, 0-9, "_", "-" and "."; an ARN of a table or a stream works too.',
    );
  }
  const parts = DYNAMODB_ARN.exec(text);
  if (parts === null) {
    throw usageError(
      `"${text}" is not the ARN of a DynamoDB table or stream.`,
      'Such an ARN looks like arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123',
    );
  }
  const [, , region = '', account = '', tableName = '', label] = parts;
  return {
    tableName,
    account,
    ...(looksLikeRegion(region) ? { region } : {}),
    ...(label === undefined ? {} : { streamArn: text }),
  };
}

/** Takes the ARN of a stream apart; undefined when the text is no such ARN. */
export function parseStreamArn(arn: string): StreamArnParts | undefined {
  const [, , region, account, tableName, label] = DYNAMODB_ARN.exec(arn) ?? [];
  if (region === undefined || account === undefined || tableName === undefined || label === undefined) return undefined;
  return { region, account, tableName, label };
}

/** The name of a function out of its ARN, with a version or alias when there is one. */
export function functionNameOfArn(arn: string): string {
  return /^arn:[^:]+:lambda:[^:]*:\d*:function:(.+)$/.exec(arn)?.[1] ?? arn;
}
