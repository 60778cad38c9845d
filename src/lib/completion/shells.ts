/** The shells that ddbx has a completion script for. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** One of the shells that have a script. */
export type Shell = (typeof shells)[number];
