import { testEndpoint } from './suite.js';

testEndpoint('the endpoint of DDBX_TEST_ENDPOINT', () => {
  const url = process.env['DDBX_TEST_ENDPOINT'];
  if (url === undefined || url === '') {
    throw new Error('Name the endpoint: npm run test:endpoint -- --endpoint-url <url>');
  }
  return { url, region: process.env['DDBX_TEST_REGION'] ?? 'us-east-1' };
});
