import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { DdbxError } from '../model/error.js';
import type { ExportFile, ExportFiles } from './export-files.js';
import { type ExportManifest, type NewExport, formatManifest, newManifest, parseManifest } from './export-manifest.js';

/** Where an export goes: a file with a manifest beside it, or a pipe without one. */
export type ExportTarget =
  | { readonly kind: 'file'; readonly path: string; readonly overwrite: boolean; readonly files: ExportFiles }
  | {
      readonly kind: 'pipe';
      readonly write: (lines: Buffer) => Promise<void>;
      /** Resolves when all that was written has left the process. */
      readonly flush: () => Promise<void>;
    };

/** An export that is open for writing. */
export interface OpenExport {
  /** What is safe already. */
  readonly manifest: ExportManifest;
  write(lines: Buffer): Promise<void>;
  /** Makes safe what was written, and then says so: `describe` is given the length that the file has by then. */
  commit(describe: (committedBytes: number) => ExportManifest): Promise<ExportManifest>;
  close(): Promise<void>;
}

/** The manifest of an export to `path`. */
export function manifestPathOf(path: string): string {
  return `${path}.manifest.json`;
}

/**
 * Opens the target: begins anew, or behind what an earlier run has made safe. Nothing is written over that is not known to be
 * the same export.
 * @throws DdbxError `export-file-exists`, `export-of-another-stream`, `export-of-another-request`, `export-file-too-short`,
 * `export-manifest-damaged`, `export-not-written`
 */
export async function openExport(target: ExportTarget, begin: NewExport): Promise<OpenExport> {
  if (target.kind === 'pipe') return openPipe(target, newManifest(begin));
  const { path, files } = target;
  const found = await findManifest(target, begin);
  const manifest = found ?? newManifest(begin);
  if (manifest.complete) return closedExport(manifest);
  // Before the file itself: a file without a manifest would be a stranger to the next run.
  if (found === undefined) await writing(path, () => files.replaceText(manifestPathOf(path), formatManifest(manifest)));
  const file = await writing(path, () => files.openAt(path, manifest.committedBytes));
  const write = path.endsWith('.gz') ? new GzipWriter(file) : new PlainWriter(file);
  let committedBytes = manifest.committedBytes;
  return {
    manifest,
    write: lines => writing(path, () => write.write(lines)),
    commit: describe =>
      writing(path, async () => {
        committedBytes += await write.finish();
        await file.sync();
        const next = describe(committedBytes);
        await files.replaceText(manifestPathOf(path), formatManifest(next));
        return next;
      }),
    close: () => file.close(),
  };
}

async function findManifest(
  { path, files, overwrite }: Extract<ExportTarget, { kind: 'file' }>,
  begin: NewExport,
): Promise<ExportManifest | undefined> {
  const manifestPath = manifestPathOf(path);
  const size = await writing(path, () => files.size(path));
  if (size === 'not-a-file') {
    throw new DdbxError({
      code: 'export-not-written',
      message: `${path} is not a regular file, so an export to it could not be resumed.`,
      hint: 'Write to a file, or to stdout with --to -.',
    });
  }
  if (overwrite) return undefined;
  const text = await writing(path, () => files.readText(manifestPath));
  if (text === undefined) {
    if (size === undefined) return undefined;
    throw new DdbxError({
      code: 'export-file-exists',
      message: `${path} exists, and no ${manifestPath} says that it is an export to go on with.`,
      hint: 'Choose another file, or write over this one with --overwrite.',
    });
  }
  const manifest = parseManifest(text, manifestPath);
  refuseStranger(manifest, begin, path);
  if ((size ?? 0) < manifest.committedBytes) {
    throw new DdbxError({
      code: 'export-file-too-short',
      message: `${path} has ${size ?? 0} bytes, but its manifest says that ${manifest.committedBytes} were written: part of the export is missing.`,
      hint: 'Put the file back as it was, or export anew with --overwrite.',
    });
  }
  return manifest;
}

