import { describe, expect, it } from 'vitest';
import { parseMappingRef } from '../../../src/lib/esm/mapping-ref.js';
import { resolveMapping } from '../../../src/lib/esm/resolve-mapping.js';
import { fakeClock } from '../../support/fake-clock.js';
import { type FakeMapping, fakeFunctionArn, fakeMappings, fakeUuid } from '../../support/fake-mappings.js';
import { fakeStreamArn } from '../../support/fake-tables.js';

const clock = fakeClock(Date.UTC(2026, 10, 23));
const NEW_STREAM = fakeStreamArn('Orders', '2026-11-22T08:00:00.000');

const resolve = (text: string, mappings: readonly FakeMapping[]) =>
  resolveMapping(fakeMappings(clock, mappings), parseMappingRef(text));

describe('resolveMapping', () => {
  it('finds a mapping by its UUID, with what its ARNs say', async () => {
    expect(await resolve(fakeUuid(1), [{}])).toMatchObject({
      uuid: fakeUuid(1),
      tableName: 'Orders',
      functionName: 'orders-indexer',
      stream: { label: '2026-11-20T10:11:12.123' },
    });
  });

  it('finds the one between a table and a function', async () => {
    const others: readonly FakeMapping[] = [
      { uuid: fakeUuid(2), functionArn: fakeFunctionArn('audit') },
      { uuid: fakeUuid(3), eventSourceArn: fakeStreamArn('Customers', '2026-11-20T10:11:12.123') },
    ];
    expect((await resolve('Orders:orders-indexer', [...others, {}])).uuid).toBe(fakeUuid(1));
  });

  it('finds a mapping of an alias when the function is typed without one', async () => {
    const found = await resolve('Orders:orders-indexer', [{ functionArn: fakeFunctionArn('orders-indexer:live') }]);
    expect(found.functionName).toBe('orders-indexer:live');
  });

  it('asks again for a mapping whose filters a list does not show', async () => {
    const kmsKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1';
    const filters = ['{"eventName":["INSERT"]}'];
    const found = await resolve('Orders:orders-indexer', [{ settings: { kmsKeyArn, filters } }]);
    expect(found.settings.filters).toEqual(filters);
  });

  it('lists two that fit, and leaves the choice to the user', async () => {
    const both: readonly FakeMapping[] = [{}, { uuid: fakeUuid(2), eventSourceArn: NEW_STREAM, state: 'Disabled' }];
    await expect(resolve('Orders:orders-indexer', both)).rejects.toMatchObject({
      code: 'several-mappings',
      exitCode: 2,
      message: [
        '2 event source mappings lead from Orders to orders-indexer:',
        `  ${fakeUuid(1)}  orders-indexer (Enabled), stream 2026-11-20T10:11:12.123`,
        `  ${fakeUuid(2)}  orders-indexer (Disabled), stream 2026-11-22T08:00:00.000`,
      ].join('\n'),
    });
    expect((await resolve(`${NEW_STREAM}:orders-indexer`, both)).uuid).toBe(fakeUuid(2));
  });

  it('refuses a mapping of another source by name', async () => {
    const queue = 'arn:aws:sqs:eu-central-1:111122223333:jobs';
    await expect(resolve(fakeUuid(1), [{ eventSourceArn: queue }])).rejects.toMatchObject({
      code: 'not-a-dynamodb-mapping',
      exitCode: 2,
      message: `Mapping ${fakeUuid(1)} reads an SQS queue (${queue}), not a DynamoDB stream.`,
    });
  });

  it('says what is not there, and what was probably meant', async () => {
    await expect(resolve(fakeUuid(9), [{}])).rejects.toMatchObject({ code: 'mapping-not-found', exitCode: 1 });
    await expect(resolve('Orders:order-indexer', [{}])).rejects.toMatchObject({
      message: 'No event source mapping leads from Orders to order-indexer in eu-central-1.',
      hint: expect.stringContaining('Did you mean Orders:orders-indexer?') as string,
    });
  });

  it('looks through all mappings when Lambda does not know the function any more', async () => {
    const mappings = fakeMappings(clock, [{}]);
    mappings.failNext('list', 'not-found');
    const found = await resolveMapping(mappings, parseMappingRef('Orders:orders-indexer'));
    expect(found.uuid).toBe(fakeUuid(1));
    expect(mappings.calls).toEqual(['list orders-indexer', 'list']);
  });

  it('hands other failures on', async () => {
    const mappings = fakeMappings(clock, [{}]);
    mappings.failNext('get', 'denied');
    await expect(resolveMapping(mappings, parseMappingRef(fakeUuid(1)))).rejects.toMatchObject({ kind: 'denied' });
  });
});
