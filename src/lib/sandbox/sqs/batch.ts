import { AwsError } from '../aws-error.js';
import { asMembers, type Members, optionalList } from '../members.js';
import { queryCodeOf, required } from './sqs-error.js';

const MAX_ENTRIES = 10;
const ENTRY_ID = /^[\w-]{1,80}$/;

/** The entries of a batch; a batch that breaks a rule is refused whole. `shape` is what AWS calls an entry. */
export function batchEntries(input: Members, shape: string): readonly Members[] {
  const entries = (optionalList(input, 'Entries') ?? []).map(entry => asMembers(entry, 'An entry'));
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${shape} in the request.`);
  }
  if (entries.length > MAX_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const [at, entry] of entries.entries()) {
    const id = entry['Id'] === '' ? '' : required(entry, 'Id', `${shape}.${at + 1}.Id`);
    if (!ENTRY_ID.test(id)) {
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (seen.has(id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    seen.add(id);
  }
  return entries;
}

/** Does `run` for each entry; what one entry is refused for stands in `Failed`, and the others go on. */
export function runBatch(entries: readonly Members[], run: (entry: Members) => Readonly<Record<string, unknown>>) {
  const Successful: Record<string, unknown>[] = [];
  const Failed: Record<string, unknown>[] = [];
  for (const entry of entries) {
    const id = entry['Id'];
    try {
      Successful.push({ Id: id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: id, SenderFault: error.status < 500, Code: queryCodeOf(error.type), Message: error.message });
    }
  }
  return {
    ...(Successful.length === 0 ? {} : { Successful }),
    ...(Failed.length === 0 ? {} : { Failed }),
  };
}
