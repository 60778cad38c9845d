/**
 * The program of the worker thread in which a handler runs. It is text, so that it needs no file of its own beside the bundle; it is
 * CommonJS, as `eval: true` asks for.
 *
 * In: `{id, event, timeLimitMs}`, the event as JSON text. Out: `{type: 'ready'}` or `{type: 'refused', message}` once, then for each
 * event `{type: 'answered', id, body}` or `{type: 'failed', id, errorType, message, stack}`.
 */
export const moduleWorkerSource = String.raw`
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const { randomUUID } = require('node:crypto');

const named = (module, name) => {
  for (const place of [module, module.default]) {
    if (place !== undefined && place !== null && typeof place[name] === 'function') return place[name];
  }
  return undefined;
};

const contextOf = timeLimitMs => {
  const endsAt = Date.now() + timeLimitMs;
  return {
    functionName: workerData.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:' + workerData.functionName,
    memoryLimitInMB: '128',
    awsRequestId: randomUUID(),
    logGroupName: '/aws/lambda/' + workerData.functionName,
    logStreamName: 'replay',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()),
  };
};

const call = (handler, event, context) => {
  if (handler.length < 3) return Promise.resolve(handler(event, context));
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
    if (returned !== undefined && typeof returned.then === 'function') returned.then(resolve, reject);
  });
};

const failure = error => {
  const known = error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error);
  return {
    errorType: known ? String(error.name ?? 'Error') : typeof error,
    message: known ? String(error.message) : String(error),
    stack: known && typeof error.stack === 'string' ? error.stack : undefined,
  };
};

import(workerData.url).then(
  module => {
    const handler = named(module, workerData.exportName);
    if (handler === undefined) {
      const exported = Object.keys(module).filter(name => typeof module[name] === 'function');
      const others = exported.length === 0 ? 'no function' : exported.join(', ');
      parentPort.postMessage({ type: 'refused', message: 'it exports no function "' + workerData.exportName + '", but ' + others });
      return;
    }
    parentPort.on('message', async ({ id, event, timeLimitMs }) => {
      try {
        const result = await call(handler, JSON.parse(event), contextOf(timeLimitMs));
        parentPort.postMessage({ type: 'answered', id, body: JSON.stringify(result) ?? 'null' });
      } catch (error) {
        parentPort.postMessage({ type: 'failed', id, ...failure(error) });
      }
    });
    parentPort.postMessage({ type: 'ready' });
  },
  error => {
    const { errorType, message } = failure(error);
    parentPort.postMessage({ type: 'refused', message: errorType + ': ' + message });
  },
);
`;
