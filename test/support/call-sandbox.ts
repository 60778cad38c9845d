/** Where a sandbox answers. */
interface Reached {
  readonly url: string;
}

type Answer = Readonly<Record<string, unknown>>;

/** Calls an operation of AWS JSON, such as `AmazonSQS.SendMessage`; throws with what came back when it is refused. */
export async function callSandbox({ url }: Reached, target: string, input: unknown): Promise<Answer> {
  return await send('POST', url, input, { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target });
}

/** Calls an operation of a REST service, by its path. */
export async function callRest({ url }: Reached, method: 'GET' | 'POST' | 'PUT', path: string, input?: unknown) {
  return await send(method, `${url}${path}`, input, { 'content-type': 'application/json' });
}

/** Calls a control operation. */
export async function control({ url }: Reached, operation: string, input: unknown = {}): Promise<Answer> {
  return await send('POST', `${url}/_ddbx/${operation}`, input, { 'content-type': 'application/json' });
}

async function send(method: string, url: string, input: unknown, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, { method, headers, body: input === undefined ? null : JSON.stringify(input) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${headers['x-amz-target'] ?? url}: ${text}`);
  const answer: Answer = JSON.parse(text);
  return answer;
}
