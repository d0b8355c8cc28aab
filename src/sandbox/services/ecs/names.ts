import { randomBytes, randomInt } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';

const arn = ({ account, region }: Scope, resource: string): string => `arn:aws:ecs:${region}:${account}:${resource}`;

export const clusterArn = (scope: Scope, cluster: string) => arn(scope, `cluster/${cluster}`);
export const serviceArn = (scope: Scope, cluster: string, service: string) =>
  arn(scope, `service/${cluster}/${service}`);
export const taskArn = (scope: Scope, cluster: string, taskId: string) => arn(scope, `task/${cluster}/${taskId}`);
export const taskDefinitionArn = (scope: Scope, name: string) => arn(scope, `task-definition/${name}`);
export const containerArn = (scope: Scope, cluster: string, taskId: string, id: string) =>
  arn(scope, `container/${cluster}/${taskId}/${id}`);
export const serviceDeploymentArn = (scope: Scope, cluster: string, service: string, id: string) =>
  arn(scope, `service-deployment/${cluster}/${service}/${id}`);
export const serviceRevisionArn = (scope: Scope, cluster: string, service: string, id: string) =>
  arn(scope, `service-revision/${cluster}/${service}/${id}`);

/** The last part of an ARN, or the name itself: almost every ECS parameter takes either. */
export const lastPart = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

/** ECS's own default is a cluster of that name, which must exist like any other. */
export const clusterNameOf = (reference: string | undefined): string => lastPart(reference ?? 'default');

/** Thirty-two hexadecimal digits, as task ids are. */
export const freshTaskId = (): string => randomBytes(16).toString('hex');

/** Nineteen digits, as the ids of deployments (`ecs-svc/…`) and service revisions are. */
export const freshNumber = (): string =>
  `${randomInt(1, 10)}${Array.from({ length: 18 }, () => randomInt(10)).join('')}`;

/** Twenty-one characters, as the ids of service deployments are. */
export const freshDeploymentId = (): string =>
  Array.from({ length: 21 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
