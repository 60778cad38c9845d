import { isAwsError } from '../aws/aws-error.js';

/** What was found out, or why it could not be: one Region's silence must not hide the others. */
export type Looked<Value> =
  | { readonly known: true; readonly value: Value }
  | { readonly known: false; readonly error: unknown };

/**
 * Keeps the failure of a look as a value.
 * @throws the failure all the same when the look was interrupted, or when it is no failure of AWS, but a bug
 */
export async function look<Value>(asking: Promise<Value>): Promise<Looked<Value>> {
  try {
    return { known: true, value: await asking };
  } catch (error) {
    if (!isAwsError(error) || error.kind === 'aborted') throw error;
    return { known: false, error };
  }
}

/** The value, or undefined where it is not known. */
export function valueOf<Value>(looked: Looked<Value>): Value | undefined {
  return looked.known ? looked.value : undefined;
}
