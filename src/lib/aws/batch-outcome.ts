/** An entry of a batch call that was not done, and why. */
export interface BatchFailure<Entry> {
  readonly entry: Entry;
  /** AWS's own code, or `NoAnswer` for an entry that the answer does not mention. */
  readonly code: string;
  readonly message: string;
  /** True when the entry itself is at fault, so that sending it again cannot help. */
  readonly senderFault: boolean;
}

/**
 * What became of each entry of a batch call. A batch call succeeds as a whole while entries of it fail; so what was
 * done is told apart from what was not, and an entry counts as done only when AWS names it as done.
 */
export interface BatchOutcome<Entry> {
  readonly done: readonly Entry[];
  readonly failed: readonly BatchFailure<Entry>[];
}

/** An entry as AWS names it in `Failed`, of SQS and of SNS alike. */
interface WireFailure {
  readonly Id?: string | undefined;
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
  readonly SenderFault?: boolean | undefined;
}

/** The identifiers with which a batch is sent: an entry's place in it. */
export function batchIds<Entry>(entries: readonly Entry[]): readonly { readonly id: string; readonly entry: Entry }[] {
  return entries.map((entry, index) => ({ id: String(index), entry }));
}

/** Joins the two lists of an answer with the entries that were sent under `batchIds`. */
export function batchOutcome<Entry>(
  entries: readonly Entry[],
  successful: readonly { readonly Id?: string | undefined }[] | undefined,
  failed: readonly WireFailure[] | undefined,
): BatchOutcome<Entry> {
  const doneIds = new Set((successful ?? []).map(each => each.Id));
  const failureById = new Map((failed ?? []).map(each => [each.Id, each]));
  const done: Entry[] = [];
  const failures: BatchFailure<Entry>[] = [];
  for (const { id, entry } of batchIds(entries)) {
    const failure = failureById.get(id);
    if (failure === undefined && doneIds.has(id)) done.push(entry);
    else failures.push({ entry, ...wordsOf(failure) });
  }
  return { done, failed: failures };
}

function wordsOf(failure: WireFailure | undefined): Omit<BatchFailure<unknown>, 'entry'> {
  if (failure === undefined) {
    return { code: 'NoAnswer', message: 'the answer does not mention the entry', senderFault: false };
  }
  return {
    code: failure.Code ?? 'Unknown',
    message: failure.Message ?? failure.Code ?? 'no reason given',
    senderFault: failure.SenderFault ?? false,
  };
}
