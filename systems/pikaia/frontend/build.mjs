import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** As Vite does: variables that begin with VITE_ go into the script, whose name says what it holds. */
const settings = Object.fromEntries(
  Object.entries(process.env)
    .filter(([name]) => name.startsWith('VITE_'))
    .sort(),
);
const script = `globalThis.settings = ${JSON.stringify(settings)};\n${readFileSync('main.js', 'utf8')}`;
const name = `main-${createHash('sha256').update(script).digest('hex').slice(0, 8)}.js`;
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/assets', { recursive: true });
writeFileSync(`dist/assets/${name}`, script);
writeFileSync('dist/index.html', readFileSync('index.html', 'utf8').replace('/main.js', `/assets/${name}`));
