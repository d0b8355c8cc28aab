import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Plan, PlannedStack } from '../../release/plan.ts';
import type { Template } from '../../release/resolve-template.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/alternate-domain-names-move-options.html */
const MOVE =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/alternate-domain-names-move-options.html';

/**
 * Names that sites are about to get and that another distribution has: CloudFront gives each to one in the world (F-110).
 * Of other accounts it tells only through a distribution of ours that may show the name, so that a first one may find out
 * when it is made. Asks nothing where no name is added.
 */
export async function aliasProblems(
  { aws, target }: Pick<Session, 'aws' | 'target'>,
  { stacks }: Pick<Plan, 'stacks'>,
): Promise<Problem[]> {
  const added = stacks.flatMap(({ id, action, template, live }) => {
    const before = new Set(action === 'recreate' ? [] : aliasesOf(live?.template));
    return action === 'delete'
      ? []
      : aliasesOf(template)
          .filter((alias) => !before.has(alias))
          .map((alias) => ({ id, alias }));
  });
  if (added.length === 0) return [];
  const ours = await aws.cloudFront.distributions();
  const found = await Promise.all(
    added.map(async ({ id, alias }): Promise<Problem[]> => {
      const problem = (message: string, remedy: string, read: string, value: unknown): Problem[] => [
        {
          rule: 'F-110',
          severity: 'error',
          path: id,
          message,
          remedy,
          evidence: [evidenceOf(read, alias, value)],
        },
      ];
      const holder = ours.find(({ aliases }) => aliases.includes(alias));
      if (holder)
        return problem(
          `${alias} belongs to distribution ${holder.id} of this account, and only one may have it`,
          `take it off ${holder.id}, or give the site another domain; aws cloudfront associate-alias moves it once the site stands without it: ${MOVE}`,
          'cloudfront:ListDistributions',
          holder.id,
        );
      for (const { id: through } of ours.filter((one) => one.aliases.some((other) => sameZone(other, alias)))) {
        const conflicts = await aws.cloudFront.conflictingAliases(through, alias);
        if (conflicts === undefined) continue;
        const [other] = conflicts.filter(({ AccountId = '' }) => !endsAlike(AccountId, target.account));
        if (!other) return [];
        return problem(
          `${other.Alias} belongs to distribution ${other.DistributionId} of account ${other.AccountId}, and only one in the world may have it`,
          `have its owner let go of it, or move it with a TXT record that proves the domain to be yours: ${MOVE}`,
          'cloudfront:ListConflictingAliases',
          `${other.DistributionId} of ${other.AccountId}`,
        );
      }
      return [];
    }),
  );
  return found.flat();
}

/** What may be under one certificate: `*.example.com` covers one label. */
const sameZone = (one: string, other: string): boolean =>
  one.slice(one.indexOf('.') + 1) === other.slice(other.indexOf('.') + 1);

/** The account is shown in its last digits only. */
const endsAlike = (masked: string, account: string): boolean => account.endsWith(masked.replace(/^\*+/, ''));

function aliasesOf(template: PlannedStack['template'] | undefined): string[] {
  return Object.values<Template>(template?.Resources ?? {})
    .filter(({ Type }) => Type === 'AWS::CloudFront::Distribution')
    .flatMap(({ Properties }) => Properties?.DistributionConfig?.Aliases ?? [])
    .filter((alias) => typeof alias === 'string');
}
