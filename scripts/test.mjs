// `npm test`: installs what is missing, then runs every stage, each to its end, and closes with `N passed, N failed`.
// `npm test -- --stages lint,types` runs some of them; `npm run check` is that.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { complain, ensureInstalled, localBin, root, say } from './set-up.mjs';

const minuteMs = 60_000;
const vitest = localBin('vitest', 'vitest.mjs');

/**
 * The stages in order. `args` are for Node; a `when` that is false means that there is nothing to run yet.
 * `vitest` stages count their tests; every other one counts as a single test.
 */
const stages = [
  { name: 'format', args: [localBin('@biomejs', 'biome/bin/biome'), 'format', '.'] },
  { name: 'lint', args: [localBin('eslint', 'bin/eslint.js'), '.', '--max-warnings=0'] },
  { name: 'types', args: [localBin('typescript', 'bin/tsc'), '-p', '.'] },
  { name: 'knip', args: [localBin('knip', 'bin/knip.js')] },
  {
    name: 'generated',
    args: [localBin('tsx', 'dist/cli.mjs'), join('scripts', 'generate.ts'), '--check'],
    when: () => existsSync(join(root, 'scripts', 'generate.ts')),
  },
  { name: 'build', args: [localBin('tsx', 'dist/cli.mjs'), join('scripts', 'build.ts')] },
  { name: 'tests', args: [vitest, 'run', '--exclude', 'test/package/**'], vitest: true },
  { name: 'package', args: [vitest, 'run', 'test/package'], vitest: true, when: () => hasTests('test/package') },
  {
    name: 'demo',
    args: [join('bin', 'ddbx.js'), 'demo'],
    when: () => ['demo.ts', 'demo'].some(name => existsSync(join(root, 'src', 'commands', name))),
  },
];

try {
  const chosen = chooseStages();
  ensureInstalled();
  const results = chosen.map(runStage);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const broken = results.filter(result => result.failed > 0);
  console.log('');
  for (const { name, failed: count } of broken) console.log(`failed: ${name} (${count})`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  process.exitCode = complain(error);
}

function chooseStages() {
  const { values } = parseArgs({ options: { stages: { type: 'string' } } });
  if (values.stages === undefined) return stages;
  const names = values.stages.split(',');
  const unknown = names.filter(name => !stages.some(stage => stage.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No stage is called ${unknown.join(', ')}; there are ${stages.map(({ name }) => name).join(', ')}.`,
    );
  }
  return stages.filter(({ name }) => names.includes(name));
}

function runStage(stage) {
  const { name, when } = stage;
  if (when !== undefined && !when()) {
    console.log(`\n== ${name}: nothing to run yet`);
    return { name, passed: 0, failed: 0 };
  }
  console.log(`\n== ${name}`);
  const startedAtMs = performance.now();
  const counts = stage.vitest === true ? runVitest(stage.args) : countOne(runNode(stage.args));
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  const outcome = counts.failed > 0 ? 'FAILED' : 'ok';
  console.log(
    `== ${name}: ${outcome} in ${seconds} s${stage.vitest === true ? ` (${counts.passed} passed, ${counts.failed} failed)` : ''}`,
  );
  return { name, ...counts };
}

/** True when it ended well. Without a terminal on stdin, and never for ever. */
function runNode(args) {
  const { status, signal, error } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 15 * minuteMs,
    killSignal: 'SIGKILL',
  });
  if (error !== undefined) say(error.message);
  else if (status !== 0) say(signal === null ? `exit code ${status}` : `ended by ${signal}`);
  return status === 0;
}

function countOne(isGood) {
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 };
}

function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'ddbx-test-'));
  const report = join(folder, 'report.json');
  try {
    const isGood = runNode([...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
    if (!existsSync(report)) return countOne(false);
    return countTests(JSON.parse(readFileSync(report, 'utf8')), isGood);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countTests({ numPassedTests, numFailedTests, testResults }, isGood) {
  // A file that could not even be loaded has no tests to count, and is one failure all the same.
  const unloadable = testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = numFailedTests + unloadable;
  // An error outside of any test, such as a promise that nobody caught, shows in the exit code alone.
  return { passed: numPassedTests, failed: failed === 0 && !isGood ? 1 : failed };
}

function hasTests(folder) {
  const path = join(root, folder);
  return existsSync(path) && readdirSync(path).some(name => name.endsWith('.test.ts'));
}
