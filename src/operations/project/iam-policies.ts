import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { policiesFile } from '../../process/policies-file.ts';

/** Part of the contract of `doctor --policy --json`. */
export interface IamPolicy {
  /** `look`, `deploy`, `bootstrap`. */
  id: string;
  title: string;
  commands: string[];
  policy: { Version: string; Statement: unknown[] };
}

/** The smallest policies, with the project's name and account where there is a project that says them. */
export async function iamPolicies(context: Pick<Context, 'configured'>): Promise<IamPolicy[]> {
  const text = await policiesFile();
  const place = await context.configured().catch((error: unknown) => {
    if (error instanceof PlatformError) return undefined;
    throw error;
  });
  const { account, project = '<project>' } = place?.environment ?? {};
  const filled = text.replaceAll('<project>', project).replaceAll('<account>', account ?? '<account>');
  return JSON.parse(filled) as IamPolicy[];
}

export const policiesText = (policies: readonly IamPolicy[]): string =>
  policies
    .map(({ title, commands, policy }) => `${title} (${commands.join(', ')}):\n${JSON.stringify(policy, undefined, 2)}`)
    .join('\n\n');
