import { looksLikeRegion } from '../lib/aws/arn.js';
import type { Aws } from '../lib/aws/connection.js';
import { usageError } from '../lib/model/error.js';

/** A table or a queue as it was typed, with the Region that its ARN names. */
type Named = { readonly region?: string } & ({ readonly tableName: string } | { readonly queueName: string });

/**
 * The Region to ask about a table or a queue: that of the ARN when one was typed, else what flags, environment and profile say.
 * @throws DdbxError `usage` when --region contradicts the ARN
 * @throws AwsError `no-region` when nothing names a Region
 */
export async function regionFor(
  ref: Named,
  aws: Pick<Aws, 'defaultRegion'>,
  globals: { readonly region: string | undefined },
): Promise<string> {
  if (ref.region === undefined) return aws.defaultRegion();
  if (globals.region !== undefined && globals.region !== ref.region) {
    const name = 'tableName' in ref ? ref.tableName : ref.queueName;
    throw usageError(
      `--region ${globals.region} contradicts the ARN of ${name}, which lies in ${ref.region}.`,
      'Leave --region out: the Region of the ARN is used.',
    );
  }
  return ref.region;
}

/** Reads the name of a Region. @throws DdbxError `usage` for what cannot be one */
export function parseRegion(text: string): string {
  if (looksLikeRegion(text)) return text;
  throw usageError(`"${text}" is not the name of an AWS Region.`, 'Region names look like us-east-1 or eu-central-1.');
}
