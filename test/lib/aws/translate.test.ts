import { describe, expect, it } from 'vitest';
import { AwsError, type AwsErrorKind, type AwsErrorParts } from '../../../src/lib/aws/aws-error.js';
import { classifyFailure } from '../../../src/lib/aws/classify.js';
import { deniedAction, mappingInTheWay, translateAwsError } from '../../../src/lib/aws/translate.js';
import { ExitCode } from '../../../src/lib/model/error.js';

const STREAM = 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';

/** A failure as the gateways make it of AWS's code and text. */
function failure(operation: string, code: string, message: string, parts: Partial<AwsErrorParts> = {}): AwsError {
  return new AwsError({
    kind: classifyFailure({ name: code, message, systemCode: undefined, statusCode: 400 }),
    code,
    message,
    service: 'dynamodb',
    operation,
    region: 'eu-central-1',
    resource: 'Orders',
    ...parts,
  });
}

describe('the texts of AWS', () => {
  it.each<[operation: string, code: string, text: string, ours: string, message: RegExp, hint: RegExp]>([
    [
      'DescribeStream',
      'ResourceNotFoundException',
      `Requested resource not found: Stream: ${STREAM} not found`,
      'stream-not-found',
      /^There is no stream of Orders with label 2026-11-20T10:11:12.123 in eu-central-1\. /,
      /ddbx streams list .*account 111122223333/,
    ],
    [
      'UpdateTable',
      'ValidationException',
      'Table already has an enabled stream: TableName: Orders',
      'stream-already-enabled',
      /^Orders in eu-central-1 has an enabled stream already/,
      /ddbx streams set-view Orders --view <type>/,
    ],
    [
      'UpdateTable',
      'ValidationException',
      'Table has no stream to disable: TableName: Orders',
      'stream-not-enabled',
      /^Orders in eu-central-1 has no enabled stream\.$/,
      /ddbx streams enable Orders --view/,
    ],
    [
      'UpdateTable',
      'ValidationException',
      'One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.',
      'stream-frozen',
      /^The stream of Orders in eu-central-1 cannot be changed: it is a replica of a global table/,
      /no replicas left/,
    ],
    [
      'UpdateTable',
      'ResourceInUseException',
      'The resource which you are attempting to change is in use.',
      'in-use',
      /^Orders in eu-central-1 is being changed by another operation\.$/,
      /run the same command again/,
    ],
    [
      'DescribeTable',
      'ResourceNotFoundException',
      'Requested resource not found: Table: Orders not found',
      'not-found',
      /^There is no table Orders in eu-central-1\.$/,
      /--region.*--profile/,
    ],
  ])('%s: %s: %s', (operation, code, text, ours, message, hint) => {
    const resource = ours === 'stream-not-found' ? STREAM : 'Orders';
    const translated = translateAwsError(failure(operation, code, text, { resource }));
    expect(translated.code).toBe(ours);
    expect(translated.message).toMatch(message);
    expect(translated.hint).toMatch(hint);
    expect(translated.exitCode).toBe(ExitCode.failed);
  });

  it.each([
    'One or more parameter values were invalid: If stream is being enabled then UpdateViewType is required',
    'One or more parameter values were invalid: If stream is being disabled, then UpdateViewType must not be specified',
  ])('are kept where they are clear enough: %s', text => {
    const translated = translateAwsError(failure('UpdateTable', 'ValidationException', text));
    expect(translated).toMatchObject({
      code: 'validation',
      message: `AWS refused UpdateTable on Orders in eu-central-1: ${text}`,
    });
  });

  it('of credentials that expired ask to sign in again', () => {
    const text = 'The security token included in the request is expired';
    expect(translateAwsError(failure('ListStreams', 'ExpiredTokenException', text))).toMatchObject({
      code: 'credentials-expired',
      exitCode: ExitCode.auth,
      hint: expect.stringContaining('aws sso login'),
    });
  });

  it('of a denied call name the action that is missing', () => {
    const text = `User: arn:aws:iam::111122223333:user/ana is not authorized to perform: dynamodb:GetRecords on resource: ${STREAM}`;
    const denied = failure('GetRecords', 'AccessDeniedException', text, { resource: STREAM, requestId: 'R1' });
    expect(translateAwsError(denied)).toMatchObject({
      code: 'access-denied',
      exitCode: ExitCode.auth,
      awsRequestId: 'R1',
      message: expect.stringContaining('dynamodb:GetRecords on the stream of Orders'),
    });
    expect(deniedAction({ message: 'no', service: 'dynamodbstreams', operation: 'GetRecords' })).toBe(
      'dynamodb:GetRecords',
    );
    expect(deniedAction({ message: 'no', service: 'lambda', operation: 'Invoke' })).toBe('lambda:InvokeFunction');
  });
});

