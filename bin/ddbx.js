#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';

// Node 22.8 and later keep compiled code between runs; earlier ones lack the call.
module.enableCompileCache?.();

// A package always has dist; only a fresh clone has not, and is set up on its first run.
if (!existsSync(new URL('../dist/main.js', import.meta.url))) await import('../scripts/prepare.mjs');
await import('../dist/main.js');
