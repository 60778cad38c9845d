// Before the first test that runs the built program: builds it when it is older than its sources.
export { ensureBuilt as setup } from '../../../scripts/set-up.mjs';
