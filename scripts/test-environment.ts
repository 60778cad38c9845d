/**
 * Takes everything out of the environment that could lead a test to a real account or through a proxy.
 * Called by the vitest configurations before any worker starts, because a worker inherits what it finds.
 */
export function leaveTheOutsideWorld(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (/^(?:AWS_|DDBX_(?!TEST_))/.test(name) || /^(?:https?|all|no)_proxy$/i.test(name)) delete env[name];
  }
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'CLICOLOR', 'CLICOLOR_FORCE']) delete env[name];
}

/** What the workers are given instead. */
export const testEnv = {
  AWS_CONFIG_FILE: '/nonexistent/aws/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/aws/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  TZ: 'UTC',
};
