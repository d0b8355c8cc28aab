import { configurationJsonSchema } from '../../config/json-schema.ts';
import { configurationReference } from '../../config/reference-page.ts';

export interface GeneratedDocument {
  /** From the root of the repository. */
  path: string;
  content(): string | Promise<string>;
}

/** Every checked-in file that is made from the sources. `npm run docs` writes them, a test says which are old. */
export const DOCUMENTS: readonly GeneratedDocument[] = [
  { path: 'docs/reference/configuration.md', content: configurationReference },
  {
    path: 'docs/reference/platform.schema.json',
    content: () => `${JSON.stringify(configurationJsonSchema(), undefined, 2)}\n`,
  },
];
