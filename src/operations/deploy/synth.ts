import type { SynthesizedStack } from '../../cdk/cdk.ts';
import type { EffectiveEnvironment } from '../../config/project.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { offlineSettings } from '../../release/offline-settings.ts';
import { unbuiltText } from '../validation/validate.ts';

export interface SynthOutcome {
  directory: string;
  stacks: { id: string; name: string; template: string; resources: number }[];
}

/** Writes the templates of an environment without asking AWS anything. */
export async function synth(
  { reporter, templates }: Pick<Context, 'reporter' | 'templates'>,
  { environment, directory }: { environment: EffectiveEnvironment; directory: string },
): Promise<SynthOutcome & { synthesized: SynthesizedStack[] }> {
  const { stacks, unbuilt = [] } = await reporter.step(`Synthesizing ${environment.name}`, () =>
    templates.synthesize(offlineSettings(environment), directory),
  );
  for (const site of unbuilt) reporter.warn(unbuiltText(environment.name, site));
  return {
    directory,
    stacks: stacks.map(({ id, stackName, template, templateFile }) => ({
      id,
      name: stackName,
      template: templateFile,
      resources: Object.keys(template.Resources ?? {}).length,
    })),
    synthesized: stacks,
  };
}

/** Where each resource stands, as `overrides` and `waivers` name it. */
export const constructsOf = (stacks: readonly SynthesizedStack[]): { path: string; type: string }[] =>
  stacks.flatMap(({ id, constructs, template }) =>
    Object.entries(constructs).map(([logicalId, path]) => ({
      path: `${id}/${path}`,
      type: String(template.Resources?.[logicalId]?.Type),
    })),
  );

export function templateOf(stacks: readonly SynthesizedStack[], id: string): SynthesizedStack['template'] {
  const found = stacks.find((stack) => stack.id === id || stack.stackName === id);
  if (found) return found.template;
  throw new PlatformError({
    id: 'stack-unknown',
    kind: 'usage',
    message: `There is no stack ${id}`,
    remedy: `--stack takes ${stacks.map((stack) => stack.id).join(', ')}`,
  });
}
