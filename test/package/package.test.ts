import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const maxPackedBytes = 3_000_000;

interface PackReport {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

interface Manifest {
  readonly version: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: unknown;
  readonly optionalDependencies?: unknown;
  readonly peerDependencies?: unknown;
}

let folder: string;
let report: PackReport;
let manifest: Manifest;

/** Runs npm without the registry: whatever works here needs no network. */
async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd });
  return stdout;
}

async function folderFor(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  return path;
}

const tarball = (): string => join(folder, report.filename);

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'ddbx-package-')));
  const [packed] = JSON.parse(await npm(root, 'pack', '--json', '--pack-destination', folder)) as PackReport[];
  if (packed === undefined) throw new Error('npm pack made nothing');
  report = packed;
  const unpacked = await folderFor('unpacked');
  await run('tar', ['xzf', tarball(), '-C', unpacked]);
  manifest = JSON.parse(await readFile(join(unpacked, 'package', 'package.json'), 'utf8')) as Manifest;
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the packed tarball', () => {
  it('holds what is run and what is read, and nothing of how it is made', () => {
    const paths = report.files.map(file => file.path);
    const required = [
      'bin/ddbx.js',
      'dist/main.js',
      'docs/ddbx.1',
      'completions/ddbx.bash',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'THIRD_PARTY_LICENSES',
    ];
    expect(required.filter(path => !paths.includes(path))).toEqual([]);
    const known =
      /^(?:bin\/ddbx\.js|dist\/[\w.-]+\.js|completions\/[\w.-]+|docs\/ddbx\.1|package\.json|README\.md|CHANGELOG\.md|LICENSE|THIRD_PARTY_LICENSES)$/;
    expect(paths.filter(path => !known.test(path))).toEqual([]);
  });

  it('holds every script that the build made', async () => {
    const built = (await readdir(join(root, 'dist'))).filter(name => name.endsWith('.js'));
    const packed = report.files.map(file => file.path).filter(path => path.startsWith('dist/'));
    expect(packed.sort()).toEqual(built.map(name => `dist/${name}`).sort());
  });

  it('is smaller than 3 MB, unpacked too', async () => {
    expect((await stat(tarball())).size).toBe(report.size);
    expect(report.size).toBeLessThan(maxPackedBytes);
    expect(report.unpackedSize).toBeLessThan(maxPackedBytes);
  });

  it('depends on nothing, and runs no script where it is installed', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.optionalDependencies).toBeUndefined();
    expect(manifest.peerDependencies).toBeUndefined();
    const scripts = Object.keys(manifest.scripts ?? {});
    expect(scripts.filter(name => /^(?:pre|post)?install$/.test(name))).toEqual([]);
  });

  it('carries the licence of everything that is bundled', async () => {
    const text = await readFile(join(folder, 'unpacked', 'package', 'THIRD_PARTY_LICENSES'), 'utf8');
    for (const name of ['commander', 'chalk', 'ora', 'cli-table3', '@aws-sdk/client-dynamodb-streams']) {
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|Apache-2\\.0)\\)$`, 'm'));
    }
    expect(text).toContain('Apache License');
  });

  it('passes publint --strict', async () => {
    const bytes = await readFile(tarball());
    const tarballBytes = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const { messages, pkg } = await publint({ pack: { tarball: tarballBytes }, strict: true });
    expect(messages.map(message => formatMessage(message, pkg))).toEqual([]);
  });
});

describe('installed from the tarball', () => {
  it('runs in an empty folder, with no network', async () => {
    const cwd = await folderFor('local');
    await npm(cwd, 'install', tarball());
    const ddbx = async (...args: readonly string[]): Promise<string> =>
      (await run('npx', ['--no-install', 'ddbx', ...args], { cwd })).stdout;
    expect(await ddbx('--version')).toBe(`${manifest.version}\n`);
    expect(await ddbx('--help')).toContain('The operations CLI for DynamoDB Streams and Global Tables');
    // Comes from a chunk that is loaded only then.
    expect(await ddbx('completion', 'bash')).toContain('complete -');
    expect((await readdir(join(cwd, 'node_modules'))).filter(name => !name.startsWith('.'))).toEqual(['ddbx']);
  });

  it('runs as a global command, and is one package', async () => {
    const prefix = await folderFor('global');
    await npm(folder, 'install', '--global', '--prefix', prefix, tarball());
    const isWindows = process.platform === 'win32';
    const modules = isWindows ? join(prefix, 'node_modules') : join(prefix, 'lib', 'node_modules');
    expect(await readdir(modules)).toEqual(['ddbx']);
    const { stdout } = await run(isWindows ? join(prefix, 'ddbx.cmd') : join(prefix, 'bin', 'ddbx'), ['--version']);
    expect(stdout).toBe(`${manifest.version}\n`);
    if (!isWindows) expect(await readdir(join(prefix, 'share', 'man', 'man1'))).toEqual(['ddbx.1']);
  });
});
