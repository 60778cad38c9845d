import type { ExitCode } from '../../src/lib/model/error.js';

/** What each exit code means, in the words of the reference and the man page. */
export const exitCodes: Readonly<Record<keyof typeof ExitCode, string>> = {
  done: 'Done, or nothing to do.',
  failed: 'The operation failed.',
  usage: 'Usage: an unknown option, a bad value, options that contradict each other.',
  partial: 'Done in part: something was left, and the summary names it.',
  checkFailed: 'A check says no.',
  auth: 'No credentials, expired credentials, or access denied.',
  timeout: 'The time given by --timeout is over; the work goes on at AWS.',
  interrupted: 'Interrupted.',
  brokenPipe: 'The reader of the output went away.',
};

/** A variable or a file, and what ddbx does with it. */
export interface Surrounding {
  readonly name: string;
  readonly does: string;
}

/** The environment that ddbx itself looks at; what else AWS documents is read by the SDK. */
export const environment: readonly Surrounding[] = [
  { name: 'AWS_PROFILE', does: 'The profile, when --profile is not given.' },
  { name: 'AWS_REGION', does: 'The Region, when --region is not given.' },
  {
    name: 'AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_<SERVICE>',
    does: 'The endpoint, of all services or of one, when --endpoint-url is not given.',
  },
  { name: 'DDBX_CONFIG', does: 'The config file, in place of the usual one.' },
  { name: 'DDBX_CONTEXT', does: 'The context of the config file to use.' },
  { name: 'NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE', does: 'Whether to colour, when --color is not given.' },
];

/** The files that ddbx reads without being told. */
export const files: readonly Surrounding[] = [
  {
    name: '~/.config/ddbx/config.json',
    does:
      'Defaults for profile, region, endpointUrl, output and color; "contexts" holds more of them by name, and "context" ' +
      'chooses one. XDG_CONFIG_HOME moves the file; on Windows it lies in %APPDATA%. Flags and the environment beat it.',
  },
  {
    name: '~/.aws/config, ~/.aws/credentials',
    does: 'The files of the AWS CLI and SDKs: profiles, Regions, credentials.',
  },
];
