import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { policiesFile } from '../../process/policies-file.ts';
import { beginning } from '../../release/narrowed-statements.ts';

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
  return filledPolicies(text, place?.environment ?? {});
}

/** The text of the file with names in the place of their stand-ins. */
export function filledPolicies(
  text: string,
  { project = '<project>', account = '<account>' }: { project?: string; account?: string | undefined },
): IamPolicy[] {
  const filled = text
    .replaceAll(/(:role\/|:s3:::)<project>-\*/g, (_, kind: string) => `${kind}${beginning(`${project}-`)}`)
    .replaceAll('<project>', project)
    .replaceAll('<account>', account);
  return JSON.parse(filled) as IamPolicy[];
}

export const policiesText = (policies: readonly IamPolicy[]): string =>
  policies
    .map(({ title, commands, policy }) => `${title} (${commands.join(', ')}):\n${JSON.stringify(policy, undefined, 2)}`)
    .join('\n\n');
