import { Construct } from 'constructs';
import { ec2 } from '../aws-cdk.ts';
import type { Links } from '../links.ts';
import { pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import { prefixOf } from '../placement.ts';
import type { AppSettings, ComponentSettings } from '../settings.ts';

export interface DatabaseAccessProps {
  links: Links;
  settings: AppSettings;
  name: string;
  component: ComponentSettings;
}

/** Lets a component's tasks through to its databases. The rule lives with who wants in, so no two stacks need each other (F-11). */
export class DatabaseAccess extends Construct {
  constructor(scope: Construct, id: string, { links, settings, name, component }: DatabaseAccessProps) {
    super(scope, id);
    for (const { kind, name: database } of component.uses) {
      if (kind !== 'database') continue;
      const { engine, port } = settings.databases[database]!;
      new ec2.CfnSecurityGroupIngress(this, pascal(database), {
        groupId:
          engine === 'shared'
            ? links.shared(prefixOf(settings.sharing), 'database/security-group-id')
            : links.from('data', outputs.data.databaseSecurityGroup(database)),
        sourceSecurityGroupId: links.from('runtime', outputs.runtime.taskSecurityGroup(name)),
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description: `from ${settings.environment} ${name}`,
      });
    }
  }
}
