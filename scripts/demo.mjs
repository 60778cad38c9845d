// `npm run demo`: installs what is missing, builds what is old, and plays the tour: `ddbx demo`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { complain, ensureBuilt, ensureInstalled, root } from './set-up.mjs';

try {
  ensureInstalled();
  ensureBuilt();
  const demo = spawnSync(process.execPath, [join(root, 'bin', 'ddbx.js'), 'demo', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (demo.error !== undefined) throw demo.error;
  process.exitCode = demo.status ?? 130;
} catch (error) {
  process.exitCode = complain(error);
}
