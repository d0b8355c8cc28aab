import type { Check } from './check.ts';
import { accessKeyAge } from './checks/account/access-key-age.ts';
import { bootstrap } from './checks/account/bootstrap.ts';
import { bootstrapParts } from './checks/account/bootstrap-parts.ts';
import { credentials } from './checks/account/credentials.ts';
import { credentialsLast } from './checks/account/credentials-last.ts';
import { serviceLinkedRoles } from './checks/account/service-linked-roles.ts';
import { leases } from './checks/environment/leases.ts';
import { lock } from './checks/environment/lock.ts';
import { stacks } from './checks/environment/stacks.ts';
import { configuration } from './checks/machine/configuration.ts';
import { containerEngine } from './checks/machine/container-engine.ts';
import { envFileMode, envFileTracked } from './checks/machine/env-files.ts';
import { imagePlatform } from './checks/machine/image-platform.ts';
import { nodeVersion } from './checks/machine/node-version.ts';
import { gh, git } from './checks/machine/programs.ts';
import { sessionPlugin } from './checks/machine/session-plugin.ts';

/** In the order of a person's questions; what a check needs stands before it. */
export const CHECKS: readonly Check[] = [
  nodeVersion,
  configuration,
  git,
  containerEngine,
  imagePlatform,
  sessionPlugin,
  gh,
  envFileMode,
  envFileTracked,
  credentials,
  credentialsLast,
  bootstrap,
  bootstrapParts,
  serviceLinkedRoles,
  accessKeyAge,
  stacks,
  lock,
  leases,
];
