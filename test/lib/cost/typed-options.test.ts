import { describe, expect, it } from 'vitest';
import { parseChange, parseDiscount, parseSweep, parseTypedPrice } from '../../../src/lib/cost/typed-options.js';
import { exact } from '../../../src/lib/model/exact.js';
import { complaintOf } from './complaint.js';

describe('prices and discounts that are typed', () => {
  it('are read', () => {
    expect(parseTypedPrice('eu-west-3:storage=0.29')).toEqual({
      region: 'eu-west-3',
      dimension: 'storage',
      usd: exact('0.29'),
    });
    expect(parseDiscount('12%')).toEqual({ share: exact('0.12'), dimension: undefined });
    expect(parseDiscount('7.5%:rwru')).toEqual({ share: exact('0.075'), dimension: 'rwru' });
  });

  it.each([
    [parseTypedPrice, 'storage=0.29', 'is not a price'],
    [parseTypedPrice, 'eu-west-3:storage=cheap', 'not an amount in USD'],
    [parseTypedPrice, 'eu-west-3:storge=0.29', 'Did you mean storage'],
    [parseDiscount, '12', 'not a share'],
    [parseDiscount, '120%', 'more than all of it'],
    [parseDiscount, '12%:rwru:eu-west-1', 'is not a discount'],
    [parseDiscount, '12%:everything', 'There are wru, rru'],
  ] as const)('%o refuses %j: %s', (parse, text, complaint) => {
    expect(complaintOf(() => parse(text))).toContain(complaint);
  });
});

describe('a change of a what-if', () => {
  it.each([
    ['add-replica=eu-west-1', { kind: 'add-replica', region: 'eu-west-1' }],
    ['remove-replica=eu-west-1', { kind: 'remove-replica', region: 'eu-west-1' }],
    ['capacity=on-demand', { kind: 'capacity', capacity: { mode: 'on-demand' } }],
    ['capacity=provisioned', { kind: 'capacity', capacity: { mode: 'provisioned', utilization: exact('0.7') } }],
    ['capacity=provisioned:45%', { kind: 'capacity', capacity: { mode: 'provisioned', utilization: exact('0.45') } }],
    ['consistency=eventual', { kind: 'consistency', consistency: 'eventual', witness: undefined }],
    ['consistency=strong:us-west-2', { kind: 'consistency', consistency: 'strong', witness: 'us-west-2' }],
    ['table-class=standard-ia', { kind: 'table-class', tableClass: 'standard-ia' }],
    ['item-size=2KB', { kind: 'item-size', itemBytes: 2048 }],
    ['writes=24/day', { kind: 'writes', perMonth: exact(730) }],
  ])('reads %s', (text, change) => {
    expect(parseChange(text)).toEqual(change);
  });

  it.each([
    ['add-replica', 'is not a change'],
    ['add-replica=', 'is not a change'],
    ['replicas=3', 'what can be changed: add-replica'],
    ['capacity=provisioned:0%', 'no capacity would ever be enough'],
    ['capacity=on-demand:70%', 'is not a capacity mode'],
    ['consistency=weak', 'is not a consistency'],
    ['consistency=strong:', 'is not a consistency'],
    ['table-class=glacier', 'is not a table class'],
    ['item-size=500KB', 'up to 400KB'],
    ['writes=many', 'is not a rate'],
  ])('refuses %s: %s', (text, complaint) => {
    expect(complaintOf(() => parseChange(text))).toContain(complaint);
  });
});

describe('a range', () => {
  it.each([
    // the period may stand at the end only; in a month of 730 h: x 730 / 24
    ['writes=24..48/day', 'writes', '730', '1460'],
    ['item-size=500B..8KB', 'item-size', '500', '8192'],
    ['storage=10GB..1TB', 'storage', '10', '1024'],
  ])('reads %s', (text, of, from, to) => {
    expect(parseSweep(text)).toEqual({ of, from: exact(from), to: exact(to) });
  });

  it.each([
    ['writes=1M-1B/day', 'is not a range'],
    ['replicas=1..5', 'is not a range'],
    ['writes=1B..1M/day', 'does not rise'],
    // 2,628,000 a month down to 730
    ['reads=1/s..24/day', 'does not rise'],
    ['storage=0GB..1TB', 'does not rise from something above zero'],
    ['item-size=1KB..1MB', 'up to 400KB'],
    ['writes=1M..1B', 'is not a rate'],
  ])('refuses %s: %s', (text, complaint) => {
    expect(complaintOf(() => parseSweep(text))).toContain(complaint);
  });
});
