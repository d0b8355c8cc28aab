#!/usr/bin/env node
// Plain old JavaScript: this file must still run on the Node that is too old for everything else.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 22)) {
  process.stderr.write(
    'error: platform needs Node 22.22 or newer, this is ' +
      process.versions.node +
      '\n  fix: install Node 24 (https://nodejs.org), or run it through npx in a project that depends on node@24\n',
  );
  process.exit(2);
}
import('../dist/src/main.js').then((program) => program.main(process.argv.slice(2)));
