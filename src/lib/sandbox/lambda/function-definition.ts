/** Where a function's module is. */
export type FunctionSource =
  /** A module of the user's own, taken anew whenever it changes. */
  | { readonly kind: 'file'; readonly path: string }
  /** What was uploaded. */
  | { readonly kind: 'zip'; readonly zip: Buffer };

/** A function as it was registered or created. Plain data, apart from the bytes of its code. */
export interface FunctionDefinition {
  readonly name: string;
  /** Where it is; a function without a Region is there in every one. */
  readonly region: string | undefined;
  readonly source: FunctionSource;
  /** As Lambda writes it: the module's path without its ending, a dot, the name of the export. */
  readonly handler: string;
  readonly runtime: string;
  readonly role: string | undefined;
  readonly description: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly modifiedAtMs: number;
  /** From when on it can be invoked: FunctionState is Pending before. */
  readonly activeAtMs: number;
  /** From when on the last update is done: LastUpdateStatus is InProgress before. */
  readonly updatedAtMs: number;
}

/** What Lambda gives a function that says nothing about it. */
export const functionDefaults = {
  runtime: 'nodejs20.x',
  role: undefined,
  description: '',
  timeoutMs: 3_000,
  memoryMb: 128,
  environment: {},
} as const;

/** The name of the export in a handler: what stands behind its last dot. */
export function exportNameOf({ handler }: FunctionDefinition): string {
  return handler.slice(handler.lastIndexOf('.') + 1);
}
