import type { AccessSettings } from '../../infra/access-template.ts';
import { fitName, stackName } from '../../infra/names.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import { fillName } from '../domain/fill-name.ts';
import { mergedStatements, type Statement } from './merged-statements.ts';

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
        statements: narrowed(
          environment,
          mergedStatements(GIVEN[may].flatMap((id) => policies.find((one) => one.id === id)?.statements ?? []))
            .map((statement) => (readsSecrets ? statement : withoutValues(statement)))
            .filter(({ Action }) => Action.length > 0),
        ),
      }),
    ),
  };
}

/** What a secret holds is another thing than that it is there. */
const withoutValues = (statement: Statement): Statement => ({
  ...statement,
  Action: statement.Action.filter((action) => action !== 'secretsmanager:GetSecretValue'),
});

/** Rights of a whole project, held to what bears the name of one environment wherever AWS knows resources. */
function narrowed(environment: EffectiveEnvironment, statements: readonly object[]): object[] {
  const { project, name: env, naming } = environment;
  const named = (template: string) => fillName(template, { project, env, block: '*', name: '*' });
  const whole = naming.stack.includes('{block}') ? naming.stack : `${naming.stack}-{block}`;
  const own = Object.values(environment.blocks.secrets).flatMap(({ path }) =>
    path === undefined ? [] : [`${fillName(path, { project, env })}-*`],
  );
  const narrow = (resource: string): string[] => {
    const of = (ending: string, instead: string): string[] => [`${resource.slice(0, -ending.length)}${instead}`];
    if (resource.endsWith(`:stack/${project}-*`)) return of(`${project}-*`, named(whole));
    if (resource.endsWith(`:secret:${project}/*`))
      return [named(naming.secret), ...own].flatMap((path) => of(`${project}/*`, path));
    if (/:(?:role\/|s3:::)[^/]*$/.test(resource) && new RegExp(`[:/]${project}-\\*$`).test(resource))
      return of(`${project}-*`, `${project}-${env}-*`);
    return [resource];
  };
  return statements.map((statement) => {
    const { Resource: resource } = statement as { Resource?: string | string[] };
    if (resource === undefined) return statement;
    const resources = [resource].flat().flatMap(narrow);
    return { ...statement, Resource: resources.length === 1 ? resources[0] : resources };
  });
}
