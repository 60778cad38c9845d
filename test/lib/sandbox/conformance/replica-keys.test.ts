import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EAST, EUROPE, type GlobalHarness, refusal, startGlobalHarness, WEST } from '../global-harness.js';

const MISSING = refusal(
  'One or more parameter values were invalid: KMSMasterKeyId must be specified for each replica.',
);

describe('keys of replicas, as FACTS D.3 and D.4 have them', () => {
  let global: GlobalHarness;
  let eastKey: string;
  let westKey: string;

  beforeEach(async () => {
    global = await startGlobalHarness();
    eastKey = global.control.createKey({ region: EAST }).arn;
    westKey = global.control.createKey({ region: WEST, keyId: 'west-key', alias: 'alias/orders' }).arn;
  });
  afterEach(() => global.close());

  const encrypted = () =>
    global.create({ SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: eastKey } });
  const add = (KMSMasterKeyId?: string, RegionName = WEST) =>
    global.replicas(EAST, { Create: { RegionName, ...(KMSMasterKeyId === undefined ? {} : { KMSMasterKeyId }) } });
  const status = async () => (await global.table(EAST))?.Replicas?.[0]?.ReplicaStatus;

  it('D.3: every Create of a table with a customer managed key needs a key', async () => {
    await encrypted();
    await expect(add()).rejects.toMatchObject(MISSING);
    await add(westKey);
    global.settle(2);
    expect((await global.table(EAST))?.Replicas?.[0]?.KMSMasterKeyId).toBe(westKey);
    expect((await global.table(WEST))?.SSEDescription).toMatchObject({ SSEType: 'KMS', KMSMasterKeyArn: westKey });
  });

  it.each([
    ['an id', 'west-key'],
    ['an alias', 'alias/orders'],
  ])('D.3: %s is looked up in the Region of the replica, and shown as an ARN', async (_, reference) => {
    await encrypted();
    await add(reference);
    global.settle(2);
    expect((await global.table(EAST))?.Replicas?.[0]?.KMSMasterKeyId).toBe(westKey);
  });

  it('D.3: one type of key for all replicas', async () => {
    await encrypted();
    await expect(add('alias/aws/dynamodb')).rejects.toMatchObject(
      refusal(
        'One or more parameter values were invalid: All replica keys must either be Customer Managed CMK or AWS Managed CMK.',
      ),
    );
  });

  it('D.3: a table with the key that DynamoDB owns takes none for its replicas', async () => {
    await global.create();
    await expect(add(westKey)).rejects.toMatchObject(MISSING);
  });

  it('D.3: a table with AWS’s own key gets that of each Region', async () => {
    await global.create({ SSESpecification: { Enabled: true } });
    await add();
    global.settle(2);
    const { KeyMetadata } = await global.kms(WEST).send(new DescribeKeyCommand({ KeyId: 'alias/aws/dynamodb' }));
    expect(KeyMetadata?.KeyManager).toBe('AWS');
    expect((await global.table(WEST))?.SSEDescription?.KMSMasterKeyArn).toBe(KeyMetadata?.Arn);
  });

  it('D.3: a key of another Region, one that is not there, and one that is disabled are refused', async () => {
    await encrypted();
    await expect(add(eastKey)).rejects.toMatchObject(
      refusal(
        'KMS validation error for region us-west-2: com.amazonaws.services.kms.model.NotFoundException: Invalid arn us-east-1',
      ),
    );
    await expect(add('nothing')).rejects.toMatchObject({
      message: expect.stringContaining("Key 'arn:aws:kms:us-west-2:111122223333:key/nothing' does not exist"),
    });
    global.control.disableKey({ region: WEST, keyId: westKey });
    await expect(add(westKey)).rejects.toMatchObject({
      message: expect.stringContaining('replica server-side encryption status is in UPDATING state'),
    });
  });

  it('D.2: a key that is disabled after the Create lets it vanish', async () => {
    await encrypted();
    await add(westKey);
    global.settle();
    expect(await status()).toBe('CREATING');
    global.control.disableKey({ region: WEST, keyId: westKey });
    global.settle();
    expect((await global.table(EAST))?.Replicas).toBeUndefined();
    await expect(global.table(WEST)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('D.3: the key of a replica is not changed from another Region', async () => {
    await encrypted();
    await add(westKey);
    global.settle(2);
    await expect(
      global.replicas(EAST, { Update: { RegionName: WEST, KMSMasterKeyId: westKey } }),
    ).rejects.toMatchObject(MISSING);
  });

  describe('a disabled key', () => {
    beforeEach(async () => {
      await encrypted();
      await add(westKey);
      global.settle(2);
      await global.put(EAST, { pk: { S: 'before' } });
      await global.get(WEST, 'before');
      global.control.disableKey({ region: WEST, keyId: westKey });
    });

    it('D.4: shows after a while, and its Region serves no items; the others go on', async () => {
      expect(await status()).toBe('ACTIVE');
      global.settle();
      expect(await status()).toBe('INACCESSIBLE_ENCRYPTION_CREDENTIALS');
      expect((await global.table(EAST))?.Replicas?.[0]?.ReplicaInaccessibleDateTime).toBeInstanceOf(Date);
      await expect(global.get(WEST, 'before')).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(
          `KMS key disabled error: com.amazonaws.services.kms.model.DisabledException: ${westKey}`,
        ),
      });
      await global.put(EAST, { pk: { S: 'meanwhile' } });
    });

    it('D.4: enabled again within 20 hours it catches up', async () => {
      global.settle();
      await global.put(EAST, { pk: { S: 'meanwhile' } });
      global.control.advanceClock({ ms: 19 * 3_600_000 });
      global.control.enableKey({ region: WEST, keyId: westKey });
      expect(await status()).toBe('ACTIVE');
      expect(await global.get(WEST, 'meanwhile')).toBeDefined();
    });

    it('D.4: after 20 hours the replica is a table of its own, for good', async () => {
      global.settle();
      global.control.advanceClock({ ms: 20 * 3_600_000 });
      expect((await global.table(EAST))?.Replicas).toBeUndefined();
      global.control.enableKey({ region: WEST, keyId: westKey });
      expect(await global.get(WEST, 'before')).toBeDefined();
      expect((await global.table(WEST))?.Replicas).toBeUndefined();
      await expect(add(westKey)).rejects.toMatchObject({
        message: expect.stringContaining('already existed as tables'),
      });
    });

    it('D.4: the broken replica can be deleted where it is', async () => {
      global.settle();
      await global.deleteTable(WEST);
      global.settle(3);
      expect((await global.table(EAST))?.Replicas).toBeUndefined();
    });
  });

  it('D.5: the type of encryption is one for all, the key each Region’s own', async () => {
    await global.create();
    await global.add(WEST);
    await global.add(EUROPE);
    const answer = await global.update(EAST, { SSESpecification: { Enabled: true, SSEType: 'KMS' } });
    expect(answer).toMatchObject({ TableStatus: 'ACTIVE', SSEDescription: { Status: 'UPDATING' } });
    await expect(global.update(EAST, { SSESpecification: { Enabled: false } })).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Server-Side Encryption is still being updated',
    });
    global.settle();
    for (const region of [WEST, EUROPE]) {
      const { SSEDescription } = (await global.table(region)) ?? {};
      expect(SSEDescription?.Status).toBe('ENABLED');
      expect(SSEDescription?.KMSMasterKeyArn).toContain(`:kms:${region}:`);
    }
  });

  it('D.5: a customer managed key cannot be given to a global table whose replicas have none', async () => {
    await global.create();
    await global.add(WEST);
    await expect(
      global.update(EAST, { SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: eastKey } }),
    ).rejects.toMatchObject(MISSING);
  });

  it('KMS says what a key is, and in its own words what is none', async () => {
    const { KeyMetadata } = await global.kms(WEST).send(new DescribeKeyCommand({ KeyId: 'alias/orders' }));
    expect(KeyMetadata).toMatchObject({ KeyId: 'west-key', Arn: westKey, KeyManager: 'CUSTOMER', KeyState: 'Enabled' });
    global.control.disableKey({ region: WEST, keyId: 'west-key' });
    const disabled = await global.kms(WEST).send(new DescribeKeyCommand({ KeyId: westKey }));
    expect(disabled.KeyMetadata).toMatchObject({ Enabled: false, KeyState: 'Disabled' });
    for (const [KeyId, message] of [
      [eastKey, 'Invalid arn us-east-1'],
      ['nothing', "Key 'arn:aws:kms:us-west-2:111122223333:key/nothing' does not exist"],
      ['alias/nothing', 'Alias arn:aws:kms:us-west-2:111122223333:alias/nothing is not found.'],
    ] as const) {
      await expect(global.kms(WEST).send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
        name: 'NotFoundException',
        message,
      });
    }
  });
});
