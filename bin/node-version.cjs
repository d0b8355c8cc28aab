// Plain old JavaScript: this file must still parse on the Node that is too old for everything else.
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < 22 || (parts[0] === 22 && parts[1] < 22)) {
  process.stderr.write(
    'error: platform needs Node 22.22 or newer, this is ' +
      process.versions.node +
      '\n  fix: install Node 24 (https://nodejs.org), or run it through npx in a project that depends on node@24\n',
  );
  process.exit(2);
}
