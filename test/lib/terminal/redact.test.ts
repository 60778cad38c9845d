import { describe, expect, it } from 'vitest';
import { redactSecrets } from '../../../src/lib/terminal/redact.js';

// The documented examples of AWS's own pages.
const KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const TOKEN = 'AQoDYXdzEJr1K8u2h0EXAMPLETOKENHBYvT5yF4R2WkrXw==';
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${KEY_ID}/20261123/eu-west-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024`;

const texts: readonly string[] = [
  `aws_secret_access_key = ${SECRET}`,
  `AWS_SECRET_ACCESS_KEY=${SECRET}`,
  `{"accessKeyId":"${KEY_ID}","secretAccessKey":"${SECRET}","sessionToken":"${TOKEN}"}`,
  JSON.stringify({ body: JSON.stringify({ SecretAccessKey: SECRET, SessionToken: TOKEN }) }),
  `{ secretAccessKey: '${SECRET}', sessionToken: '${TOKEN}' }`,
  `x-amz-security-token: ${TOKEN}`,
  `https://sts.amazonaws.com/?X-Amz-Security-Token=${encodeURIComponent(TOKEN)}&X-Amz-Date=20261123T091407Z`,
  `--aws-session-token ${TOKEN}`,
  `Authorization: ${AUTHORIZATION}`,
  `"authorization":"${AUTHORIZATION}"`,
  `authorization: '${AUTHORIZATION}'`,
  `Proxy-Authorization: Basic dXNlcjpodW50ZXIyaHVudGVyMg==`,
  'got Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc from the token endpoint',
  'connect through http://someone:hunter2hunter2@proxy.example.com:8080 failed',
];
const secrets = [
  SECRET,
  TOKEN,
  encodeURIComponent(TOKEN),
  'fe5f80f77d',
  'dXNlcjpodW50',
  'eyJhbGciOi',
  'hunter2',
  'AKIAIOSFODNN7EXA',
];

describe('redactSecrets', () => {
  it.each(texts)('masks %s', text => {
    const masked = redactSecrets(text);
    expect(secrets.filter(secret => masked.includes(secret))).toEqual([]);
    expect(masked).toContain('***');
  });

  it.each(['AKIA', 'ASIA'])('keeps the last four of an %s key id, to tell keys apart', prefix => {
    expect(redactSecrets(`key ${prefix}IOSFODNN7EXAMPLE was refused`)).toBe('key ****************MPLE was refused');
  });

  it('keeps what follows a masked value', () => {
    expect(redactSecrets(`{"secretAccessKey":"${SECRET}","region":"eu-west-1"}`)).toBe(
      '{"secretAccessKey":"********","region":"eu-west-1"}',
    );
    expect(redactSecrets(`{"authorization":"${AUTHORIZATION}","host":"x"}`)).toBe(
      '{"authorization":"********","host":"x"}',
    );
    expect(redactSecrets(`GET /?X-Amz-Security-Token=${TOKEN}&X-Amz-Date=1`)).toBe(
      'GET /?X-Amz-Security-Token=********&X-Amz-Date=1',
    );
    expect(redactSecrets(`Authorization: ${AUTHORIZATION}\nHost: x`)).toBe('Authorization: ********\nHost: x');
  });

  it.each([
    'The security token included in the request is invalid',
    'The password is required',
    'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: dynamodb:ListStreams',
    'shardId-00000001414576573621-f55eea83 at 111100000000000000000000042',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders/stream/2026-11-23T09:14:07.000',
    'request id 4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG',
  ])('leaves "%s" alone', text => {
    expect(redactSecrets(text)).toBe(text);
  });
});
