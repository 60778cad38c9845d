import { describe, expect, it } from 'vitest';
import { overlay, workloadFields } from '../../../src/lib/cost/fields.js';
import { parseWorkloadFile } from '../../../src/lib/cost/workload-file.js';
import { complaintOf } from './complaint.js';

describe('a workload file', () => {
  it('is YAML with values as they are typed', () => {
    const text = [
      '# capacity plan',
      'region: us-east-1',
      'replica: [eu-west-1, ap-northeast-1]',
      'writes:',
      '  - 100M/day',
      '  - eu-west-1=5M/day',
      'stream-readers: 2',
      'pitr: true',
    ].join('\n');
    expect(Object.fromEntries(parseWorkloadFile(text, 'orders.yaml'))).toEqual({
      region: ['us-east-1'],
      replica: ['eu-west-1', 'ap-northeast-1'],
      writes: ['100M/day', 'eu-west-1=5M/day'],
      'stream-readers': ['2'],
      pitr: ['true'],
    });
  });

  it('may be JSON', () => {
    expect(parseWorkloadFile('{"writes": "1M/day", "pitr": false}', 'a.json')).toEqual(
      new Map([
        ['writes', ['1M/day']],
        ['pitr', []],
      ]),
    );
  });

  it('takes every field that a flag takes', () => {
    const text = workloadFields.map(({ name, value }) => `${name}: ${value === undefined ? 'true' : 'x'}`).join('\n');
    expect([...parseWorkloadFile(text, 'all.yaml').keys()]).toEqual(workloadFields.map(({ name }) => name));
  });

  it.each([
    ['write: 1M/day', 'w.yaml: there is no field write. Did you mean writes?'],
    ['item_size: 1KB', 'there is no field item_size. Did you mean item-size?'],
    ['colour: blue', 'there is no field colour. It has a field a line'],
    ['pitr: yes', 'pitr is true or false, not "yes"'],
    ['writes: {us-east-1: 5/s}', 'writes takes <rate>, not {"us-east-1":"5/s"}'],
    ['writes:', 'writes takes <rate>, not null'],
    ['storage: [1GB, 2GB]', 'storage takes one value, not a list'],
    ['writes: 1/s\nwrites: 2/s', 'is not YAML'],
    ['writes: [1/s', 'w.yaml is not YAML'],
    ['', 'does not describe a workload'],
    ['- writes', 'does not describe a workload'],
  ])('is refused when it says %j', (text, complaint) => {
    expect(complaintOf(() => parseWorkloadFile(text, 'w.yaml'))).toContain(complaint);
  });

  it('is beaten by what is typed, field by field', () => {
    const file = parseWorkloadFile('writes: 1/s\nreads: 2/s\npitr: false', 'w.yaml');
    expect(overlay(file, new Map([['writes', ['9/s']]]))).toEqual(
      new Map([
        ['writes', ['9/s']],
        ['reads', ['2/s']],
      ]),
    );
  });
});
