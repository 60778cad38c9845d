import { join } from 'node:path';
import { set } from './config-path.js';
import type { Env } from './lib/terminal/io.js';

/**
 * Where ddbx keeps what it downloads (the price book): `ddbx` in XDG_DATA_HOME, in LOCALAPPDATA (which Windows sets) or in
 * `~/.local/share`. Undefined when the environment names no home.
 */
function dataFolder(env: Env): string | undefined {
  const home = set(env['HOME']);
  const folder =
    set(env['XDG_DATA_HOME']) ??
    set(env['LOCALAPPDATA']) ??
    (home === undefined ? undefined : join(home, '.local', 'share'));
  return folder === undefined ? undefined : join(folder, 'ddbx');
}

/** Where the downloaded price book lies. */
export function priceBookPath(env: Env): string | undefined {
  const folder = dataFolder(env);
  return folder === undefined ? undefined : join(folder, 'prices.json');
}
