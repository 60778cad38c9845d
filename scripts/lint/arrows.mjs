// Who may import what (the arrows of the house), in one place: eslint.config.js makes a lint rule of it, and
// test/architecture tests it. All paths are relative to the root of the repository, with forward slashes.
import { posix } from 'node:path';

/** What each folder of src/lib may use of the others. A folder that is missing here may not be added without a thought. */
const libArrows = {
  model: [],
  files: ['model'],
  aws: ['model'],
  terminal: ['model'],
  completion: ['model'],
  filter: ['model'],
  streams: ['model', 'files', 'aws', 'filter'],
  esm: ['model', 'aws', 'filter', 'streams'],
  dlq: ['model', 'files', 'aws', 'filter', 'streams'],
  global: ['model', 'aws', 'streams'],
  cost: ['model', 'aws'],
  sandbox: ['model', 'files', 'filter'],
};

/** Packages that only some places may load; `types` says that anybody may name their types. */
const packageHomes = [
  { pattern: /^commander$/, name: 'the command tree', homes: /^src\/(?:commands\/|[^/]+$)/, types: false },
  { pattern: /^(?:chalk|ora|cli-table3)$/, name: 'src/lib/terminal', homes: /^src\/lib\/terminal\//, types: false },
  {
    pattern: /^(?:@aws-sdk\/client-|@smithy\/|hpagent$|proxy-from-env$)/,
    name: 'src/lib/aws',
    homes: /^src\/lib\/aws\//,
    types: true,
  },
];

/**
 * Says in a sentence why `file` must not import `specifier`, or gives undefined when it may.
 * `typeOnly` is true for an import that leaves nothing in the built program.
 */
export function brokenArrow(file, specifier, typeOnly = false) {
  return specifier.startsWith('.')
    ? brokenPath(file, posix.join(posix.dirname(file), specifier))
    : brokenPackage(file, specifier, typeOnly);
}

function brokenPackage(file, specifier, typeOnly) {
  if (file.startsWith('src/lib/') && /^(?:node:)?process$/.test(specifier)) {
    return `${file} must not know the process: take what you need of it as an argument`;
  }
  const rule = packageHomes.find(({ pattern }) => pattern.test(specifier));
  if (rule === undefined || (typeOnly && rule.types)) return undefined;
  if (rule.homes.test(file)) return undefined;
  return `${file} must not import ${specifier}: only ${rule.name} may`;
}

function brokenPath(file, target) {
  if (!target.startsWith('src/')) return `${file} must not import ${target}, which is not shipped`;
  const from = folderOfLib(file);
  const to = folderOfLib(target);
  if (from === undefined) {
    if (to === 'sandbox' && !/^src\/commands\/(?:sandbox|demo)[/.]/.test(file)) {
      return `${file} must not import ${target}: only the sandbox's own command, the demo and tests may`;
    }
    return undefined;
  }
  const allowed = libArrows[from];
  if (allowed === undefined)
    return `src/lib/${from} is not in the house: give it its arrows in scripts/lint/arrows.mjs`;
  if (to === undefined) return `${file} must not import ${target}: src/lib knows nothing of what is above it`;
  if (to === from || allowed.includes(to)) return undefined;
  return `${file} must not import ${target}: lib/${from} may use ${allowed.length === 0 ? 'no other folder' : allowed.join(', ')}`;
}

function folderOfLib(path) {
  return /^src\/lib\/([^/]+)\//.exec(path)?.[1];
}
