import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MappingFixture, printingHandler, startMappingFixture } from '../mapping-fixture.js';

describe('the traps of filters, as FACTS B.6 has them', () => {
  let fixture: MappingFixture;

  beforeEach(async () => {
    fixture = await startMappingFixture();
    await fixture.addFunction(printingHandler());
    const Item = { pk: { S: 'a' }, total: { N: '42' } };
    await fixture.dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item }));
  });
  afterEach(() => fixture.close());

  /** Whether a mapping with a pattern for the new image hands the item over. */
  const passes = async (newImage: object): Promise<boolean> => {
    const Pattern = JSON.stringify({ dynamodb: { NewImage: newImage } });
    await fixture.createAtRest({ FilterCriteria: { Filters: [{ Pattern }] } });
    return fixture.batches().length > 0;
  };

  it('B.6: a number is compared as the text that it is', async () => {
    expect(await passes({ total: { N: ['42'] } })).toBe(true);
  });

  it('B.6: numeric is taken, and never matches an N', async () => {
    expect(await passes({ total: { N: [{ numeric: ['>', 0] }] } })).toBe(false);
  });

  it('B.6: exists false above the leaf matches also where the attribute is there', async () => {
    expect(await passes({ total: [{ exists: false }] })).toBe(true);
  });

  it('B.6: exists false at the leaf does not', async () => {
    expect(await passes({ total: { N: [{ exists: false }] } })).toBe(false);
  });

  it('B.6: without the type of the attribute nothing matches', async () => {
    expect(await passes({ total: ['42'] })).toBe(false);
  });
});
