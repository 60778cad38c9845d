import { type Command, Option } from 'commander';
import { looksLikeRegion } from '../../lib/aws/arn.js';
import { usageError } from '../../lib/model/error.js';
import { collected, wholeNumber } from '../verb.js';
import { parseRegion } from '../region.js';
import { refuseTwice } from './flags.js';

/** A replica that is asked for on the command line. */
export interface WantedReplica {
  readonly region: string;
  readonly kmsKey: string | undefined;
  readonly tableClass: 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS' | undefined;
  readonly readCapacity: number | undefined;
}

/** What is to be added to a table. */
export interface WantedReplicas {
  readonly replicas: readonly WantedReplica[];
  readonly consistency: 'eventual' | 'strong';
  readonly witness: string | undefined;
}

/** The flags that say how replicas are to be. */
export interface ReplicaFlags {
  readonly consistency: 'eventual' | 'strong';
  readonly witness?: string;
  readonly kmsKey?: readonly RegionValue[];
  readonly tableClass?: 'standard' | 'standard-infrequent-access';
  readonly readCapacity?: readonly RegionValue[];
}

/** `<region>=<value>` as it was typed. */
interface RegionValue {
  readonly region: string;
  readonly value: string;
}

/** Declares them; the same for check and add-replica. */
export function addReplicaOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--consistency <how>', 'how the Regions agree').choices(['eventual', 'strong']).default('eventual'),
    )
    .addOption(
      new Option('--witness <region>', 'with --consistency strong: a Region that only bears witness').argParser(
        parsedRegion,
      ),
    )
    .addOption(
      new Option(
        '--kms-key <region=key>',
        'the customer managed key of a replica, for a table with a key of its own',
      ).argParser(collected(parseRegionValue)),
    )
    .addOption(
      new Option('--table-class <class>', 'another table class for the replicas').choices([
        'standard',
        'standard-infrequent-access',
      ]),
    )
    .addOption(
      new Option(
        '--read-capacity <region=units>',
        'provisioned read capacity of a replica, where it is to differ',
      ).argParser(collected(parseRegionValue)),
    );
}

const parsedRegion = (text: string): string => collected(parseRegion)(text, undefined)[0] ?? text;

function parseRegionValue(text: string): RegionValue {
  const [region = '', ...rest] = text.split('=');
  const value = rest.join('=');
  if (looksLikeRegion(region) && value !== '') return { region, value };
  throw usageError(
    `"${text}" is not <region>=<value>.`,
    'Such as eu-west-1=arn:aws:kms:eu-west-1:111122223333:key/…, or eu-west-1=100.',
  );
}

/**
 * Checks how Regions and flags go together, before anything is asked of AWS.
 * @throws DdbxError `usage`
 */
export function wantedReplicas(regions: readonly string[], flags: ReplicaFlags): WantedReplicas {
  const { consistency, witness } = flags;
  refuseTwice(regions);
  if (witness !== undefined && consistency !== 'strong') {
    throw usageError(
      '--witness goes with --consistency strong only.',
      'An eventually consistent table has no witness.',
    );
  }
  if (witness !== undefined && regions.includes(witness)) {
    throw usageError(`${witness} cannot hold a replica and be the witness.`, 'Name two different Regions.');
  }
  const kmsKeys = byRegion(flags.kmsKey, regions, '--kms-key');
  for (const [region, key] of kmsKeys) refuseForeignKey(region, key);
  const capacities = byRegion(flags.readCapacity, regions, '--read-capacity');
  return {
    consistency,
    witness,
    replicas: regions.map(region => ({
      region,
      kmsKey: kmsKeys.get(region),
      tableClass:
        flags.tableClass === undefined
          ? undefined
          : flags.tableClass === 'standard'
            ? 'STANDARD'
            : 'STANDARD_INFREQUENT_ACCESS',
      readCapacity: capacityOf(capacities.get(region)),
    })),
  };
}

/** @throws DdbxError `usage` for the Region of the table itself */
export function refuseOwnRegion({ replicas, witness }: WantedReplicas, tableName: string, region: string): void {
  if (!replicas.some(replica => replica.region === region) && witness !== region) return;
  throw usageError(
    `${region} is the Region of ${tableName} that is asked; it needs no replica of itself.`,
    'Leave it out, or ask another Region with --region.',
  );
}

function byRegion(
  values: readonly RegionValue[] | undefined,
  regions: readonly string[],
  flag: string,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { region, value } of values ?? []) {
    if (!regions.includes(region)) {
      throw usageError(
        `${flag} names ${region}, which is not to be added.`,
        `The Regions to add: ${regions.join(', ')}.`,
      );
    }
    if (found.has(region)) throw usageError(`${flag} names ${region} twice.`, 'Name each Region once.');
    found.set(region, value);
  }
  return found;
}

function refuseForeignKey(region: string, key: string): void {
  const keyRegion = /^arn:[^:]+:kms:([^:]+):/.exec(key)?.[1];
  if (keyRegion === undefined || keyRegion === region) return;
  throw usageError(
    `The key for ${region} lies in ${keyRegion}, and a replica takes a key of its own Region.`,
    `Name a key of ${region}: aws kms list-aliases --region ${region}`,
  );
}

function capacityOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  try {
    return wholeNumber(1)(text);
  } catch {
    throw usageError(`--read-capacity takes a whole number of units, not "${text}".`, 'Such as eu-west-1=100.');
  }
}
