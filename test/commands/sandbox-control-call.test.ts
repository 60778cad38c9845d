import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlOperations, parseInput, parseOperation, usageOf } from '../../src/commands/sandbox/control-call.js';
import { CONTROL_CATALOG } from '../../src/commands/sandbox/control-catalog.js';
import { type Sandbox, startSandbox } from '../../src/lib/sandbox/sandbox.js';

describe('a control operation on the command line', () => {
  it.each(['split-shard', 'splitShard'])('is known as %s', text => {
    expect(parseOperation(text)).toBe('splitShard');
  });

  it('suggests what was probably meant', () => {
    expect(() => parseOperation('split-shrd')).toThrow('did you mean split-shard');
    expect(() => parseOperation('fly')).toThrow('There is no control operation "fly".');
  });

  it.each([
    ['splitShard', ['table=Orders', 'shard-id=s=1'], { table: 'Orders', shardId: 's=1' }],
    ['advanceClock', ['ms=25h'], { ms: 90_000_000 }],
    ['advanceClock', ['ms=1500'], { ms: 1500 }],
    ['trim', ['table=Orders', 'all', 'olderThanMs=10m'], { table: 'Orders', all: true, olderThanMs: 600_000 }],
    ['failNext', ['operation=*', 'count=2', 'error=reset'], { operation: '*', count: 2, error: 'reset' }],
    [
      'failNext',
      ['operation=*', 'error={"status":400,"type":"A","message":"b c"}'],
      { operation: '*', error: { status: 400, type: 'A', message: 'b c' } },
    ],
    ['throttle', ['operation=GetRecords', 'perSecond=null'], { operation: 'GetRecords', perSecond: null }],
    ['setAccess', ['policies=null', 'verifySignatures=false'], { policies: null, verifySignatures: false }],
    ['status', [], {}],
    ['trim', ['{"table":"Orders","all":true}'], { table: 'Orders', all: true }],
  ] as const)('reads the input of %s from %j', (operation, words, input) => {
    expect(parseInput(operation, words)).toEqual(input);
  });

  it.each([
    ['splitShard', ['tabel=Orders'], 'split-shard has no member "tabel".'],
    ['status', ['now'], 'status has no member "now".'],
    ['splitShard', ['table'], 'table of split-shard takes a value.'],
    ['advanceClock', ['ms=soon'], '"soon" is not a duration'],
    ['failNext', ['count=many'], 'count must be a number, not "many".'],
    ['trim', ['{table}'], 'The input of trim is not JSON'],
  ] as const)('refuses the input of %s as %j', (operation, words, message) => {
    expect(() => parseInput(operation, words)).toThrow(message);
  });

  it('shows what must be said before what may', () => {
    const facts = controlOperations.get('trim');
    expect(facts && usageOf('trim', facts)).toBe('trim table= [region=] [shardId=] [upTo=] [olderThanMs=] [all]');
  });
});

describe('the catalog of control operations', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  it.each(Object.entries(CONTROL_CATALOG))('names the members that %s takes', async (name, { input }) => {
    const answer = await fetch(`${sandbox.url}/_ddbx/${name}`, { method: 'POST', body: '{"nobody":1}' });
    const members = input.map(member => member.name).join(', ') || 'no members';
    expect(await answer.json()).toEqual({ error: `${name}: There is no member "nobody"; there is: ${members}` });
  });
});
