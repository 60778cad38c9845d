#!/usr/bin/env node
import module from 'node:module';

// Node 22.8 and later keep compiled code between runs; earlier ones lack the call.
module.enableCompileCache?.();
await import('../dist/main.js');
