import { endpointUnderTest } from './endpoint.js';
import { testEndpoint } from './suite.js';

testEndpoint('the endpoint of DDBX_TEST_ENDPOINT', endpointUnderTest);
