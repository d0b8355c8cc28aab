import type { AppSettings } from '../../../infra/settings.ts';
import type { SynthesizedStack, TemplateFinding, Templates } from '../../cdk/cdk.ts';

export interface CheckOwnInput {
  settings: AppSettings;
  /** Made of the settings. */
  stacks: readonly SynthesizedStack[];
  /** Where the assembly of the settings lies. */
  directory: string;
  today: Date;
}

/**
 * What our own rules say of templates. What only `overrides` break is an error whatever the rule's severity is: an
 * override is a way around the configuration, and leads around a safety rule only with a waiver.
 */
export async function checkOwnRules(
  templates: Pick<Templates, 'checkTemplates' | 'synthesize'>,
  { settings, stacks, directory, today }: CheckOwnInput,
): Promise<TemplateFinding[]> {
  const facts = { kind: settings.kind, today };
  const findings = await templates.checkTemplates(stacks, facts);
  const { overrides, ...plain } = settings;
  if (!overrides || findings.length === 0) return findings;
  const without = await templates.synthesize(plain, `${directory}-without-overrides`);
  const before = new Set((await templates.checkTemplates(without.stacks, facts)).map(keyOf));
  return findings.map((finding) =>
    before.has(keyOf(finding))
      ? finding
      : {
          ...finding,
          severity: 'error',
          message: `${finding.message}, because of overrides`,
          fix: `take it out of overrides, or waivers: [{ rule: ${finding.rule}, path: ${finding.path.split('.')[0]}, reason: … }]`,
        },
  );
}

const keyOf = ({ rule, path, message }: TemplateFinding): string => JSON.stringify([rule, path, message]);
