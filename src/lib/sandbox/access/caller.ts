/** The credentials of AWS's documentation, which are the only ones that the sandbox knows. */
export const CALLER = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  /** The unique id, as messages in queues show who sent them. */
  userId: 'AIDACKCEVSQ6C2EXAMPLE',
} as const;

/** Who the caller is, in an account. */
export function callerArn(account: string): string {
  return `arn:aws:iam::${account}:user/sandbox`;
}
