/**
 * What runs in a function's worker thread, as text: it is started with `new Worker(workerSource, { eval: true })`, so that
 * it needs no file of its own beside the bundle. It imports the user's module once and calls its handler for each message.
 */
export const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');

for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, encoding, done) => {
    parentPort.postMessage({ kind: 'log', text: String(chunk) });
    const finished = typeof encoding === 'function' ? encoding : done;
    if (finished) finished();
    return true;
  };
}

const named = (name, message) => Object.assign(new Error(message), { name });

async function load() {
  const module = await import(workerData.url);
  const handler = module[workerData.exportName] ?? module.default?.[workerData.exportName];
  if (typeof handler !== 'function') {
    throw named('Runtime.HandlerNotFound', workerData.exportName + ' is undefined or not exported');
  }
  return handler;
}

function call(handler, event, context) {
  if (handler.length < 3) return handler(event, context);
  return new Promise((resolve, reject) => {
    const result = handler(event, context, (error, value) => (error ? reject(error) : resolve(value)));
    if (typeof result?.then === 'function') result.then(resolve, reject);
  });
}

function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\\n') };
}

let handler;
parentPort.on('message', async ({ event, context, deadlineMs }) => {
  try {
    handler ??= load();
    const getRemainingTimeInMillis = () => Math.max(0, deadlineMs - Date.now());
    const value = await call(await handler, JSON.parse(event), { ...context, getRemainingTimeInMillis });
    parentPort.postMessage({ kind: 'value', json: JSON.stringify(value) ?? 'null' });
  } catch (error) {
    parentPort.postMessage({ kind: 'error', error: describe(error) });
  }
});
`;
