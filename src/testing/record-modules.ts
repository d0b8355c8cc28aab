import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// Loaded before the program (`--import`): leaves the addresses of all modules in the file that the variable names.

const loaded = new Set<string>();
registerHooks({
  load: (url, context, nextLoad) => {
    loaded.add(url);
    return nextLoad(url, context);
  },
});
process.on('exit', () => writeFileSync(process.env.RECORD_MODULES!, [...loaded].join('\n')));
