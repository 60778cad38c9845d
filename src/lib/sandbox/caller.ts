/** The unique id of the one user that the sandbox knows, as AWS's documentation shows one. */
export const CALLER_ID = 'AIDACKCEVSQ6C2EXAMPLE';