describe('what Lambda says of mappings', () => {
  const UUID = '14e0db71-5d35-4eb5-b481-8945cf9d10c2';
  const ofLambda = (operation: string, code: string, text: string, resource: string): AwsError =>
    failure(operation, code, text, { service: 'lambda', resource });

  it('of one that is there names it, and the verb that changes it', () => {
    const text = `The event source arn (" ${STREAM} ") and function (" orders-indexer ") provided mapping already exists. Please update or delete the existing mapping with UUID ${UUID}`;
    const error = ofLambda('CreateEventSourceMapping', 'ResourceConflictException', text, 'orders-indexer');
    expect(mappingInTheWay(error)).toBe(UUID);
    expect(translateAwsError(error)).toMatchObject({
      code: 'mapping-exists',
      message: `An event source mapping leads from that stream to orders-indexer in eu-central-1 already: ${UUID}`,
      hint: `ddbx esm tune ${UUID} changes its settings.`,
    });
  });

  it.each([
    [`Stream not found: ${STREAM}`, 'stream-not-found', STREAM, /ddbx streams list/],
    ['Invalid filter pattern definition.', 'invalid-filter', 'orders-indexer', /ddbx filter check/],
  ])('%s', (text, code, named, hint) => {
    const error = ofLambda('CreateEventSourceMapping', 'InvalidParameterValueException', text, 'orders-indexer');
    const translated = translateAwsError(error);
    expect(translated.code).toBe(code);
    expect(translated.message).toContain(named);
    expect(translated.hint).toMatch(hint);
  });

  it.each([
    ['GetEventSourceMapping', UUID, `There is no event source mapping ${UUID} in eu-central-1.`],
    ['GetFunction', 'orders-indexer', 'There is no function orders-indexer in eu-central-1.'],
    ['CreateEventSourceMapping', 'orders-indexer', 'There is no function orders-indexer in eu-central-1.'],
  ])('%s of what is not there', (operation, resource, message) => {
    const error = ofLambda(operation, 'ResourceNotFoundException', 'Not found', resource);
    expect(translateAwsError(error).message).toBe(message);
  });
});

describe('every kind of failure', () => {
  const kinds: Readonly<Record<AwsErrorKind, ExitCode>> = {
    'expired-iterator': ExitCode.failed,
    trimmed: ExitCode.failed,
    throttled: ExitCode.failed,
    'not-found': ExitCode.failed,
    'in-use': ExitCode.failed,
    conflict: ExitCode.failed,
    validation: ExitCode.failed,
    denied: ExitCode.auth,
    credentials: ExitCode.auth,
    'no-region': ExitCode.usage,
    network: ExitCode.failed,
    service: ExitCode.failed,
    'bad-response': ExitCode.failed,
    'unknown-operation': ExitCode.failed,
    aborted: ExitCode.interrupted,
    other: ExitCode.failed,
  };
  const of = (kind: AwsErrorKind, parts: Partial<AwsErrorParts>): AwsError =>
    failure('ListStreams', 'SomeException', 'some text', { kind, ...parts });

  it.each(Object.entries(kinds))('%s has its exit code, and words without holes', (kind, exitCode) => {
    const complete = { endpoint: 'http://127.0.0.1:4566', resource: STREAM };
    for (const parts of [complete, { resource: undefined, endpoint: undefined }, { message: '', region: '' }]) {
      const translated = translateAwsError(of(kind as AwsErrorKind, parts));
      expect(translated.exitCode).toBe(exitCode);
      expect(`${translated.message} ${translated.hint ?? ''}`).not.toMatch(/undefined|null|\[object|the resource| {2}/);
    }
  });

  it('not found: a stream is no table', () => {
    expect(translateAwsError(of('not-found', { resource: STREAM })).message).toBe(
      'There is no stream of Orders with label 2026-11-20T10:11:12.123 in eu-central-1.',
    );
  });

  it('unreachable: names the endpoint that was chosen, or asks for the network', () => {
    const chosen = translateAwsError(
      of('network', { endpoint: 'http://127.0.0.1:1', message: '', code: 'ECONNREFUSED' }),
    );
    expect(chosen.message).toBe('dynamodb in eu-central-1 cannot be reached at http://127.0.0.1:1: ECONNREFUSED');
    expect(chosen.hint).toContain('ddbx sandbox start');
    expect(translateAwsError(of('network', {})).hint).toContain('HTTPS_PROXY');
  });
});
