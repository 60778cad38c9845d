// npm calls this in a checkout, after an install, for `npx .` and before packing; never for who installs the packed tarball.
import { build, complain, ensureInstalled } from './set-up.mjs';

try {
  ensureInstalled();
  build();
} catch (error) {
  process.exitCode = complain(error);
}
