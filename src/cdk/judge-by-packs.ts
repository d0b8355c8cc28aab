import { createRequire } from 'node:module';
import { core } from '../../infra/aws-cdk.ts';
import { CONTEXT_FLAGS } from '../../infra/context-flags.ts';
import { ANSWERED_PLACES, ANSWERED_RULES, OUTSIDE_REMEDIES } from '../domain/answered-rules.ts';
import type { RulePack, SynthesizedStack, TemplateFinding } from './cdk.ts';
import { findingPath } from './finding-path.ts';

/** cdk-nag's names of its packs. */
const PACKS = {
  'aws-solutions': 'AwsSolutionsChecks',
  serverless: 'ServerlessChecks',
  hipaa: 'HIPAASecurityChecks',
  'nist-800-53-r4': 'NIST80053R4Checks',
  'nist-800-53-r5': 'NIST80053R5Checks',
  'pci-dss': 'PCIDSS321Checks',
} as const satisfies Record<RulePack, string>;

const RULES_PAGE = 'https://github.com/cdklabs/cdk-nag/blob/main/RULES.md';
/** Where the resources of a template stand below their stack. */
const INCLUDED = 'Template';

/**
 * What the rule packs of cdk-nag say of templates. They look at constructs, so each template is read back into some:
 * that way they see what is deployed, whatever made it. About half a second, most of it loading.
 */
export function judgeByPacks(
  stacks: readonly Pick<SynthesizedStack, 'id' | 'constructs' | 'templateFile'>[],
  packs: readonly RulePack[],
): TemplateFinding[] {
  const require = createRequire(import.meta.url);
  const {
    CfnInclude,
  }: typeof import('aws-cdk-lib/cloudformation-include') = require('aws-cdk-lib/cloudformation-include');
  const nag: typeof import('cdk-nag') = require('cdk-nag');
  const app = new core.App({
    autoSynth: false,
    analyticsReporting: false,
    treeMetadata: false,
    postCliContext: CONTEXT_FLAGS,
  });
  for (const { id, templateFile } of stacks) new CfnInclude(new core.Stack(app, id), INCLUDED, { templateFile });
  const byId = new Map<string, (typeof stacks)[number]>(stacks.map((stack) => [stack.id, stack]));
  return packs.flatMap((pack) =>
    new nag[PACKS[pack]](app).validateScope(app).violations.flatMap((violation) => {
      // `AwsSolutions-IAM5[Resource::*]` is one finding of the rule before the bracket.
      const [rule = '', detail] = violation.ruleName.split('[');
      // A rule that could not look: a value that only the deployment knows.
      if (rule.startsWith('CdkNagValidationFailure') || Object.hasOwn(ANSWERED_RULES, rule)) return [];
      return violation.violatingResources.flatMap(({ constructPath = '' }): TemplateFinding[] => {
        const [stackId = '', , logicalId] = constructPath.split('/');
        const stack = byId.get(stackId);
        if (!stack) return [];
        const path = findingPath(stack, logicalId);
        if (ANSWERED_PLACES[rule]?.place.test(path)) return [];
        return [
          {
            source: 'cdk-nag',
            rule,
            severity: 'warning',
            path,
            message: detail ? `${violation.description} (${detail.slice(0, -1)})` : violation.description,
            documentation: RULES_PAGE,
            ...(OUTSIDE_REMEDIES[rule] ? { fix: OUTSIDE_REMEDIES[rule] } : {}),
          },
        ];
      });
    }),
  );
}
