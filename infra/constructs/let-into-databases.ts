import type { Construct } from 'constructs';
import { ec2 } from '../aws-cdk.ts';
import type { Links } from '../links.ts';
import { pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import { prefixOf } from '../placement.ts';
import type { AppSettings, ComponentSettings } from '../settings.ts';

export interface LetIntoDatabases {
  links: Links;
  settings: AppSettings;
  uses: ComponentSettings['uses'];
  /** The security group that wants in; asked for after the database's, which keeps the order of parameters. */
  groupId: () => string;
  /** As the rule is described: `dev function api`. */
  who: string;
}

/** A rule for each database in `uses`, on its port alone. It lives with who wants in, so no two stacks need each other (F-11). */
export function letIntoDatabases(scope: Construct, { links, settings, uses, groupId, who }: LetIntoDatabases): void {
  for (const { kind, name } of uses) {
    if (kind !== 'database') continue;
    const { engine, port } = settings.databases[name]!;
    new ec2.CfnSecurityGroupIngress(scope, pascal(name), {
      groupId:
        engine === 'shared'
          ? links.shared(prefixOf(settings.sharing), 'database/security-group-id')
          : links.from('data', outputs.data.databaseSecurityGroup(name)),
      sourceSecurityGroupId: groupId(),
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description: `from ${who}`,
    });
  }
}
