import type { EffectiveEnvironment } from '../config/project.ts';
import { fillName } from '../domain/fill-name.ts';
import type { Statement } from './merged-statements.ts';

/** What a secret holds is another thing than that it is there. */
export const withoutValues = (statements: readonly Statement[]): Statement[] =>
  statements
    .map((statement) => ({
      ...statement,
      Action: statement.Action.filter((action) => action !== 'secretsmanager:GetSecretValue'),
    }))
    .filter(({ Action }) => Action.length > 0);

/**
 * Names that CloudFormation gives begin with the stack's, of which it keeps this much where a role or a bucket could not
 * be called all of that.
 */
const KEPT_OF_STACK = 24;

/** What the names of roles and buckets begin with, for stacks whose names begin so. */
export const beginning = (stacks: string): string => `${stacks.slice(0, KEPT_OF_STACK)}*`;

/** Rights of a whole project, held to what bears the name of one environment wherever AWS knows resources. */
export function narrowed(environment: EffectiveEnvironment, statements: readonly object[]): object[] {
  const { blocks, project, name: env, naming } = environment;
  const named = (template: string) => fillName(template, { project, env, block: '*', name: '*' });
  const whole = naming.stack.includes('{block}') ? naming.stack : `${naming.stack}-{block}`;
  const own = Object.values(blocks.secrets).flatMap(({ path }) =>
    path === undefined ? [] : [`${fillName(path, { project, env })}-*`],
  );
  const narrow = (resource: string): string[] => {
    const of = (ending: string, instead: string): string[] => [`${resource.slice(0, -ending.length)}${instead}`];
    if (resource.endsWith(`:stack/${project}-*`)) return of(`${project}-*`, named(whole));
    if (resource.endsWith(`:secret:${project}/*`))
      return [named(naming.secret), ...own].flatMap((path) => of(`${project}/*`, path));
    const whose = [`:role/${beginning(`${project}-`)}`, `:s3:::${beginning(`${project}-`)}`].find((one) =>
      resource.endsWith(one),
    );
    if (whose) return of(beginning(`${project}-`), beginning(named(whole).split('*')[0] || `${project}-${env}-`));
    if (resource.endsWith(':parameter/cdk-bootstrap/*') && blocks.shared.mode !== 'none')
      return [resource, ...of('/cdk-bootstrap/*', `${blocks.shared.prefix}/*`)];
    return [resource];
  };
  return statements.map((statement) => {
    const { Resource: resource } = statement as { Resource?: string | string[] };
    if (resource === undefined) return statement;
    const resources = [resource].flat().flatMap(narrow);
    return { ...statement, Resource: resources.length === 1 ? resources[0] : resources };
  });
}
