// npm calls this in a checkout: after an install, before packing, and for `npx .`; never for who installs the packed
// tarball. In a clone that was never built, bin/ddbx.js calls it too.
import { fileURLToPath } from 'node:url';
import { build, complain, ensureInstalled } from './set-up.mjs';

// npx hides what is printed here, and remembers a failure for ever: there, the first run of bin/ddbx.js does it in the open.
const calledByNpx = process.env.npm_command === 'exec' && process.argv[1] === fileURLToPath(import.meta.url);

if (!calledByNpx) {
  try {
    ensureInstalled();
    build();
  } catch (error) {
    process.exit(complain(error));
  }
}
