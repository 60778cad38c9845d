// `npm run bench`: installs and builds what is missing, then runs every bench/*.bench.ts, one after the other.
// `npm run bench -- start-up` runs those whose name holds the word.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { complain, ensureBuilt, ensureInstalled, localBin, root, say } from './set-up.mjs';

try {
  ensureInstalled();
  ensureBuilt();
  const wanted = process.argv[2] ?? '';
  const benches = readdirSync(join(root, 'bench')).filter(name => name.endsWith('.bench.ts') && name.includes(wanted));
  if (benches.length === 0) throw new Error(`No bench in bench/ has a name with "${wanted}" in it.`);
  // Node reads this file at every start, which would be measured as ours.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  for (const name of benches) {
    say(`== ${name}`);
    const args = [localBin('tsx', 'dist/cli.mjs'), join(root, 'bench', name)];
    const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
} catch (error) {
  process.exitCode = complain(error);
}
