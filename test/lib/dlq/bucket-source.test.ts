import { beforeEach, describe, expect, it } from 'vitest';
import { parseBucketPrefix } from '../../../src/lib/dlq/bucket-prefix.js';
import { bucketSource } from '../../../src/lib/dlq/bucket-source.js';
import { type FakeObjects, fakeObjects } from '../../support/fake-objects.js';
import { drainStage } from './drain-stage.js';
import { sampleBody } from './samples.js';

const PLACE = { bucket: 'failures', prefix: 'aws/lambda/' };
const BODY = sampleBody('s3-object.documented-string-payload');
let objects: FakeObjects;

beforeEach(() => {
  objects = fakeObjects(4);
  for (let index = 0; index < 11; index += 1) objects.stored.set(`failures/aws/lambda/uuid/${index}`, BODY);
});

describe('a place in S3', () => {
  it.each([
    ['s3://failures', { bucket: 'failures', prefix: '' }],
    ['s3://failures/', { bucket: 'failures', prefix: '' }],
    ['s3://my.failures/aws/lambda/14e0db71', { bucket: 'my.failures', prefix: 'aws/lambda/14e0db71' }],
  ])('%s', (text, expected) => {
    expect(parseBucketPrefix(text)).toEqual(expected);
  });

  it.each(['s3://', 's3:/failures', 's3://UPPER/x', 'failures', 's3://a'])('%s is none', text => {
    expect(() => parseBucketPrefix(text)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

describe('draining a bucket', () => {
  it('takes every object once, and deletes it when it is delivered', async () => {
    const stage = drainStage();
    const { totals } = await stage.run({ source: bucketSource(objects, PLACE, undefined) });
    expect(totals).toMatchObject({ taken: 11, deleted: 11, records: { delivered: 11 } });
    expect(objects.stored.size).toBe(0);
  });

  it('moves the objects below another prefix, and does not take them from there again', async () => {
    const stage = drainStage();
    await stage.run({ source: bucketSource(objects, PLACE, 'aws/lambda/done') });
    expect([...objects.stored.keys()].sort()[0]).toBe('failures/aws/lambda/done/uuid/0');
    expect(objects.stored.size).toBe(11);
    const again = await stage.run({ source: bucketSource(objects, PLACE, 'aws/lambda/done') });
    expect(again.totals.taken).toBe(0);
  });

  it('leaves what it cannot read as a failure message, and all of it in a rescue', async () => {
    objects.stored.set('failures/aws/lambda/readme.txt', 'hello');
    const stage = drainStage();
    const { totals } = await stage.run({ source: bucketSource(objects, PLACE, undefined), keep: true });
    expect(totals).toMatchObject({ taken: 12, kept: 11, foreign: 1 });
    expect(objects.stored.size).toBe(12);
  });

  it('passes over what somebody else has removed meanwhile', async () => {
    const stage = drainStage();
    objects.fails = call => (/^get .*\/[0-4]$/.test(call) ? 'not-found' : undefined);
    const { totals } = await stage.run({ source: bucketSource(objects, PLACE, undefined) });
    expect(totals.taken).toBe(6);
  });

  it('says when an object cannot be deleted', async () => {
    const stage = drainStage();
    objects.fails = call => (call === 'delete failures/aws/lambda/uuid/3' ? 'denied' : undefined);
    const { totals } = await stage.run({ source: bucketSource(objects, PLACE, undefined) });
    expect(totals).toMatchObject({ deleted: 10, failed: 1 });
    expect([...objects.stored.keys()]).toEqual(['failures/aws/lambda/uuid/3']);
  });
});
