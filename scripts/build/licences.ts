import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One package whose code is in the bundle, and what its authors ask to be shipped with it. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX name from its package.json. */
  readonly licence: string;
  /** Licence and notice files, in full; a line of our own where the package has none but names its licence. */
  readonly text: string;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

/**
 * The text of THIRD_PARTY_LICENSES for the files that went into a bundle.
 * Throws when a package neither holds nor names a licence: such code must not be shipped.
 */
export async function thirdPartyLicences(root: string, inputs: readonly string[]): Promise<string> {
  const folders = [...new Set(inputs.map(packageFolder).filter(folder => folder !== undefined))].sort();
  return formatLicences(await Promise.all(folders.map(folder => readPackage(root, folder))));
}

/** The folder of the package that a bundled file belongs to, as far as it is not ours: `node_modules/@scope/name`, at any depth. */
export function packageFolder(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

/** Writes each licence text once, under the names of all packages that come with it. */
export function formatLicences(packages: readonly BundledPackage[]): string {
  const byText = new Map<string, BundledPackage[]>();
  for (const one of packages) byText.set(one.text, [...(byText.get(one.text) ?? []), one]);
  const sections = [...byText].map(([text, members]) => {
    const names = [...new Set(members.map(({ name, version, licence }) => `${name} ${version} (${licence})`))];
    return `${names.join('\n')}\n\n${text}\n`;
  });
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return [
    'The code of these packages is part of ddbx. Each is under the licence printed below its name.\n',
    ...sections,
  ].join(rule);
}

async function readPackage(root: string, folder: string): Promise<BundledPackage> {
  const path = join(root, folder);
  const manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as Manifest;
  const files = (await readdir(path)).filter(name => /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i.test(name)).sort();
  const texts = await Promise.all(files.map(name => readFile(join(path, name), 'utf8')));
  if (texts.length === 0 && manifest.license === undefined) {
    throw new Error(`${folder} is bundled, but has no licence file and names no licence`);
  }
  return {
    name: manifest.name ?? folder,
    version: manifest.version ?? '',
    licence: manifest.license ?? 'see its text',
    text: texts.length > 0 ? texts.map(text => text.trim()).join('\n\n') : namedOnly(manifest),
  };
}

function namedOnly({ license, author }: Manifest): string {
  const holder = typeof author === 'string' ? author : author?.name;
  return `The package has no licence file; its package.json says: ${license ?? ''}${holder === undefined ? '' : `, by ${holder}`}.`;
}
