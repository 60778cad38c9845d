import { describe, expect, it } from 'vitest';
import { DdbxError, ExitCode, usageError } from '../../../src/lib/model/error.js';
import { exitCodeOf, renderError } from '../../../src/lib/terminal/errors.js';
import { BrokenPipeError } from '../../../src/lib/terminal/writer.js';
import { fakeIo } from '../../support/fake-io.js';

const HUMAN = { format: 'human', debug: false } as const;
const JSON_FORMAT = { format: 'json', debug: false } as const;

const refused = new DdbxError({
  code: 'endpoint-unreachable',
  message: 'cannot reach DynamoDB at http://127.0.0.1:8000',
  hint: 'start the endpoint, or leave out --endpoint-url',
  cause: new Error('request failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:8000\nsecond line') }),
  awsRequestId: '4KBNVRGD25RG1KEO9UT4V3FQDJ',
});

describe('renderError for people', () => {
  it('says what happened, why, and last what to do', () => {
    expect(renderError(refused, fakeIo(), HUMAN)).toBe(
      [
        'error: cannot reach DynamoDB at http://127.0.0.1:8000',
        'cause: connect ECONNREFUSED 127.0.0.1:8000',
        'AWS request id: 4KBNVRGD25RG1KEO9UT4V3FQDJ',
        'hint: start the endpoint, or leave out --endpoint-url',
        '',
      ].join('\n'),
    );
  });

  it('colours the labels on a terminal', () => {
    expect(renderError(usageError('no table given', 'name one'), fakeIo({ stderrTty: true }), HUMAN)).toBe(
      '\u001b[31m\u001b[1merror:\u001b[22m\u001b[39m no table given\n\u001b[36mhint:\u001b[39m name one\n',
    );
  });

  it('sets further lines in under the first', () => {
    expect(renderError(usageError('one\ntwo', 'three\nfour'), fakeIo(), HUMAN)).toBe(
      'error: one\n       two\nhint: three\n      four\n',
    );
  });

  it('leaves out a cause that repeats the message', () => {
    const error = new DdbxError({ code: 'x', message: 'it broke: EACCES', cause: new Error('EACCES') });
    expect(renderError(error, fakeIo(), HUMAN)).toBe('error: it broke: EACCES\n');
  });

  it('looks into several failed attempts for what they say', () => {
    const attempts = new AggregateError([new Error('connect ECONNREFUSED ::1:8000')]);
    const error = new DdbxError({ code: 'x', message: 'unreachable', cause: attempts });
    expect(renderError(error, fakeIo(), HUMAN)).toBe('error: unreachable\ncause: connect ECONNREFUSED ::1:8000\n');
  });

  it('survives a chain of causes that closes on itself', () => {
    const loop = new Error('around');
    loop.cause = loop;
    expect(renderError(new DdbxError({ code: 'x', message: 'm', cause: loop }), fakeIo(), HUMAN)).toContain(
      'cause: around',
    );
  });

  it('shows no stack without --debug, and one with it', () => {
    const error = new TypeError('x is undefined');
    expect(renderError(error, fakeIo(), HUMAN)).not.toContain('errors.test.ts');
    expect(renderError(error, fakeIo(), { format: 'human', debug: true })).toContain('errors.test.ts');
  });

  it('calls an unknown exception a bug, and asks for --debug', () => {
    expect(renderError(new TypeError('x is undefined'), fakeIo(), HUMAN)).toBe(
      'error: this is a bug in ddbx: x is undefined\nhint: run the same command again with --debug and report what it prints\n',
    );
    expect(renderError({ thrown: 'object' }, fakeIo(), HUMAN)).toContain("{ thrown: 'object' }");
  });

  it('shows what would steer the terminal as text', () => {
    expect(renderError(usageError('no table \u001b[2J\u0007'), fakeIo(), HUMAN)).toBe(
      'error: no table \\u001b[2J\\u0007\n',
    );
  });

  it('is quiet for a broken pipe and short for an interruption', () => {
    expect(renderError(new BrokenPipeError(), fakeIo(), HUMAN)).toBe('');
    const error = new DdbxError({ code: 'interrupted', message: 'interrupted', exitCode: ExitCode.interrupted });
    expect(renderError(error, fakeIo(), HUMAN)).toBe('interrupted\n');
  });
});

describe('renderError for machines', () => {
  it('is one JSON object on one line', () => {
    const text = renderError(refused, fakeIo({ stderrTty: true }), JSON_FORMAT);
    expect(text.split('\n')).toHaveLength(2);
    expect(JSON.parse(text)).toEqual({
      type: 'error',
      code: 'endpoint-unreachable',
      message: 'cannot reach DynamoDB at http://127.0.0.1:8000',
      hint: 'start the endpoint, or leave out --endpoint-url',
      cause: 'connect ECONNREFUSED 127.0.0.1:8000',
      exitCode: 1,
      awsRequestId: '4KBNVRGD25RG1KEO9UT4V3FQDJ',
    });
  });

  it('has a code for bugs too', () => {
    expect(JSON.parse(renderError('thrown text', fakeIo(), JSON_FORMAT))).toMatchObject({
      code: 'internal',
      exitCode: 1,
      message: 'this is a bug in ddbx: thrown text',
    });
  });
});

describe('secrets', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const leaky = new DdbxError({
    code: 'x',
    message: `bad credentials AKIAIOSFODNN7EXAMPLE aws_secret_access_key=${secret}`,
    hint: `unset AWS_SECRET_ACCESS_KEY=${secret}`,
    cause: new Error(`secretAccessKey: "${secret}"`),
  });

  it.each(['human', 'json', 'ndjson'] as const)('are masked everywhere in %s, stack included', format => {
    const text = renderError(leaky, fakeIo(), { format, debug: true });
    expect(text).not.toContain(secret);
    expect(text).not.toContain('AKIAIOSFODNN7EXAMPLE');
    expect(text).toContain('MPLE');
  });
});

describe('exitCodeOf', () => {
  it("is the error's own, or 1", () => {
    expect([usageError('x'), new BrokenPipeError(), new Error('x'), 'x'].map(exitCodeOf)).toEqual([2, 141, 1, 1]);
  });
});
