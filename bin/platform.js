#!/usr/bin/env node
import './node-version.cjs';

await (await import('../dist/src/main.js')).main(process.argv.slice(2));
