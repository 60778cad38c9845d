import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchIds, batchOutcome } from '../../../src/lib/aws/batch-outcome.js';

describe('the outcome of a batch', () => {
  it('tells what was done from what was not, with the reasons', () => {
    const outcome = batchOutcome(
      ['a', 'b', 'c'],
      [{ Id: '0' }, { Id: '2' }],
      [{ Id: '1', Code: 'ReceiptHandleIsInvalid', Message: 'The receipt handle has expired', SenderFault: true }],
    );
    expect(outcome).toEqual({
      done: ['a', 'c'],
      failed: [
        { entry: 'b', code: 'ReceiptHandleIsInvalid', message: 'The receipt handle has expired', senderFault: true },
      ],
    });
  });

  it('does not take silence for success', () => {
    expect(batchOutcome(['a'], undefined, undefined).failed).toMatchObject([{ entry: 'a', code: 'NoAnswer' }]);
  });

  it('believes the failure of an entry that is in both lists', () => {
    const both = batchOutcome(['a'], [{ Id: '0' }], [{ Id: '0', Code: 'InternalError' }]);
    expect(both).toMatchObject({ done: [], failed: [{ code: 'InternalError', message: 'InternalError' }] });
  });

  it('has each entry exactly once, whatever the answer says', () => {
    const ids = fc.array(fc.constantFrom('0', '1', '2', '3', '9', undefined));
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 4 }), ids, ids, (values, successful, failed) => {
        const entries = values.map(value => ({ value }));
        const outcome = batchOutcome(
          entries,
          successful.map(Id => ({ Id })),
          failed.map(Id => ({ Id })),
        );
        const seen = [...outcome.done, ...outcome.failed.map(failure => failure.entry)];
        expect(new Set(seen)).toEqual(new Set(entries));
        expect(seen).toHaveLength(entries.length);
      }),
    );
  });

  it('names entries by their place', () => {
    expect(batchIds(['a', 'b'])).toEqual([
      { id: '0', entry: 'a' },
      { id: '1', entry: 'b' },
    ]);
  });
});
