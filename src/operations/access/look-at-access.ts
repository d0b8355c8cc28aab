import { accessRoleId } from '../../../infra/access-template.ts';
import type { AccessGroup } from '../../config/blocks/access.ts';
import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { parsedJson } from '../../domain/parsed-json.ts';
import { accessRoleName } from '../../release/access-settings.ts';
import { canonicalJson } from '../../release/canonical-json.ts';
import type { Template } from '../../release/resolve-template.ts';
import { broadeningsOf } from '../../release/security/broadenings.ts';
import { type ToldBroadening, toldBroadening } from '../../release/security/told-broadenings.ts';
import { ACCESS, accessStack, findAccessStack, wantedAccess } from './access-stack.ts';

/** Part of the contract of `access show --json` and `access apply --json`. */
export interface GroupStanding {
  name: string;
  /** Null of one that is no longer configured. */
  may: AccessGroup['may'] | null;
  principals: readonly string[];
  role: string;
  /** `as-configured`, `differs`, `missing`; `extra`: no longer configured. */
  state: 'as-configured' | 'differs' | 'missing' | 'extra';
  /** Whom somebody has let in beside the configuration. */
  alsoLetsIn: string[];
}

export interface AccessLook {
  stack: string;
  status: string | null;
  groups: GroupStanding[];
  wanted: Template;
  /** As CloudFormation has it; undefined: there is no such stack. */
  standing: Template | undefined;
  /** What applying the configuration would let through beyond what the stack says now. */
  broadens: ToldBroadening[];
}

/** Who may do what in an environment: as configured, as the stack says, and as IAM has it. Only looks. */
export async function lookAtAccess(session: Session): Promise<AccessLook> {
  const { aws, environment, target } = session;
  const [found, template] = await Promise.all([findAccessStack(session), wantedAccess(session)]);
  const wanted = template as Template;
  const isThere = found !== undefined && found.stack.StackStatus !== 'REVIEW_IN_PROGRESS';
  const { stackName } = accessStack(session);
  const standing = isThere
    ? ((parsedJson((await aws.cloudFormation.template(stackName)) ?? '') ?? {}) as Template)
    : undefined;
  const configured = Object.entries(environment.blocks.access);
  const arn = (role: string) => `arn:aws:iam::${target.account}:role/${role}`;
  const groups = await fewAtATime(configured, async ([name, { may, principals }]): Promise<GroupStanding> => {
    const id = accessRoleId(name);
    const roleName = accessRoleName(environment, name);
    const live = isThere ? await aws.iam.role(roleName) : undefined;
    const trust = live?.AssumeRolePolicyDocument && JSON.parse(decodeURIComponent(live.AssumeRolePolicyDocument));
    const same = canonicalJson(standing?.Resources?.[id]) === canonicalJson(wanted.Resources[id]);
    const alsoLetsIn = trust ? strangers(wanted, id, trust) : [];
    return {
      name,
      may,
      principals,
      role: arn(roleName),
      state: live === undefined ? 'missing' : same && alsoLetsIn.length === 0 ? 'as-configured' : 'differs',
      alsoLetsIn,
    };
  });
  const extra = Object.entries((standing?.Resources ?? {}) as Record<string, Template>)
    .filter(([id]) => wanted.Resources[id] === undefined)
    .map(
      ([id, { Properties: properties }]): GroupStanding => ({
        name: String(properties?.RoleName ?? id),
        may: null,
        principals: [],
        role: arn(String(properties?.RoleName ?? id)),
        state: 'extra',
        alsoLetsIn: [],
      }),
    );
  return {
    stack: stackName,
    status: found?.stack.StackStatus ?? null,
    groups: [...groups, ...extra],
    wanted,
    standing,
    broadens: broadeningsOf(standing ?? {}, wanted).map((one) =>
      toldBroadening({ stack: ACCESS, after: wanted, before: standing ?? {} }, one),
    ),
  };
}

/** Whom the role in IAM lets in that its template does not: the same comparison as that of deployments. */
function strangers(wanted: Template, id: string, trust: unknown): string[] {
  const { Type: type, Properties: properties } = wanted.Resources[id];
  const as = (document: unknown): Template => ({
    Resources: { [id]: { Type: type, Properties: { AssumeRolePolicyDocument: document } } },
  });
  return broadeningsOf(as(properties.AssumeRolePolicyDocument), as(trust)).map(
    ({ principal, lost }) =>
      `${principal ?? 'somebody'}${lost.length > 0 ? ` (no longer only when ${lost.join(' and ')})` : ''}`,
  );
}
