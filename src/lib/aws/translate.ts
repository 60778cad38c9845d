import { DdbxError, ExitCode } from '../model/error.js';
import { parseStreamArn } from './arn.js';
import type { AwsError, AwsErrorKind } from './aws-error.js';
import { replicaTranslations } from './translate-replicas.js';
import { nameOf, place, type Translation, type Words } from './translation.js';

/** ` on Orders`, or nothing for what is asked of no resource. */
const on = (error: AwsError): string => (error.resource === undefined ? '' : ` on ${nameOf(error)}`);

const BY_TEXT: readonly Translation[] = [
  {
    text: /Table already has an enabled stream/,
    words: error => ({
      code: 'stream-already-enabled',
      message: `${nameOf(error)}${place(error)} has an enabled stream already, and AWS does not change the view type of a stream.`,
      hint: `ddbx streams set-view ${error.resource ?? '<table>'} --view <type> replaces it, after showing what that touches.`,
    }),
  },
  {
    text: /Table has no stream to disable/,
    words: error => ({
      code: 'stream-not-enabled',
      message: `${nameOf(error)}${place(error)} has no enabled stream.`,
      hint: `ddbx streams enable ${error.resource ?? '<table>'} --view new-and-old-images turns one on.`,
    }),
  },
  {
    text: /Disabling Stream is not allowed for a Global Table replica/,
    words: error => ({
      code: 'stream-frozen',
      message: `The stream of ${nameOf(error)}${place(error)} cannot be changed: it is a replica of a global table, and replication reads it.`,
      hint: 'The stream can be changed again only when the table has no replicas left.',
    }),
  },
  {
    text: /Requested resource not found: Stream: .* not found/,
    words: error => ({
      code: 'stream-not-found',
      message: `There is no ${nameOf(error).replace(/^the /, '')}${place(error)}. A stream is gone 24 hours after it was disabled.`,
      hint: `ddbx streams list shows the streams that can be read; one of another account must be shared by its resource policy${accountOf(error)}.`,
    }),
  },
  {
    text: /provided mapping already exists/,
    words: error => ({
      code: 'mapping-exists',
      message: `An event source mapping leads from that stream to ${error.resource ?? 'that function'}${place(error)} already: ${mappingInTheWay(error) ?? ''}`,
      hint: `ddbx esm tune ${mappingInTheWay(error) ?? '<mapping>'} changes its settings.`,
    }),
  },
  {
    text: /^Stream not found: /,
    words: error => ({
      code: 'stream-not-found',
      message: `Lambda finds no stream ${/^Stream not found: (\S+)/.exec(error.message)?.[1] ?? ''}${place(error)}.`,
      hint: 'ddbx streams list shows the streams of the Region; a mapping reads a stream of its own Region only.',
    }),
  },
  {
    text: /^Invalid filter pattern definition/,
    words: error => ({
      code: 'invalid-filter',
      message: `Lambda refuses a filter pattern of ${error.resource ?? 'the mapping'}${place(error)}: ${error.message}`,
      hint: 'ddbx filter check <pattern> shows the place of the fault.',
    }),
  },
  {
    text: /security token included in the request is expired|token has expired|SSO session.*(expired|invalid)/i,
    words: error => ({
      code: 'credentials-expired',
      message: `The AWS credentials${byProfile(error)} have expired.`,
      hint: 'Sign in again (aws sso login --profile <name>, or renew the session token), then run the same command.',
      exitCode: ExitCode.auth,
    }),
  },
  ...replicaTranslations,
];

