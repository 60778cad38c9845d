import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, type NextStep } from '../../../../src/lib/sandbox/mappings/after-failure.js';
import type { BatchRecord, LastInvocation, Piece } from '../../../../src/lib/sandbox/mappings/batch.js';
import { defaultSettings, type MappingSettings } from '../../../../src/lib/sandbox/mappings/mapping.js';

const last: LastInvocation = { requestId: 'r1', functionError: 'Unhandled' };
const records = (count: number): readonly BatchRecord[] =>
  Array.from({ length: count }, (_, at) => ({
    point: { generation: 1, offset: at },
    sequenceNumber: String(at),
    writtenAtMs: at,
    json: '{}',
  }));
const piece = (count: number, failures = 0): Piece => ({ records: records(count), failures, last: undefined });
const settings = (more: Partial<MappingSettings>): MappingSettings => ({ ...defaultSettings, ...more });
const shape = (step: NextStep) =>
  step.kind === 'split'
    ? [step.kind, ...step.pieces.map(part => [part.records.map(each => each.sequenceNumber).join(''), part.failures])]
    : [step.kind, step.piece.records.map(each => each.sequenceNumber).join(''), step.piece.failures];

describe('what is done after a failure (FACTS B.4)', () => {
  it.each([
    ['retries without end by default', piece(3, 99), undefined, {}, ['retry', '012', 100]],
    ['counts retries after the first try', piece(3, 1), undefined, { retryAttempts: 2 }, ['retry', '012', 2]],
    ['gives up when they are used up', piece(3, 2), undefined, { retryAttempts: 2 }, ['give-up', '012', 3]],
    ['gives up at once without retries', piece(1), undefined, { retryAttempts: 0 }, ['give-up', '0', 1]],
    ['keeps what follows the named record', piece(4), 2, { retryAttempts: 1 }, ['retry', '23', 1]],
    ['gives up only what follows it', piece(4, 1), 2, { retryAttempts: 1 }, ['give-up', '23', 2]],
    ['splits in half', piece(5), undefined, { bisectsOnError: true }, ['split', ['012', 0], ['34', 0]]],
    [
      'splits though no retry is left',
      piece(2),
      undefined,
      { bisectsOnError: true, retryAttempts: 0 },
      ['split', ['0', 0], ['1', 0]],
    ],
    ['cannot split one record', piece(1), undefined, { bisectsOnError: true, retryAttempts: 0 }, ['give-up', '0', 1]],
    ['splits at the named record', piece(4, 1), 3, { bisectsOnError: true, retryAttempts: 1 }, ['split', ['3', 1]]],
    ['has nothing to split at the first record', piece(4), 0, { bisectsOnError: true }, ['retry', '0123', 1]],
  ] as const)('%s', (_, failed, from, more, expected) => {
    expect(shape(afterFailure(failed, from, last, settings(more)))).toEqual(expected);
  });

  it('comes to an end with every record given up, in order, whatever fails', () => {
    const bounds = fc.record({
      count: fc.integer({ min: 1, max: 40 }),
      retryAttempts: fc.integer({ min: 0, max: 4 }),
      bisectsOnError: fc.boolean(),
    });
    fc.assert(
      fc.property(bounds, fc.infiniteStream(fc.option(fc.nat(50))), ({ count, ...more }, named) => {
        let pieces: readonly Piece[] = [piece(count)];
        const ended: string[] = [];
        let tries = 0;
        while (pieces[0] !== undefined) {
          const [head, ...others] = pieces;
          tries += 1;
          expect(tries).toBeLessThanOrEqual(2 * count + count * (more.retryAttempts + 1));
          const at = named.next().value ?? undefined;
          const from = at === undefined ? undefined : at % head.records.length;
          ended.push(...head.records.slice(0, from ?? 0).map(each => each.sequenceNumber));
          const step = afterFailure(head, from, last, settings(more));
          if (step.kind === 'give-up') ended.push(...step.piece.records.map(each => each.sequenceNumber));
          pieces =
            step.kind === 'split'
              ? [...step.pieces, ...others]
              : step.kind === 'retry'
                ? [step.piece, ...others]
                : others;
        }
        expect(ended).toEqual(records(count).map(each => each.sequenceNumber));
      }),
    );
  });
});
