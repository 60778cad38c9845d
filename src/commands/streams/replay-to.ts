import { usageError } from '../../lib/model/error.js';

/** Where a replay goes, as it was typed. */
export type ReplayTo =
  | { readonly kind: 'lambda'; readonly functionName: string; readonly region: string | undefined }
  | { readonly kind: 'module'; readonly path: string; readonly exportName: string }
  | { readonly kind: 'http'; readonly url: URL };

const FUNCTION_ARN = /^arn:[a-z-]+:lambda:([a-z0-9-]+):\d{12}:function:[\w-]+(?::[\w$-]+)?$/;
const FUNCTION_NAME = /^[\w-]+(?::[\w$-]+)?$/;
const FORMS = 'Write lambda:<function>, module:<handler.mjs>, or http://localhost:<port>/<path>.';

/** Reads `lambda:<function>`, `module:<file>[#<export>]` or a URL. @throws DdbxError `usage` for anything else */
export function parseReplayTo(text: string): ReplayTo {
  if (text.startsWith('lambda:')) return lambda(text.slice('lambda:'.length));
  if (text.startsWith('module:')) return modulePath(text.slice('module:'.length));
  if (/^https?:\/\//i.test(text)) return { kind: 'http', url: httpUrl(text) };
  throw usageError(`"${text}" says nowhere to replay to.`, FORMS);
}

function lambda(name: string): ReplayTo {
  const region = FUNCTION_ARN.exec(name)?.[1];
  if (region === undefined && !FUNCTION_NAME.test(name)) {
    throw usageError(
      `"${name}" is not the name of a Lambda function.`,
      'Write its name, name:alias, or its ARN: lambda:order-events, lambda:order-events:live.',
    );
  }
  return { kind: 'lambda', functionName: name, region };
}

function modulePath(text: string): ReplayTo {
  const hash = text.lastIndexOf('#');
  const path = hash < 0 ? text : text.slice(0, hash);
  const exportName = hash < 0 ? 'handler' : text.slice(hash + 1);
  if (path === '' || exportName === '') {
    throw usageError(
      `"module:${text}" names no handler.`,
      'Write the file, and the name of the function if it is not handler: module:src/handler.mjs#onOrders.',
    );
  }
  if (/\.[cm]?tsx?$/.test(path)) {
    throw usageError(
      `${path} is TypeScript, which this Node.js does not run.`,
      'Name the compiled JavaScript, such as module:dist/handler.mjs.',
    );
  }
  return { kind: 'module', path, exportName };
}

function httpUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw usageError(`"${text}" is not a URL.`, FORMS);
  }
  if (url.username !== '' || url.password !== '') {
    throw usageError('The URL of --to holds a user name or a password, which requests do not carry.', 'Leave it out.');
  }
  return url;
}