const BY_KIND: Readonly<Record<AwsErrorKind, (error: AwsError) => Words>> = {
  'expired-iterator': error => ({
    code: 'expired-iterator',
    message: `The iterator${on(error)}${place(error)} is older than 15 minutes.`,
    hint: 'Run the command again; with --checkpoint it goes on where it stood.',
  }),
  trimmed: error => ({
    code: 'trimmed',
    message: `What was asked for${on(error)}${place(error)} is older than 24 hours and trimmed from the stream.`,
    hint: 'Read what is left with --from trim-horizon.',
  }),
  throttled: error => ({
    code: 'throttled',
    message: `AWS throttles ${error.operation}${on(error)}${place(error)}: ${said(error)}`,
    hint: 'Wait, or slow down with --poll-interval and --max-rps; more than two readers on a shard throttle each other.',
  }),
  'not-found': error => ({
    code: 'not-found',
    message:
      error.resource === undefined
        ? `${error.operation}${place(error)} found nothing of that name.`
        : `There is no ${kindOfResource(error)}${nameOf(error).replace(/^the /, '')}${place(error)}.`,
    hint: 'Check the name, the Region (--region) and the account (--profile).',
  }),
  'in-use': error => ({
    code: 'in-use',
    message: `${nameOf(error)}${place(error)} is being changed by another operation.`,
    hint: 'Wait until that is done, then run the same command again.',
  }),
  conflict: error => ({
    code: 'conflict',
    message: `AWS refused ${error.operation}${on(error)}${place(error)}: ${said(error)}`,
    hint: 'Look at what is there, then run the same command again.',
  }),
  validation: error => ({
    code: 'validation',
    message: `AWS refused ${error.operation}${on(error)}${place(error)}: ${said(error)}`,
  }),
  denied: error => {
    const action = deniedAction(error);
    return {
      code: 'access-denied',
      message: `Access denied: the caller is not allowed ${action}${on(error)}${place(error)}.`,
      hint: `Allow ${action}; the least policy for a command is printed by: ddbx iam <command>`,
      exitCode: ExitCode.auth,
    };
  },
  credentials: error => ({
    code: 'no-credentials',
    message: `There are no AWS credentials that work${byProfile(error)}: ${firstSentence(error.message)}`,
    hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, choose a profile with --profile, or sign in (aws sso login). Without an account: eval "$(ddbx sandbox env)"',
    exitCode: ExitCode.auth,
  }),
  'no-region': () => ({
    code: 'no-region',
    message: 'No AWS Region is set.',
    hint: 'Add --region us-east-1 (for example), set AWS_REGION, or put a region into the profile.',
    exitCode: ExitCode.usage,
  }),
  network: error => ({
    code: 'unreachable',
    message: `${error.service}${place(error)} cannot be reached${at(error)}: ${said(error)}`,
    hint:
      error.endpoint === undefined
        ? 'Check the network, the Region, and HTTPS_PROXY / NO_PROXY.'
        : 'Is the endpoint running? Check --endpoint-url or AWS_ENDPOINT_URL; a sandbox is started by: ddbx sandbox start',
  }),
  service: error => ({
    code: 'service-error',
    message: `AWS failed to answer ${error.operation}${on(error)}${place(error)}: ${said(error)}`,
    hint: 'This is on the side of AWS and mostly passes: run the command again.',
  }),
  'bad-response': error => ({
    code: 'bad-response',
    message: `What answered ${error.operation}${at(error)} is not an AWS endpoint.`,
    hint: 'Check --endpoint-url, AWS_ENDPOINT_URL and any proxy in between: the answer was no JSON.',
  }),
  'unknown-operation': error => ({
    code: 'unknown-operation',
    message: `The endpoint${at(error)} does not know ${error.operation}.`,
    hint: 'Check that --endpoint-url names an endpoint of this service.',
  }),
  aborted: () => ({ code: 'interrupted', message: 'Interrupted.', exitCode: ExitCode.interrupted }),
  other: error => ({
    code: 'aws-error',
    message: `${error.operation}${on(error)}${place(error)} failed: ${error.message === '' ? error.code : `${error.code}: ${error.message}`}`,
    hint: 'Add --debug to see each request.',
  }),
};

/** Turns a failed call into words and the next thing to type. */
export function translateAwsError(error: AwsError): DdbxError {
  const byText = BY_TEXT.find(translation => translation.text.test(error.message));
  const words = (byText?.words ?? BY_KIND[error.kind])(error);
  return new DdbxError({ ...words, cause: error, awsRequestId: error.requestId });
}

/** The IAM action that was missing: AWS names it in most texts; else it follows from the call. */
export function deniedAction(error: Pick<AwsError, 'message' | 'service' | 'operation'>): string {
  const named = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(error.message)?.[1];
  const prefix = error.service === 'dynamodbstreams' ? 'dynamodb' : error.service;
  return named ?? `${prefix}:${error.operation === 'Invoke' ? 'InvokeFunction' : error.operation}`;
}

const KIND_BY_SERVICE: ReadonlyMap<string, string> = new Map([
  ['sqs', 'queue '],
  ['sns', 'topic '],
  ['s3', ''],
]);

/** The mapping that is in the way of a new one, out of AWS's text (facts/samples/errors.json). */
export function mappingInTheWay(error: Pick<AwsError, 'message'>): string | undefined {
  return /provided mapping already exists.*UUID ([0-9a-z-]+)/i.exec(error.message)?.[1];
}

const FUNCTION_OPERATIONS = new Set(['Invoke', 'GetFunction', 'CreateEventSourceMapping', 'ListEventSourceMappings']);

/** The word before a name; a stream is described in full. */
function kindOfResource(error: AwsError): string {
  if (FUNCTION_OPERATIONS.has(error.operation)) return 'function ';
  if (error.operation.endsWith('EventSourceMapping')) return 'event source mapping ';
  const kind = KIND_BY_SERVICE.get(error.service);
  if (kind !== undefined) return kind;
  return parseStreamArn(error.resource ?? '') === undefined ? 'table ' : '';
}

function accountOf(error: AwsError): string {
  const account = parseStreamArn(error.resource ?? '')?.account;
  return account === undefined ? '' : ` (the ARN names account ${account})`;
}

function byProfile(error: AwsError): string {
  return error.profile === undefined ? '' : ` in the profile ${error.profile}`;
}

/** AWS's own words, or its code where it has none. */
function said(error: AwsError): string {
  return error.message === '' ? error.code : error.message;
}

function at(error: AwsError): string {
  return error.endpoint === undefined ? '' : ` at ${error.endpoint}`;
}

function firstSentence(text: string): string {
  const line = text.split('\n')[0] ?? text;
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
