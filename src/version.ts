import { createRequire } from 'node:module';

/** Written in by the build; absent when the sources run as they are (tsx, vitest). */
declare const __DDBX_VERSION__: string | undefined;

/** The version of this package, as `ddbx --version` prints it. */
export const version: string = typeof __DDBX_VERSION__ === 'string' ? __DDBX_VERSION__ : versionOfTheCheckout();

function versionOfTheCheckout(): string {
  const manifest = createRequire(import.meta.url)('../package.json') as { readonly version: string };
  return manifest.version;
}
