import { randomBytes } from 'node:crypto';
import { defineTable } from '../../kernel/scope.ts';

/** Properties of a CloudFormation type. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of each type's own schema
export type Declared = Record<string, any>;

export interface GroupRow {
  id: string;
  name: string;
  application: string;
  declared: Declared;
}

export interface Routing {
  type: 'AllAtOnce' | 'TimeBasedCanary' | 'TimeBasedLinear';
  percent: number;
  minutes: number;
}

export interface DeploymentRow {
  id: string;
  application: string;
  group: string;
  config: string;
  function: string;
  alias: string;
  from: string;
  to: string;
  /** Part of the calls that the new version gets. */
  percent: number;
  status: 'Failed' | 'InProgress' | 'Stopped' | 'Succeeded';
  error?: { code: string; message: string };
  rolledBack?: boolean;
  created: number;
  completed?: number;
  /** Virtual time of the next step. */
  nextStep: number;
}

export const applications = defineTable<{ id: string; name: string; created: number }>('codedeploy.applications');
/** By `<application>/<group>`. */
export const groups = defineTable<GroupRow>('codedeploy.groups');
export const configs = defineTable<{ id: string; name: string; routing: Routing; created: number }>(
  'codedeploy.configs',
);
export const deployments = defineTable<DeploymentRow>('codedeploy.deployments');

/** `d-` and nine capital letters and digits. */
export const deploymentId = (): string =>
  `d-${[...randomBytes(9)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[byte % 36]).join('')}`;
