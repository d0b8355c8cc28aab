import type { Check } from './check.ts';
import { accessKeyAge } from './checks/account/access-key-age.ts';
import { accessRoles } from './checks/account/access-roles.ts';
import { apiLogRole } from './checks/account/api-log-role.ts';
import { billingMetrics } from './checks/account/billing-metrics.ts';
import { bootstrap } from './checks/account/bootstrap.ts';
import { bootstrapParts } from './checks/account/bootstrap-parts.ts';
import { credentials } from './checks/account/credentials.ts';
import { credentialsLast } from './checks/account/credentials-last.ts';
import { pipelineTrust } from './checks/account/pipeline-trust.ts';
import { serviceLinkedRoles } from './checks/account/service-linked-roles.ts';
import { trail } from './checks/account/trail.ts';
import { buckets } from './checks/data/buckets.ts';
import { databaseProtection, databases, databaseVersions } from './checks/data/databases.ts';
import { queues } from './checks/data/queues.ts';
import { rotation } from './checks/data/rotation.ts';
import { alarmReceivers } from './checks/environment/alarm-receivers.ts';
import { alarms } from './checks/environment/alarms.ts';
import { certificates } from './checks/environment/certificates.ts';
import { hostNames } from './checks/environment/host-names.ts';
import { leases } from './checks/environment/leases.ts';
import { leftovers } from './checks/environment/leftovers.ts';
import { lock } from './checks/environment/lock.ts';
import { secrets } from './checks/environment/secrets.ts';
import { stackProtection } from './checks/environment/stack-protection.ts';
import { stacks } from './checks/environment/stacks.ts';
import { workflowOutputs } from './checks/environment/workflow-outputs.ts';
import { edgeFunctions } from './checks/functions/edges.ts';
import { apiAnswers, eventTargets, functionErrors, functions } from './checks/functions/functions.ts';
import { sites } from './checks/functions/sites.ts';
import { configuration } from './checks/machine/configuration.ts';
import { containerEngine } from './checks/machine/container-engine.ts';
import { envFileMode, envFileTracked } from './checks/machine/env-files.ts';
import { imagePlatform } from './checks/machine/image-platform.ts';
import { nodeVersion } from './checks/machine/node-version.ts';
import { gh, git } from './checks/machine/programs.ts';
import { sessionPlugin } from './checks/machine/session-plugin.ts';
import { workflowCancels, workflowToken } from './checks/machine/workflows.ts';
import { balancerAnswers } from './checks/services/balancer-errors.ts';
import { circuitBreaker } from './checks/services/circuit-breaker.ts';
import { exec } from './checks/services/exec.ts';
import { images } from './checks/services/images.ts';
import { listenerCertificates } from './checks/services/listener-certificates.ts';
import { logGroups } from './checks/services/log-groups.ts';
import { network } from './checks/services/network.ts';
import { oldValues } from './checks/services/old-values.ts';
import { requestTraffic } from './checks/services/request-traffic.ts';
import { roles } from './checks/services/roles.ts';
import { rollouts } from './checks/services/rollouts.ts';
import { scheduledTasks } from './checks/services/scheduled-tasks.ts';
import { serviceTasks } from './checks/services/service-tasks.ts';
import { wayIn } from './checks/services/way-in.ts';
import { waysOut } from './checks/services/ways-out.ts';

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
  workflowToken,
  workflowCancels,
  credentials,
  credentialsLast,
  bootstrap,
  bootstrapParts,
  serviceLinkedRoles,
  accessKeyAge,
  trail,
  pipelineTrust,
  accessRoles,
  apiLogRole,
  billingMetrics,
  stacks,
  stackProtection,
  lock,
  leases,
  secrets,
  certificates,
  hostNames,
  alarms,
  alarmReceivers,
  leftovers,
  workflowOutputs,
  serviceTasks,
  wayIn,
  requestTraffic,
  rollouts,
  scheduledTasks,
  balancerAnswers,
  listenerCertificates,
  network,
  roles,
  waysOut,
  images,
  logGroups,
  oldValues,
  circuitBreaker,
  exec,
  functions,
  functionErrors,
  eventTargets,
  apiAnswers,
  edgeFunctions,
  sites,
  databases,
  databaseVersions,
  databaseProtection,
  rotation,
  queues,
  buckets,
];
