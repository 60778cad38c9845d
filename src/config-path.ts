import { join } from 'node:path';
import type { Env } from './lib/terminal/io.js';

/**
 * Where the config file lies: DDBX_CONFIG, or `ddbx/config.json` in XDG_CONFIG_HOME, in APPDATA (which Windows sets) or in
 * `~/.config`. Undefined when the environment names no home.
 */
export function configPath(env: Env): string | undefined {
  const own = set(env['DDBX_CONFIG']);
  if (own !== undefined) return own;
  const home = set(env['HOME']);
  const folder =
    set(env['XDG_CONFIG_HOME']) ?? set(env['APPDATA']) ?? (home === undefined ? undefined : join(home, '.config'));
  return folder === undefined ? undefined : join(folder, 'ddbx', 'config.json');
}

/** A variable's value; one that is set to nothing counts as not set. */
export function set(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