function refuseStranger(manifest: ExportManifest, begin: NewExport, path: string): void {
  const { stream, request } = begin;
  if (manifest.streamArn !== stream.streamArn) {
    throw new DdbxError({
      code: 'export-of-another-stream',
      message: `${path} is an export of another stream: ${manifest.streamArn}, not ${stream.streamArn}.`,
      hint:
        manifest.tableName === stream.tableName && manifest.region === stream.region
          ? `${stream.tableName} has got a new stream since. Finish the old one by its ARN (ddbx streams export ${manifest.streamArn} --to ${path}), and export the new one to another file.`
          : 'Choose another file, or write over this one with --overwrite.',
    });
  }
  const before = requestText(manifest.request);
  if (before === requestText(request)) return;
  throw new DdbxError({
    code: 'export-of-another-request',
    message: `${path} was begun with other options: ${before === '' ? 'no span, no filter and nothing redacted' : before}.`,
    hint: `To go on: ddbx streams export ${stream.tableName} --to ${path}${before === '' ? '' : ` ${before}`}. To begin anew: --overwrite, or another file.`,
  });
}

function requestText({ since, until, redact, filters }: NewExport['request']): string {
  return [
    ...(since === null ? [] : [`--since "${since}"`]),
    ...(until === null ? [] : [`--until "${until}"`]),
    ...(redact.length === 0 ? [] : [`--redact ${redact.join(',')}`]),
    ...filters.map(filter => `--filter ${quoted(filter)}`),
  ].join(' ');
}

/** As a shell takes it back. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\\\''")}'`;
}

function openPipe(target: Extract<ExportTarget, { kind: 'pipe' }>, manifest: ExportManifest): OpenExport {
  let written = 0;
  return {
    manifest,
    async write(lines) {
      written += lines.length;
      await target.write(lines);
    },
    async commit(describe) {
      await target.flush();
      return describe(written);
    },
    close: async () => {},
  };
}

function closedExport(manifest: ExportManifest): OpenExport {
  const refuse = async (): Promise<never> => {
    throw new RangeError('a complete export takes no more records');
  };
  return { manifest, write: refuse, commit: refuse, close: async () => {} };
}

/** Lines as they are. */
class PlainWriter {
  readonly #file: ExportFile;
  #written = 0;

  constructor(file: ExportFile) {
    this.#file = file;
  }

  async write(lines: Buffer): Promise<void> {
    await this.#file.write(lines);
    this.#written += lines.length;
  }

  /** @returns bytes that the file has got since the last call. */
  async finish(): Promise<number> {
    const written = this.#written;
    this.#written = 0;
    return written;
  }
}

const compress = promisify(gzip);

/** One gzip member for what comes between two commits: members may follow each other in a file, so it can be cut at any commit. */
class GzipWriter {
  readonly #file: ExportFile;
  #pending: Buffer[] = [];

  constructor(file: ExportFile) {
    this.#file = file;
  }

  async write(lines: Buffer): Promise<void> {
    this.#pending.push(lines);
  }

  async finish(): Promise<number> {
    if (this.#pending.length === 0) return 0;
    const member = await compress(Buffer.concat(this.#pending));
    this.#pending = [];
    await this.#file.write(member);
    return member.length;
  }
}

const HINT_BY_CODE: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space on that disk, then run the same command again: it goes on behind what is safe.',
  EDQUOT: 'Your disk quota is used up. Free space, then run the same command again: it goes on behind what is safe.',
  ENOENT: 'Make its folder first (mkdir -p), or choose another path.',
  ENOTDIR: 'A part of the path is a file, not a folder. Choose another path.',
  EACCES: 'Choose a path where you may write, or --to - for stdout.',
  EPERM: 'Choose a path where you may write, or --to - for stdout.',
  EROFS: 'That disk is read-only. Choose another path, or --to - for stdout.',
};

/** Runs what uses the file system, and says in words what went wrong with it. */
async function writing<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DdbxError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new DdbxError({
      code: 'export-not-written',
      message: `The export to ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      hint: HINT_BY_CODE[code] ?? 'What its manifest counts is safe; the same command goes on behind it.',
      cause: error,
    });
  }
}
