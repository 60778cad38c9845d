import type { Sandbox } from '../../src/lib/sandbox/sandbox.js';

/** A mapping as a test wants it, from a table's stream to a function that the sandbox knows. */
export interface WantedMapping {
  readonly table: string;
  readonly functionName: string;
  /** More members of CreateEventSourceMapping, such as `Enabled`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Patterns. */
  readonly filters?: readonly string[];
}

/** Makes an event source mapping that is not enabled, as any client does, and gives its UUID. */
export async function createMapping(sandbox: Pick<Sandbox, 'url'>, wanted: WantedMapping): Promise<string> {
  const described = await post(
    sandbox.url,
    { TableName: wanted.table },
    { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.DescribeTable' },
  );
  const { LatestStreamArn } = described['Table'] as { readonly LatestStreamArn: string };
  const mapping = await post(`${sandbox.url}/2015-03-31/event-source-mappings`, {
    EventSourceArn: LatestStreamArn,
    FunctionName: wanted.functionName,
    StartingPosition: 'TRIM_HORIZON',
    Enabled: false,
    FilterCriteria: { Filters: (wanted.filters ?? []).map(Pattern => ({ Pattern })) },
    ...wanted.settings,
  });
  return String(mapping['UUID']);
}

async function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${text}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
