// What a fresh clone needs before anything else can run: the dependencies, and the built program.
// Plain JavaScript on Node's own modules, because it runs before anything is installed. All it says goes to stderr.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What `dist` is made from. A folder counts too: its own time changes when a file in it is added or removed. */
const buildInputs = ['src', 'scripts/build.ts', 'scripts/build', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Runs `npm ci` when what package-lock.json asks for is not what node_modules holds; throws when that fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  say('Installing the development dependencies (npm ci); this needs the package registry, once.');
  // No install script is run: nothing here needs one, and `prepare` would come back to this very function.
  npm(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Builds `dist` when it is missing or older than what it is made from; throws when that fails. */
export function ensureBuilt() {
  if (!isStale()) return;
  say('Building dist.');
  build();
}

/** Builds `dist` and THIRD_PARTY_LICENSES; throws when that fails. */
export function build() {
  run(process.execPath, [localBin('tsx', 'dist/cli.mjs'), join(root, 'scripts', 'build.ts')]);
}

/** The path of a development tool's own script, so that it starts without a shell or npx in between. */
export function localBin(name, script) {
  return join(root, 'node_modules', name, script);
}

/** Prints a line to the person at the terminal, never to a pipe. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Prints what went wrong, without a stack, and gives the exit code for it. */
export function complain(error) {
  say(error instanceof Error ? error.message : String(error));
  return 1;
}

function isInstalled() {
  // npm keeps a record of what it put into node_modules, last of all, so an interrupted install has none.
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  const wanted = packagesOf(join(root, 'package-lock.json')) ?? {};
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? entry.optional === true : found.integrity === entry.integrity;
  });
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function isStale() {
  const entry = join(root, 'dist', 'main.js');
  if (!existsSync(entry) || !existsSync(join(root, 'THIRD_PARTY_LICENSES'))) return true;
  // The build sets this time to the moment it began to read, so a file saved meanwhile counts as newer.
  const builtAtMs = statSync(entry).mtimeMs;
  return buildInputs.some(input => newestMs(join(root, input)) > builtAtMs);
}

function newestMs(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map(name => newestMs(join(path, name))));
}

function npm(args) {
  // Started by npm, its own script is known and no shell is needed to find it.
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) run(process.execPath, [script, ...args]);
  else run('npm', args, { shell: process.platform === 'win32' });
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} ended with exit code ${status}`);
}
