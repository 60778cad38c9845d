import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '../../../src/lib/streams/batch-answer.js';

const NUMBERS = ['100', '200', '300'];
const failures = (...identifiers: readonly unknown[]) =>
  JSON.stringify({ batchItemFailures: identifiers.map(itemIdentifier => ({ itemIdentifier })) });

describe('judgeAnswer', () => {
  it.each([
    ['no answer', ''],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['an empty list', failures()],
    ['a null list', '{"batchItemFailures":null}'],
    ['an answer about something else', '{"statusCode":200,"body":"ok"}'],
    ['text', 'ok'],
    ['text that speaks of failures', 'no batchItemFailures here'],
    ['a list', '["batchItemFailures"]'],
  ])('takes %s for success', (_what, body) => {
    expect(judgeAnswer(body, NUMBERS)).toEqual({ kind: 'success' });
  });

  it.each([
    ['an empty identifier', failures('')],
    ['a null identifier', failures(null)],
    ['a number', failures(200)],
    ['another key', '{"batchItemFailures":[{"id":"200"}]}'],
    ['an identifier that is not in the batch', failures('201')],
    ['one good identifier and a bad one', failures('200', '')],
    ['no list', '{"batchItemFailures":"200"}'],
    ['a list of text', '{"batchItemFailures":["200"]}'],
  ])('fails the whole batch for %s', (_what, body) => {
    expect(judgeAnswer(body, NUMBERS)).toMatchObject({ kind: 'failed' });
  });

  it('goes on from the lowest that was returned, in whatever order they are', () => {
    expect(judgeAnswer(failures('300', '200'), NUMBERS)).toEqual({
      kind: 'partial',
      fromIndex: 1,
      sequenceNumber: '200',
    });
    expect(judgeAnswer(failures('100'), NUMBERS)).toMatchObject({ kind: 'partial', fromIndex: 0 });
  });
});
