import { writeFileSync } from 'node:fs';
import { cloudformationDocument } from './document.ts';

/** `node src/sandbox/services/cloudformation/conformance/write-document.ts` writes the page anew. */
writeFileSync(new URL('../../../../../docs/sandbox-cloudformation.md', import.meta.url), cloudformationDocument());
