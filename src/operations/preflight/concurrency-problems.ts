import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Plan, PlannedStack } from '../../release/plan.ts';
import type { Template } from '../../release/resolve-template.ts';

/**
 * What Lambda keeps for functions without a reservation; an account that may run fewer at once has to keep all of it, so
 * that a new one (10) can reserve nothing: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const UNRESERVED = 100;
const CODE = 'L-B99A9384';

/**
 * Reservations that Lambda would refuse half-way, because they leave the other functions of the account and region too
 * little (F-100). Asks nothing where no more is reserved than there is already.
 */
export async function concurrencyProblems(
  { aws, target }: Pick<Session, 'aws' | 'target'>,
  { stacks }: Pick<Plan, 'stacks'>,
): Promise<Problem[]> {
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const found = await Promise.all(
    regions.map(async (region): Promise<Problem[]> => {
      const here = stacks.filter((stack) => stack.region === region && stack.action !== 'none');
      const wanted = here.reduce((sum, stack) => sum + (stack.action === 'delete' ? 0 : reserved(stack.template)), 0);
      const more = here.reduce((sum, stack) => sum - reserved(stack.live?.template), wanted);
      if (more <= 0) return [];
      const { limit, unreserved } = await aws.in(region).lambda.accountConcurrency();
      const least = Math.min(UNRESERVED, limit);
      const missing = least - (unreserved - more);
      if (missing <= 0) return [];
      const most = Math.max(0, wanted - missing);
      return [
        {
          rule: 'F-100',
          severity: 'error',
          path: 'functions',
          message: `The functions would reserve ${more} more concurrent executions in ${region}, where account ${target.account} may run ${limit} in all, ${unreserved} of them reserved by nobody, and ${least} have to stay so`,
          remedy: `${most > 0 ? `lower reservedConcurrency to ${most} in all` : 'drop reservedConcurrency'}, or ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code ${CODE} --desired-value ${limit + missing} --region ${region}`,
          evidence: [
            evidenceOf('lambda:GetAccountSettings', 'AccountLimit.ConcurrentExecutions', limit),
            evidenceOf('lambda:GetAccountSettings', 'AccountLimit.UnreservedConcurrentExecutions', unreserved),
          ],
        },
      ];
    }),
  );
  return found.flat();
}

function reserved(template: PlannedStack['template'] | undefined): number {
  return Object.values<Template>(template?.Resources ?? {})
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .reduce((sum, { Properties }) => sum + (Number(Properties?.ReservedConcurrentExecutions ?? 0) || 0), 0);
}
