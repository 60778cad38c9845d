import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../src/lib/aws/aws-error.js';
import { classifyFailure } from '../../../src/lib/aws/classify.js';
import { translateAwsError } from '../../../src/lib/aws/translate.js';

/** A refused UpdateTable of Orders, as the gateway makes it of AWS's text. */
function refused(message: string, code = 'ValidationException'): AwsError {
  return new AwsError({
    kind: classifyFailure({ name: code, message, systemCode: undefined, statusCode: 400 }),
    code,
    message,
    service: 'dynamodb',
    operation: 'UpdateTable',
    region: 'us-east-1',
    resource: 'Orders',
  });
}

describe('what AWS says about replicas', () => {
  // The texts are those of AWS, with the typographic quotes and the "a the" that it has (FACTS D, samples/errors.json).
  it.each<[text: string, code: string, message: RegExp, hint: RegExp]>([
    [
      'Update table operation with more than one create or delete replica actions not allowed',
      'one-replica-at-a-time',
      /one replica of Orders in one call/,
      /ddbx global add-replica Orders <region>/,
    ],
    [
      'Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.',
      'own-region',
      /^us-east-1 is the Region that was asked/,
      /--region/,
    ],
    [
      'Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.',
      'own-region',
      /^us-east-1 is the Region that was asked/,
      /--region/,
    ],
    [
      'Failed to create a the new replica of table with name: ‘Orders’ because one or more replicas already existed as tables.',
      'replica-name-taken',
      /^A table called Orders is there already/,
      /ddbx global check Orders --add/,
    ],
    [
      'Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [eu-west-1].',
      'not-a-replica',
      /^eu-west-1 holds no replica of Orders/,
      /ddbx global status Orders/,
    ],
    [
      'Region mars-1 is not supported. The latest version of global tables are only supported in the following regions: [us-east-1, eu-west-1]',
      'region-not-supported',
      /no global tables in mars-1\.$/,
      /us-east-1, eu-west-1/,
    ],
    [
      'Failed to access the region: ‘ap-east-1’. User is missing the permissions since the region is disabled.',
      'region-disabled',
      /^ap-east-1 is switched off for this account/,
      /enable-region --region-name ap-east-1/,
    ],
    [
      'Table write capacity should either be Pay-Per-Request or AutoScaled.',
      'no-write-scaling',
      /^Orders in us-east-1 has provisioned write capacity without auto scaling/,
      /--billing-mode PAY_PER_REQUEST/,
    ],
    [
      'GSI write capacity should either be Pay-Per-Request or AutoScaled.',
      'no-index-write-scaling',
      /^An index of Orders/,
      /ddbx global check Orders/,
    ],
    [
      'One or more parameter values were invalid: KMSMasterKeyId must be specified for each replica.',
      'kms-key-missing',
      /customer managed key/,
      /--kms-key <region>=<key ARN>/,
    ],
    [
      'Requests that modify replicas or witnesses must not also modify other fields',
      'replicas-alone',
      /changes nothing else/,
      /a call of their own/,
    ],
    [
      'Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.',
      'source-lock',
      /24 hours another replica was filled from it/,
      /Remove that younger replica first/,
    ],
    [
      'Cannot delete table Orders in region eu-west-1 because it has deletion protection enabled. Disable deletion protection first.',
      'deletion-protected',
      /^Orders in eu-west-1 is protected against deletion/,
      /--region eu-west-1 --no-deletion-protection-enabled/,
    ],
    [
      'Unsupported replica count for global tables with MultiRegionConsistency set to STRONG.',
      'strong-needs-three',
      /exactly three Regions/,
      /--witness/,
    ],
    [
      'Unsupported Region(s) specified for global tables with MultiRegionConsistency set to STRONG: [us-west-1].',
      'strong-region-not-supported',
      /in us-west-1\.$/,
      /other Regions/,
    ],
    [
      'MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates parameter is present.',
      'witness-needs-strong',
      /has a witness/,
      /--consistency strong/,
    ],
    [
      'Cannot add replicas to a global table with strong MultiRegionConsistency',
      'strong-is-frozen',
      /neither adds nor removes single Regions/,
      /--all takes the whole group down/,
    ],
    [
      'MultiRegionConsistency parameter is unsupported on existing global table',
      'consistency-is-frozen',
      /does not change the consistency/,
      /ddbx global remove-replica Orders --all/,
    ],
    [
      'Deletion of only one table replica is not supported for global tables with MultiRegionConsistency set to STRONG.',
      'strong-goes-whole',
      /in one call, or not at all/,
      /--all/,
    ],
    [
      'Update table delete operation does not include all witnesses.',
      'strong-goes-whole',
      /in one call, or not at all/,
      /--all/,
    ],
    [
      "Value 'ENABLED_WITH_OVERRIDES' at 'GlobalTableSettingsReplicationMode' failed to satisfy constraint: Only ENABLED and DISABLED settings replication are supported for a Regional Table.",
      'settings-replication',
      /cannot be set to ENABLED_WITH_OVERRIDES/,
      /Leave it out/,
    ],
    [
      'One or more parameter values were invalid: DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29 (Legacy).',
      'legacy-global-table',
      /no more global tables of the version 2017/,
      /2019\.11\.21/,
    ],
  ])('%s', (text, code, message, hint) => {
    const words = translateAwsError(refused(text));
    expect(words).toMatchObject({ code, exitCode: 1 });
    expect(words.message).toMatch(message);
    expect(words.hint).toMatch(hint);
  });

  it('tells an account at its limit from one that is throttled', () => {
    const text = 'Subscriber limit exceeded: There is a limit of 500 control plane operations';
    expect(translateAwsError(refused(text, 'LimitExceededException'))).toMatchObject({
      code: 'account-limit',
      message: expect.stringContaining(text),
    });
    expect(translateAwsError(refused('Rate exceeded', 'ThrottlingException')).code).toBe('throttled');
  });

  it('says of a legacy name that it is none', () => {
    const text = "Global table not found: Global table with name: 'Orders' does not exist.";
    expect(translateAwsError(refused(text, 'GlobalTableNotFoundException')).code).toBe('no-legacy-global-table');
  });

  it('takes a write that lost against another Region for one to repeat', () => {
    expect(refused('conflict', 'ReplicatedWriteConflictException').kind).toBe('in-use');
  });
});
