import { DescribeKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { type ServiceContext, call } from './call.js';

/** A key of KMS, as far as a table's encryption needs to know it. */
export interface EncryptionKey {
  readonly arn: string;
  /** `Enabled`, `Disabled`, `PendingDeletion` and so on. */
  readonly state: string;
  readonly usage: string;
  /** Symmetric keys alone encrypt tables: `SYMMETRIC_DEFAULT`. */
  readonly spec: string;
  /** `AWS` for a key that AWS manages in this account, such as alias/aws/dynamodb. */
  readonly manager: 'AWS' | 'CUSTOMER';
}

/** KMS in one Region. Every method throws AwsError. */
export interface KeysGateway {
  readonly region: string;
  /** @param keyId an id, an ARN, or an alias with its `alias/` */
  describeKey(keyId: string, signal?: AbortSignal): Promise<EncryptionKey>;
}

/** The gateway over the SDK's client. */
export function sdkKeysGateway(client: KMSClient, context: ServiceContext): KeysGateway {
  return {
    region: context.region,
    async describeKey(keyId, signal) {
      const command = new DescribeKeyCommand({ KeyId: keyId });
      const output = await call(context, 'DescribeKey', keyId, () =>
        client.send(command, signal === undefined ? {} : { abortSignal: signal }),
      );
      const key = output.KeyMetadata;
      return {
        arn: key?.Arn ?? keyId,
        state: key?.KeyState ?? 'Unknown',
        usage: key?.KeyUsage ?? 'Unknown',
        spec: key?.KeySpec ?? 'Unknown',
        manager: key?.KeyManager ?? 'CUSTOMER',
      };
    },
  };
}
