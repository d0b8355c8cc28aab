import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../../infra/app.ts';
import { UnknownConstruct } from '../../infra/apply-overrides.ts';
import type { Built } from '../../infra/next-output.ts';
import type { AppSettings } from '../../infra/settings.ts';
import { nearest } from '../domain/nearest.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Synthesis } from './cdk.ts';

/** Templates of every stack from the settings and the bundled functions alone: no calls, and the same input gives the same bytes. */
export function synthesize(settings: AppSettings, directory: string, made: Built = {}): Synthesis {
  const { app, stacks } = built(settings, { outdir: directory, ...made });
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

function built(...[settings, options]: Parameters<typeof buildApp>): ReturnType<typeof buildApp> {
  try {
    return buildApp(settings, options);
  } catch (error) {
    throw error instanceof UnknownConstruct ? overrideUnknown(error) : error;
  }
}

/** As many as a person reads. */
const SHOWN = 12;

function overrideUnknown({ path, known }: UnknownConstruct): PlatformError {
  const near = nearest(path, known);
  const few =
    known.length > SHOWN ? `${known.slice(0, SHOWN).join(', ')} and ${known.length - SHOWN} more` : known.join(', ');
  return new PlatformError({
    id: 'override-unknown',
    kind: 'usage',
    message: `overrides: nothing that is built has the address ${path}`,
    remedy: near ? `write ${near}` : `write one of ${few}`,
  });
}
