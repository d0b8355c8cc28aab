import { pascal } from '../../../infra/names.ts';
import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { parsedJson } from '../../domain/parsed-json.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';

/** A role that no longer is as its stack made it. */
export interface RobbedRole {
  /** Id of its stack. */
  stack: string;
  role: string;
  /** Names of policies that are gone; absent: the role itself is. */
  policies?: readonly string[];
}

export interface LookedRoles {
  looked: number;
  robbed: RobbedRole[];
}

interface StackRole {
  stack: FoundStack;
  role: string;
  policies: readonly string[];
}

/** What tasks and functions act as. */
const OF_PROGRAMS = ['tasks', 'functions'];
/** IAM takes few calls a second from a whole account. */
const MOST = 60;

/**
 * Roles that somebody took policies from behind the backs of their stacks. What runs has its values, and would tell only
 * with its next start or call. Undefined: too many to ask for all. `of`: those of one service or function.
 */
export async function robbedRoles(
  { aws }: Pick<Session, 'aws'>,
  stacks: readonly FoundStack[],
  of?: string,
): Promise<LookedRoles | undefined> {
  const resting = stacks.filter(({ id, stack }) => OF_PROGRAMS.includes(id) && /_COMPLETE$/.test(stack.StackStatus!));
  const listed = await Promise.all(resting.map(async (stack) => ({ stack, roles: await rolesIn(aws, stack, of) })));
  // Templates of that many roles are large: they are not even read.
  if (listed.reduce((sum, { roles }) => sum + roles.length, 0) > MOST) return undefined;
  const all = (await Promise.all(listed.map((one) => withPolicies(aws, one)))).flat();
  const robbed = await fewAtATime(all, async ({ policies, role, stack: { id, region } }): Promise<RobbedRole[]> => {
    const { iam } = aws.in(region);
    if (!(await iam.role(role))) return [{ stack: id, role }];
    const has = await iam.policiesOf(role);
    const gone = policies.filter((name) => !has.includes(name));
    return gone.length > 0 ? [{ stack: id, role, policies: gone }] : [];
  });
  return { looked: all.length, robbed: robbed.flat() };
}

interface ListedRole {
  id: string;
  role: string;
}

async function rolesIn(aws: Session['aws'], stack: FoundStack, of: string | undefined): Promise<ListedRole[]> {
  const resources = await aws.in(stack.region).cloudFormation.resources(stack.stackName);
  const begins = of === undefined ? [''] : [`${pascal(of)}Roles`, `Functions${pascal(of)}`];
  return resources.flatMap(({ LogicalResourceId: id = '', PhysicalResourceId: role, ResourceType }) =>
    role && ResourceType === 'AWS::IAM::Role' && begins.some((one) => id.startsWith(one)) ? [{ id, role }] : [],
  );
}

async function withPolicies(
  aws: Session['aws'],
  { stack, roles }: { stack: FoundStack; roles: readonly ListedRole[] },
): Promise<StackRole[]> {
  if (roles.length === 0) return [];
  const template = await aws.in(stack.region).cloudFormation.template(stack.stackName);
  const { Resources = {} } = (parsedJson(template ?? '') ?? {}) as {
    Resources?: Record<string, { Properties?: { Policies?: { PolicyName?: unknown }[] } }>;
  };
  return roles.map(({ id, role }) => {
    const names = (Resources[id]?.Properties?.Policies ?? []).map(({ PolicyName }) => PolicyName);
    return { stack, role, policies: names.filter((name) => typeof name === 'string') };
  });
}
