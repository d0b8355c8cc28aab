import { checkTemplate } from '../../infra/checks/check-template.ts';
import type { Facts } from '../../infra/checks/template.ts';
import { RUNTIME_END } from '../domain/lambda-runtimes.ts';
import { holdsCredential } from '../domain/secrets/secret-looking.ts';
import type { SynthesizedStack, TemplateFinding } from './cdk.ts';
import { findingPath } from './finding-path.ts';

/** Our own promises, looked for in the templates themselves. */
export const checkTemplates = (
  stacks: readonly Pick<SynthesizedStack, 'id' | 'constructs' | 'template'>[],
  facts: Pick<Facts, 'kind' | 'today'>,
): TemplateFinding[] =>
  stacks.flatMap((stack) =>
    checkTemplate(stack.template, { ...facts, runtimeEnds: RUNTIME_END, holdsCredential }).map(
      ({ rule, severity, resource, logicalId, message, remedy, documentation, same }) => ({
        source: 'platform',
        rule,
        severity,
        path: findingPath(stack, logicalId),
        message: `${resource}: ${message}`,
        fix: remedy,
        documentation,
        ...(same === undefined ? {} : { same }),
      }),
    ),
  );
