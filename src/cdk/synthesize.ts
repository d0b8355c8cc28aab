import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../../infra/app.ts';
import type { FunctionCode } from '../../infra/function-settings.ts';
import type { AppSettings } from '../../infra/settings.ts';
import type { Synthesis } from './cdk.ts';

/** Templates of every stack from the settings and the bundled functions alone: no calls, and the same input gives the same bytes. */
export function synthesize(
  settings: AppSettings,
  directory: string,
  codes: Readonly<Record<string, FunctionCode>> = {},
): Synthesis {
  const { app, stacks } = buildApp(settings, { outdir: directory, codes });
  const assembly = app.synth();
  return {
    directory,
    stacks: stacks.map((wiring) => {
      const artifact = assembly.getStackByName(wiring.stackName);
      return {
        ...wiring,
        templateFile: join(directory, artifact.templateFile),
        template: JSON.parse(readFileSync(join(directory, artifact.templateFile), 'utf8')),
        tags: artifact.tags,
        terminationProtection: artifact.terminationProtection ?? false,
      };
    }),
  };
}
