import type { Deployment } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { RolloutRoles } from './rollout-roles.ts';

const OLD = 'ecs-svc/1';
const deployment = (id: string, status: 'PRIMARY' | 'ACTIVE', second = 0): Deployment => ({
  id,
  status,
  createdAt: new Date(second * 1000),
  updatedAt: new Date(second * 1000),
});
const task = (startedBy: string, second = 0) => ({ startedBy, createdAt: new Date(second * 1000) });

it('tells the new rollout from the old one, and from that by which CloudFormation goes back', () => {
  const roles = new RolloutRoles(new Set([OLD]));
  roles.see([deployment(OLD, 'PRIMARY')]);
  expect(roles.own).toBeUndefined();
  expect(roles.ofTask(task(OLD))).toBeUndefined();

  roles.see([deployment('ecs-svc/2', 'PRIMARY', 10), deployment(OLD, 'ACTIVE')]);
  expect(roles.own).toBe('ecs-svc/2');
  expect(roles.ofTask(task('ecs-svc/2'))).toBe('new');
  expect(roles.ofTask(task(OLD))).toBeUndefined();

  roles.see([deployment('ecs-svc/3', 'PRIMARY', 20), deployment('ecs-svc/2', 'ACTIVE', 10)]);
  expect([roles.ofTask(task('ecs-svc/2')), roles.ofTask(task('ecs-svc/3'))]).toEqual(['new', 'back']);
});

it('takes only the young tasks of a rollout that ECS goes back to for those of the way back', () => {
  const roles = new RolloutRoles(new Set([OLD]), 'ecs-svc/2');
  expect(roles.ofDeployment(OLD)).toBeUndefined();
  roles.see([deployment(OLD, 'PRIMARY', 30), deployment('ecs-svc/2', 'ACTIVE', 10)]);
  expect(roles.ofDeployment(OLD)).toBe('back');
  expect([roles.ofTask(task(OLD, 29)), roles.ofTask(task(OLD, 31))]).toEqual([undefined, 'back']);
});

it('knows the tasks of a rollout that was over before anybody looked; a one-off is of none', () => {
  const roles = new RolloutRoles(new Set([OLD]));
  expect(roles.ofTask(task('platform/migrate'))).toBeUndefined();
  expect(roles.ofTask(task('ecs-svc/2'))).toBe('new');
  expect(roles.ofTask(task('ecs-svc/3'))).toBe('back');
});

it('sees which of two came first', () => {
  const roles = new RolloutRoles(new Set());
  roles.see([deployment('ecs-svc/9', 'PRIMARY', 20), deployment('ecs-svc/7', 'ACTIVE', 10)]);
  expect([roles.own, roles.ofDeployment('ecs-svc/9')]).toEqual(['ecs-svc/7', 'back']);
});
