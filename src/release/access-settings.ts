import type { AccessSettings } from '../../infra/access-template.ts';
import { fitName, stackName } from '../../infra/names.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import { mergedStatements } from './merged-statements.ts';
import { narrowed, withoutValues } from './narrowed-statements.ts';

/** Longest name of an IAM role. */
const ROLE_NAME = 64;

export const accessStackName = ({ naming, project, name }: EffectiveEnvironment): string =>
  stackName(naming.stack, { project, env: name, block: 'access' });

/** Fixed, so that a profile can name it. */
export const accessRoleName = (
  { project, name }: Pick<EffectiveEnvironment, 'project' | 'name'>,
  group: string,
): string => fitName(`${project}-${name}-access-${group}`, ROLE_NAME);

export interface PolicyStatements {
  /** As `doctor --policy` names it. */
  id: string;
  statements: readonly object[];
}

/** What each group is given. */
const GIVEN = { look: ['look'], operate: ['look', 'operate'], deploy: ['look', 'deploy'] } as const;

export function accessSettings(
  environment: EffectiveEnvironment,
  { account, policies }: { account: string; policies: readonly PolicyStatements[] },
): AccessSettings {
  const { permissionsBoundary } = environment.blocks.bootstrap;
  const given = (may: keyof typeof GIVEN) =>
    mergedStatements(GIVEN[may].flatMap((id) => policies.find((one) => one.id === id)?.statements ?? []));
  return {
    account,
    tags: environment.tags,
    ...(permissionsBoundary ? { permissionsBoundary } : {}),
    groups: Object.entries(environment.blocks.access).map(
      ([name, { may, principals, mfa, sessionHours, readsSecrets = may !== 'look' }]) => ({
        name,
        roleName: accessRoleName(environment, name),
        description: `People of ${name} ${may} in ${environment.project}/${environment.name} with it`,
        sessionHours,
        roles: principals.filter((one) => /^arn:[^:]*:iam::\d+:role\//.test(one)),
        users: principals.filter((one) => /^arn:[^:]*:iam::\d+:user\//.test(one)),
        usersNeedMfa: mfa,
        permissionSets: principals.flatMap((one) => (one.startsWith('sso:') ? [one.slice(4)] : [])),
        statements: narrowed(environment, readsSecrets ? given(may) : withoutValues(given(may))),
      }),
    ),
  };
}
