import type {
  CapacityProviderStrategyItem,
  Cluster,
  Deployment,
  LoadBalancer,
  Service,
  ServiceDeployment,
  ServiceDeploymentLifecycleStage,
  ServiceRevision,
  Tag,
  Task,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { defineTable } from '../../kernel/scope.ts';
import type { Stored } from './stored.ts';

export interface ClusterRow
  extends Pick<Stored<Cluster>, 'configuration' | 'serviceConnectDefaults' | 'settings' | 'tags'> {
  clusterName: string;
  status: 'ACTIVE' | 'INACTIVE';
  capacityProviders: string[];
  defaultCapacityProviderStrategy: CapacityProviderStrategyItem[];
}

/** A revision; deregistered ones stay (INACTIVE) because services that use them go on. */
export interface TaskDefinitionRow {
  definition: Stored<TaskDefinition> & {
    family: string;
    revision: number;
    taskDefinitionArn: string;
    containerDefinitions: NonNullable<Stored<TaskDefinition>['containerDefinitions']>;
  };
  tags: Tag[];
}

/** What a deployment rolls out; a rollback takes it from here. */
export interface Revision {
  arn: string;
  taskDefinition: string;
  networkConfiguration?: Stored<Deployment>['networkConfiguration'];
  loadBalancers: LoadBalancer[];
  launchType?: Deployment['launchType'];
  capacityProviderStrategy?: CapacityProviderStrategyItem[];
  platformVersion: string;
  /** Of two target groups that take turns, the one that its tasks join. */
  group?: string;
}

/** How far a deployment is that moves requests from one target group to the other. */
export interface Shift {
  stage: ServiceDeploymentLifecycleStage;
  /** Virtual time since which it is in this stage, or at this share. */
  since: number;
  /** Percent of the requests that the new revision is given. */
  percent: number;
}

export interface DeploymentRow {
  id: string;
  status: 'PRIMARY' | 'ACTIVE';
  createdAt: number;
  updatedAt: number;
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
  failedTasks: number;
  /** Failures in a row, whether the deployment is still rolling out or not: how long the next start waits. */
  streak: number;
  /** Virtual time before which no task is started, after failures. */
  notBefore: number;
  revision: Revision;
  serviceDeploymentArn: string;
  /** Absent: its tasks replace the older ones step by step. */
  shift?: Shift;
  /** Its alarms rang when it began: ECS does not listen to them. */
  deafToAlarms?: boolean;
  /** Virtual time since which it has all that it wants and nothing older runs. */
  doneSince?: number;
  /** Said once per deployment: that percentages leave no room. */
  blockedSaid?: boolean;
}

export interface ServiceRow {
  cluster: string;
  serviceName: string;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  createdAt: number;
  createdBy: string;
  settings: Pick<
    Stored<Service>,
    | 'deploymentConfiguration'
    | 'deploymentController'
    | 'enableECSManagedTags'
    | 'enableExecuteCommand'
    | 'healthCheckGracePeriodSeconds'
    | 'propagateTags'
    | 'schedulingStrategy'
    | 'availabilityZoneRebalancing'
    | 'serviceRegistries'
  >;
  roleArn: string;
  deployments: DeploymentRow[];
  /** The deployment that a failed one rolls back to. */
  lastCompleted?: { id: string; revision: Revision };
  /** Newest first, at most a hundred. */
  events: { id: string; createdAt: number; message: string }[];
  tags: Tag[];
  /** Tasks that were ended for failing their checks and are not replaced yet. */
  unhealthy?: number;
  /** Whether the newest event of weight says that all is well. */
  steady: boolean;
}

export type TaskStep = 'pending' | 'start' | 'running' | 'stopping' | 'deprovisioning' | 'stopped';

export interface TaskRow {
  cluster: string;
  taskId: string;
  task: Stored<Task> & {
    containers: NonNullable<Stored<Task>['containers']>;
    lastStatus: string;
    desiredStatus: string;
  };
  /** `family:revision`. */
  definition: string;
  service?: { name: string; deploymentId: string };
  network: { subnets: string[]; securityGroups: string[]; assignPublicIp: boolean };
  networkInterfaceId?: string;
  address?: string;
  targets: { targetGroupArn: string; port: number; registered: boolean }[];
  /** Virtual time of RUNNING, from which grace periods count. */
  runningSince?: number;
  /** It has been seen healthy, so that its end is no failed start. */
  proven: boolean;
  /** Its containers really run, in the engine of this machine. */
  isReal?: true;
  /** The scheduler ended it on purpose: scaled in, replaced, or stopped by a caller. */
  wanted: 'run' | 'stop';
}

/** Services and tasks are keyed `<cluster>/<name>`, task definitions `<family>:<revision>`. */
export const clusters = defineTable<ClusterRow>('ecs.clusters');
export const taskDefinitions = defineTable<TaskDefinitionRow>('ecs.task-definitions');
/** The last revision number given out per family: numbers are never used again. */
export const families = defineTable<{ revision: number }>('ecs.families');
/** Containers that the engine runs, by `<cluster>/<task id>/<name>`. */
export const realContainers = defineTable<{
  /** The engine's id. */
  id: string;
  /** What its own health check last said; absent: nothing yet. */
  health?: 'HEALTHY' | 'UNHEALTHY';
  /** The engine's time of the last line that was taken into the log. */
  loggedUntil?: string;
}>('ecs.real-containers');
export const services = defineTable<ServiceRow>('ecs.services');
export const tasks = defineTable<TaskRow>('ecs.tasks');
export const serviceDeployments = defineTable<{
  deployment: Stored<ServiceDeployment> & { serviceDeploymentArn: string };
  service: string;
}>('ecs.service-deployments');
export const serviceRevisions = defineTable<Stored<ServiceRevision>>('ecs.service-revisions');
/** The next look of the scheduler at a service. */
export const looks = defineTable<{ timer: string; at: number; background: boolean }>('ecs.looks');
/** Which tasks a RunTask started, by its client token: the same call again starts none. */
export const runTokens = defineTable<{ keys: string[] }>('ecs.run-tokens');
export const accountSettings = defineTable<{ value: string }>('ecs.account-settings');
