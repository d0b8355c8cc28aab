import { configurationJsonSchema } from '../../config/json-schema.ts';
import { configurationReference } from '../../config/reference-page.ts';
import { cloudformationDocument } from '../../sandbox/services/cloudformation/conformance/document.ts';
import { architectureText } from './architecture-page.ts';
import { checksText } from './checks-page.ts';
import { commandsReferenceText } from './commands-reference.ts';
import { edgeCodeText, forwardedHostText } from './edge-code.ts';
import { errorRegistryText, errorsReferenceText } from './error-registry.ts';
import { failuresText } from './failures-page.ts';
import { fidelityText } from './fidelity-page.ts';
import { iamPoliciesText, iamText } from './iam-page.ts';
import { systemsText } from './systems-page.ts';
import { validationText } from './validation-page.ts';

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
  { path: 'docs/reference/commands.md', content: commandsReferenceText },
  { path: 'docs/reference/errors.md', content: errorsReferenceText },
  { path: 'docs/architecture.md', content: architectureText },
  { path: 'docs/failures.md', content: failuresText },
  { path: 'docs/checks.md', content: checksText },
  { path: 'docs/validation.md', content: validationText },
  { path: 'docs/iam.md', content: iamText },
  { path: 'docs/iam-policies.json', content: iamPoliciesText },
  { path: 'docs/systems.md', content: systemsText },
  { path: 'docs/sandbox-cloudformation.md', content: cloudformationDocument },
  { path: 'src/sandbox/FIDELITY.md', content: fidelityText },
  { path: 'src/errors/registry.ts', content: errorRegistryText },
  { path: 'infra/spa-fallback-code.ts', content: edgeCodeText },
  { path: 'infra/forwarded-host-code.ts', content: forwardedHostText },
];
