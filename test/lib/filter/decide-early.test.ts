import { describe, expect, it } from 'vitest';
import { decideEarly } from '../../../src/lib/filter/decide-early.js';
import { parsePattern } from '../../../src/lib/filter/parse-pattern.js';

function decide(eventName: string, ...patterns: readonly unknown[]): boolean | undefined {
  return decideEarly(
    patterns.map(pattern => parsePattern(JSON.stringify(pattern))),
    { eventName },
  );
}

describe('decideEarly', () => {
  it.each([
    ['INSERT', { eventName: ['INSERT'] }, true],
    ['MODIFY', { eventName: ['INSERT'] }, false],
    ['MODIFY', { eventName: [{ exists: true }] }, true],
    ['MODIFY', { eventName: [{ exists: false }] }, false],
    ['INSERT', { eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: ['x'] } } } }, undefined],
    ['REMOVE', { eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: ['x'] } } } }, false],
    ['INSERT', { dynamodb: { Keys: { pk: { S: ['x'] } } } }, undefined],
    ['INSERT', { eventName: { x: ['INSERT'] } }, undefined],
    ['INSERT', { $or: [{ eventName: ['INSERT'] }, { eventID: ['x'] }] }, true],
    ['MODIFY', { $or: [{ eventName: ['INSERT'] }, { eventID: ['x'] }] }, undefined],
    ['MODIFY', { $or: [{ eventName: ['INSERT'] }, { eventName: ['REMOVE'], eventID: ['x'] }] }, false],
  ])('judges %s by %j: %s', (eventName, pattern, answer) => {
    expect(decide(eventName, pattern)).toBe(answer);
  });

  it('takes filters as alternatives, and none as all', () => {
    const [insert, other] = [{ eventName: ['INSERT'] }, { eventID: ['x'] }];
    expect(decide('INSERT', other, insert)).toBe(true);
    expect(decide('MODIFY', other, insert)).toBeUndefined();
    expect(decide('MODIFY', insert, insert)).toBe(false);
    expect(decide('MODIFY')).toBe(true);
  });
});
