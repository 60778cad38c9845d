const MASK = '********';

// An access key id is no secret, but with its last four characters a person can still tell which key it was.
const ACCESS_KEY_ID = /\b(A(?:KI|SI)A)([A-Z0-9]{8,124})([A-Z0-9]{4})\b/g;

// `Authorization: AWS4-HMAC-SHA256 Credential=..., Signature=...`, also as a member of JSON or of a printed object:
// within quotes the value ends with them, in a plain header it ends with the line.
const AUTHORIZATION = /(["']?\b(?:proxy-)?authorization\\?["']?\s*[:=]\s*)(\\?"[^"]*"|'[^']*'|[^\r\n]*)/gi;

const SECRET_NAMES = [
  'aws[_-]?secret[_-]?access[_-]?key',
  'secret[_-]?access[_-]?key',
  'secret[_-]?key',
  'aws[_-]?session[_-]?token',
  'aws[_-]?security[_-]?token',
  'session[_-]?token',
  'security[_-]?token',
  'x-amz-security-token',
  'x-amz-signature',
  'x-api-key',
  'access[_-]?token',
  'refresh[_-]?token',
  'id[_-]?token',
  'client[_-]?secret',
  'password',
].join('|');

// `name=value`, `name: value`, `"name":"value"`, the same escaped inside a string, and `--name value`.
const NAMED_SECRET = new RegExp(
  `((?:\\b(?:${SECRET_NAMES})\\\\?["']?\\s*[:=]\\s*|--(?:${SECRET_NAMES})\\s+)\\\\?["']?)([A-Za-z0-9/+=_.%~-]{6,})`,
  'gi',
);
const BEARER = /\b((?:Bearer|Basic)\s+)[A-Za-z0-9+/=._~-]{8,}/g;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/gi;
/** Masks what must not be shown in text that came from elsewhere: keys, tokens, signatures, passwords in URLs. */
export function redactSecrets(text: string): string {
  return text
    .replace(AUTHORIZATION, (_match, name: string, value: string) => name + maskQuoted(value))
    .replace(NAMED_SECRET, `$1${MASK}`)
    .replace(BEARER, `$1${MASK}`)
    .replace(URL_PASSWORD, `$1${MASK}`)
    .replace(ACCESS_KEY_ID, (_match, prefix: string, hidden: string, tail: string) => {
      return '*'.repeat(prefix.length + hidden.length) + tail;
    });
}

function maskQuoted(value: string): string {
  const opening = /^\\?["']/.exec(value)?.[0] ?? '';
  const closing = opening === '' ? '' : (/\\?["']$/.exec(value)?.[0] ?? '');
  return opening + MASK + closing;
}
