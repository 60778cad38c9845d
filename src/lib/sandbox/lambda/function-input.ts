import { AwsError, notServed } from '../aws-error.js';
import { type Members, optionalInteger, optionalMembers, optionalString, requiredString } from '../members.js';
import { readZip } from './zip-folder.js';
import type { FunctionDefinition } from './function-definition.js';

/** Parameters of functions that change nothing here, and are refused rather than ignored. */
const NOT_SERVED = [
  'CapacityProviderConfig',
  'CodeSigningConfigArn',
  'DeadLetterConfig',
  'DurableConfig',
  'EphemeralStorage',
  'FileSystemConfigs',
  'ImageConfig',
  'KMSKeyArn',
  'Layers',
  'LoggingConfig',
  'Publish',
  'SnapStart',
  'Tags',
  'TenancyConfig',
  'TracingConfig',
  'VpcConfig',
];
const NODE_RUNTIME = /^nodejs\d+\.x$/;

/** What CreateFunction and UpdateFunctionConfiguration both take. */
export type FunctionSettings = Partial<
  Pick<FunctionDefinition, 'handler' | 'runtime' | 'role' | 'description' | 'timeoutMs' | 'memoryMb' | 'environment'>
>;

/** Reads the settings that a call names. */
export function functionSettings(operation: string, input: Members): FunctionSettings {
  for (const name of NOT_SERVED) if (input[name]) throw notServed(operation, name);
  const runtime = optionalString(input, 'Runtime');
  if (runtime !== undefined && !NODE_RUNTIME.test(runtime)) throw notServed(operation, `the runtime ${runtime}`);
  const packageType = optionalString(input, 'PackageType');
  if (packageType !== undefined && packageType !== 'Zip') throw notServed(operation, `PackageType ${packageType}`);
  const timeoutSeconds = optionalInteger(input, 'Timeout', { min: 1, max: 900 });
  const settings = {
    handler: optionalString(input, 'Handler'),
    runtime,
    role: optionalString(input, 'Role'),
    description: optionalString(input, 'Description'),
    timeoutMs: timeoutSeconds === undefined ? undefined : timeoutSeconds * 1000,
    memoryMb: optionalInteger(input, 'MemorySize', { min: 128, max: 10_240 }),
    environment: environment(input),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function environment(input: Members): Readonly<Record<string, string>> | undefined {
  const given = optionalMembers(input, 'Environment');
  if (given === undefined) return undefined;
  const variables = optionalMembers(given, 'Variables') ?? {};
  return Object.fromEntries(Object.keys(variables).map(name => [name, requiredString(variables, name)]));
}

/** The code that a call uploads: a zip, in base64. */
export async function zipOf(operation: string, code: Members): Promise<Buffer> {
  for (const name of ['S3Bucket', 'ImageUri', 'DryRun', 'Publish']) if (code[name]) throw notServed(operation, name);
  const zip = Buffer.from(requiredString(code, 'ZipFile'), 'base64');
  try {
    await readZip(zip);
  } catch {
    throw new AwsError(
      'InvalidParameterValueException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
  }
  return zip;
}
