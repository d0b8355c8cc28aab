import { Construct } from 'constructs';
import type { Links } from '../links.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings, ComponentSettings } from '../settings.ts';
import { letIntoDatabases } from './let-into-databases.ts';

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
    const groupId = () => links.from('runtime', outputs.runtime.taskSecurityGroup(name));
    letIntoDatabases(this, { links, settings, uses: component.uses, groupId, who: `${settings.environment} ${name}` });
  }
}
