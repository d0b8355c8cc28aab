import { expect, it } from 'vitest';
import type { Scope } from '../../../../kernel/scope.ts';
import { containerEnvironment } from './container-environment.ts';

/** An engine that bridges nothing, which is all that is looked at. */
const at = (region: string) =>
  ({ account: '111111111111', region, world: { machine: { engine: { facts: { network: 'host' } } } } }) as Scope;
const DOOR = { endpoint: 'http://127.0.0.1:4000' };

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-environment-variables.html */
it('ECS tells every container its region, under what the task definition says (S2-46)', async () => {
  expect(await containerEnvironment(at('eu-west-1'), { name: 'app', image: 'x' }, DOOR)).toMatchObject({
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
  });
  const own = { name: 'app', image: 'x', environment: [{ name: 'AWS_REGION', value: 'us-east-1' }] };
  expect(await containerEnvironment(at('eu-west-1'), own, DOOR)).toMatchObject({ AWS_REGION: 'us-east-1' });
});
