import { describe, expect, it } from 'vitest';
import { parseRegion, regionFor } from '../../src/commands/region.js';
import { parseTableRef } from '../../src/lib/aws/arn.js';

const aws = { defaultRegion: async () => 'us-east-1' };
const inFrankfurt = parseTableRef('arn:aws:dynamodb:eu-central-1:111122223333:table/Orders');

describe('regionFor', () => {
  it('asks flags, environment and profile about a bare name', async () => {
    expect(await regionFor({ tableName: 'Orders' }, aws, { region: 'us-east-1' })).toBe('us-east-1');
  });

  it('lets the ARN win over what is configured', async () => {
    expect(await regionFor(inFrankfurt, aws, { region: undefined })).toBe('eu-central-1');
    expect(await regionFor(inFrankfurt, aws, { region: 'eu-central-1' })).toBe('eu-central-1');
  });

  it('does not need a configured Region beside an ARN', async () => {
    const none = { defaultRegion: () => Promise.reject(new Error('no Region')) };
    expect(await regionFor(inFrankfurt, none, { region: undefined })).toBe('eu-central-1');
  });

  it('refuses a --region that contradicts the ARN', async () => {
    await expect(regionFor(inFrankfurt, aws, { region: 'us-east-1' })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/us-east-1.*eu-central-1/),
    });
  });

  it('asks the configured Region about the ARN of an emulator that has none', async () => {
    const local = parseTableRef('arn:aws:dynamodb:ddblocal:000000000000:table/Orders');
    expect(await regionFor(local, aws, { region: 'us-east-1' })).toBe('us-east-1');
  });
});

describe('parseRegion', () => {
  it.each(['us-east-1', 'eu-central-1', 'us-gov-west-1', 'ap-southeast-7'])('takes %s', region => {
    expect(parseRegion(region)).toBe(region);
  });

  it.each(['', 'us-east', 'US-EAST-1', 'us-east-1a', 'Frankfurt'])('refuses "%s"', text => {
    expect(() => parseRegion(text)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
