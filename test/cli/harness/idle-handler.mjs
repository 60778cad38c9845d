/** A function that is there to be named: its mapping is not enabled. */
export const handler = async () => ({});
