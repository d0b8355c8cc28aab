import { readdirSync, readFileSync } from 'node:fs';

const PAGES = new URL('../../sandbox/fidelity/', import.meta.url);

const HEAD = `# What the sandbox simulates, and how it differs from AWS

Made of the pages in \`fidelity/\` by \`npm run docs\`; change those, not this file.
"Recording" means what the real AWS answered to the public test suite of LocalStack (Apache-2.0,
https://github.com/localstack/localstack, \`tests/aws/services/**/*.snapshot.json\`).
`;

/** What holds for every service first, then the services by name. */
export function fidelityText(): string {
  const names = fidelityPages().filter((name) => name !== 'wire');
  const pages = ['wire', ...names.sort()].map((name) => readFileSync(new URL(`${name}.md`, PAGES), 'utf8'));
  return `${[HEAD, ...pages.map((page) => page.replace(/^#/gm, '##'))].map((text) => text.trim()).join('\n\n')}\n`;
}

/** The pages that there are, by the name under which clients sign for the service. */
export const fidelityPages = (): string[] =>
  readdirSync(PAGES)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length));
