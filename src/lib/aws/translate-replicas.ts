import type { AwsError } from './aws-error.js';
import { nameOf, place, type Translation } from './translation.js';

const table = (error: AwsError): string => error.resource ?? '<table>';

/** What a pattern caught in AWS's text, or `otherwise`. */
const caught = (error: AwsError, pattern: RegExp, otherwise: string): string =>
  pattern.exec(error.message)?.[1] ?? otherwise;

/** What AWS says about replicas (FACTS D, samples/errors.json), in plain words with the next step. */
export const replicaTranslations: readonly Translation[] = [
  {
    text: /more than one create or delete replica actions not allowed/,
    words: error => ({
      code: 'one-replica-at-a-time',
      message: `AWS adds or removes one replica of ${nameOf(error)} in one call, not several.`,
      hint: `ddbx global add-replica ${table(error)} <region>... does them one after another.`,
    }),
  },
  {
    text: /Cannot add(?:, delete, or update| or delete) the local region through ReplicaUpdates/,
    words: error => ({
      code: 'own-region',
      message: `${error.region} is the Region that was asked, and it cannot add or remove itself as a replica of ${nameOf(error)}.`,
      hint: 'Name another Region, or send the request to another replica with --region.',
    }),
  },
  {
    text: /one or more replicas already existed as tables/,
    words: error => ({
      code: 'replica-name-taken',
      message: `A table called ${table(error)} is there already in the Region of the new replica; a replica that is still being deleted counts too.`,
      hint: `ddbx global check ${table(error)} --add <region> shows which. Wait until a deletion is done, or move the other table away: AWS does not join two tables.`,
    }),
  },
  {
    text: /one or more replicas were not part of the global table/,
    words: error => ({
      code: 'not-a-replica',
      message: `${caught(error, /replicas: \[([^\]]*)\]/, 'That Region')} holds no replica of ${nameOf(error)}.`,
      hint: `ddbx global status ${table(error)} shows the Regions that do.`,
    }),
  },
  {
    text: /Region \S+ is not supported\. The latest version of global tables are only supported/,
    words: error => ({
      code: 'region-not-supported',
      message: `AWS has no global tables in ${caught(error, /Region (\S+) is not supported/, 'that Region')}.`,
      hint: `It names these: ${caught(error, /following regions: \[([^\]]*)\]/, 'none')}`,
    }),
  },
  {
    text: /User is missing the permissions since the region is disabled/,
    words: error => {
      const region = caught(error, /region: [‘'"]?([a-z0-9-]+)/, 'the Region');
      return {
        code: 'region-disabled',
        message: `${region} is switched off for this account.`,
        hint: `Enable it (aws account enable-region --region-name ${region}, some minutes), then run the same command.`,
      };
    },
  },
  {
    text: /Table write capacity should either be Pay-Per-Request or AutoScaled/,
    words: error => ({
      code: 'no-write-scaling',
      message: `${nameOf(error)}${place(error)} has provisioned write capacity without auto scaling, and AWS replicates no such table.`,
      hint: `Bill it on demand (aws dynamodb update-table --table-name ${table(error)} --billing-mode PAY_PER_REQUEST), or register a scaling target and a policy for its writes.`,
    }),
  },
  {
    text: /GSI write capacity should either be Pay-Per-Request or AutoScaled/i,
    words: error => ({
      code: 'no-index-write-scaling',
      message: `An index of ${nameOf(error)}${place(error)} has provisioned write capacity without auto scaling, and AWS replicates no such table.`,
      hint: `ddbx global check ${table(error)} --add <region> names the index. Register a scaling target and a policy for it, or bill the table on demand.`,
    }),
  },
  {
    text: /KMSMasterKeyId must be specified for each replica/,
    words: error => ({
      code: 'kms-key-missing',
      message: `${nameOf(error)}${place(error)} is encrypted with a customer managed key, so every replica needs a key of its own Region.`,
      hint: `ddbx global add-replica ${table(error)} <region> --kms-key <region>=<key ARN>`,
    }),
  },
  {
    text: /Requests that modify replicas or witnesses must not also modify other fields/,
    words: error => ({
      code: 'replicas-alone',
      message: `AWS changes the replicas of ${nameOf(error)} only in a call that changes nothing else.`,
      hint: 'Change the other settings in a call of their own.',
    }),
  },
  {
    text: /it has acted as a source region for new replica/,
    words: error => ({
      code: 'source-lock',
      message: `A Region of ${nameOf(error)} cannot be removed: within the last 24 hours another replica was filled from it.`,
      hint: `Remove that younger replica first (the lock goes with it), or wait until the 24 hours are over. ddbx global remove-replica removes several Regions in the order that works.`,
    }),
  },
  {
    text: /Cannot delete table \S+ in region \S+ because it has deletion protection enabled/,
    words: error => {
      const region = caught(error, /in region (\S+)/, 'that Region');
      return {
        code: 'deletion-protected',
        message: `${nameOf(error)} in ${region} is protected against deletion.`,
        hint: `To take the protection off: aws dynamodb update-table --table-name ${table(error)} --region ${region} --no-deletion-protection-enabled`,
      };
    },
  },
  {
    text: /Unsupported replica count for global tables with MultiRegionConsistency set to STRONG/,
    words: error => ({
      code: 'strong-needs-three',
      message: `A strongly consistent global table has exactly three Regions: ${error.region} and two replicas, or ${error.region}, one replica and a witness.`,
      hint: `ddbx global add-replica ${table(error)} <region> <region> --consistency strong, or <region> --witness <region>`,
    }),
  },
  {
    text: /Unsupported Region\(s\) specified for global tables with MultiRegionConsistency set to STRONG/,
    words: error => ({
      code: 'strong-region-not-supported',
      message: `AWS has no strongly consistent global tables in ${caught(error, /STRONG: \[([^\]]*)\]/, 'one of these Regions')}.`,
      hint: 'Choose other Regions, or eventual consistency (leave --consistency out).',
    }),
  },
  {
    text: /MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates/,
    words: () => ({
      code: 'witness-needs-strong',
      message: 'Only a strongly consistent global table has a witness.',
      hint: 'Add --consistency strong, or leave --witness out.',
    }),
  },
  {
    text: /Cannot add replicas to a global table with strong MultiRegionConsistency/,
    words: error => ({
      code: 'strong-is-frozen',
      message: `${nameOf(error)} is strongly consistent, and AWS neither adds nor removes single Regions of such a group.`,
      hint: `ddbx global remove-replica ${table(error)} --all takes the whole group down; then it can be made anew, from an empty table.`,
    }),
  },
  {
    text: /MultiRegionConsistency parameter is unsupported on existing global table/,
    words: error => ({
      code: 'consistency-is-frozen',
      message: `${nameOf(error)} is a global table already, and AWS does not change the consistency of one.`,
      hint: `Remove all its replicas first: ddbx global remove-replica ${table(error)} --all`,
    }),
  },
  {
    text: /Deletion of only one table replica is not supported for global tables with MultiRegionConsistency|delete operation does not include all witnesses/,
    words: error => ({
      code: 'strong-goes-whole',
      message: `${nameOf(error)} is strongly consistent: its other replicas and its witness go in one call, or not at all.`,
      hint: `ddbx global remove-replica ${table(error)} --all`,
    }),
  },
  {
    text: /Only ENABLED and DISABLED settings replication are supported for a Regional Table/,
    words: error => ({
      code: 'settings-replication',
      message: `The settings replication of ${nameOf(error)} cannot be set to ENABLED_WITH_OVERRIDES: AWS gives that to global tables by itself.`,
      hint: 'Leave it out.',
    }),
  },
  {
    text: /global tables version 2017\.11\.29 is not supported/,
    words: () => ({
      code: 'legacy-global-table',
      message: 'AWS makes no more global tables of the version 2017.11.29.',
      hint: 'ddbx global add-replica makes one of the present version, 2019.11.21.',
    }),
  },
  {
    text: /Global table with name: '[^']*' does not exist/,
    words: error => ({
      code: 'no-legacy-global-table',
      message: `${nameOf(error)}${place(error)} is no global table of the version 2017.11.29.`,
      hint: `ddbx global status ${table(error)} shows what it is.`,
    }),
  },
  {
    text: /Subscriber limit exceeded/i,
    words: error => ({
      code: 'account-limit',
      message: `The account has reached a limit${place(error)}, and AWS refuses the change of ${nameOf(error)}: ${error.message}`,
      hint: 'Wait until other changes are done, or have the quota raised (aws service-quotas list-service-quotas --service-code dynamodb).',
    }),
  },
];
