import { core } from './aws-cdk.ts';
import type { RotationSettings } from './function-settings.ts';
import { secretOf } from './grants.ts';
import type { Links } from './links.ts';
import { outputs } from './outputs.ts';
import type { Grant } from './policy.ts';
import type { AppSettings } from './settings.ts';

/** What the two functions of a rotation may do, which no `uses` stands for. */
export function rotationGrants(links: Links, settings: AppSettings, rotation: RotationSettings): Grant[] {
  const secret = links.from('data', outputs.data.databaseSecretArn(rotation.database));
  if (rotation.does === 'rotate')
    return [
      {
        actions: [
          'secretsmanager:DescribeSecret',
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
          'secretsmanager:UpdateSecretVersionStage',
        ],
        resources: [secret],
      },
      // It makes a password up, and is bound to no secret.
      { actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] },
    ];
  const url = urlSecretOf(links, settings, rotation.database);
  return [
    { actions: ['secretsmanager:GetSecretValue'], resources: url ? [secret, url] : [secret] },
    ...(url ? [{ actions: ['secretsmanager:PutSecretValue'], resources: [url] }] : []),
    ...(hasServices(settings) ? restartGrants(links, settings) : []),
  ];
}

/** Undefined where nobody wants the whole URL. */
export function urlSecretOf(links: Links, settings: AppSettings, database: string): string | undefined {
  if (!settings.databases[database]?.credentials.urlSecretName) return undefined;
  return secretOf(links, settings, { from: 'database', database, key: 'url' });
}

export const hasServices = ({ services }: AppSettings): boolean => Object.keys(services).length > 0;

/**
 * Services are found by what their task definitions hold, so their names are no parameters: a service may wait for the
 * address of an API, which stands beside these functions. Lists and task definitions are bound to no resource.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
function restartGrants(links: Links, { region, account }: AppSettings): Grant[] {
  const cluster = links.from('runtime', outputs.runtime.clusterName);
  return [
    { actions: ['ecs:DescribeTaskDefinition', 'ecs:ListServices'], resources: ['*'] },
    {
      actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
      resources: [`arn:${core.Aws.PARTITION}:ecs:${region}:${account}:service/${cluster}/*`],
    },
  ];
}
