import { expect, it } from 'vitest';
import { synthesize } from '../../../infra/testing/synthesize.ts';
import { wholeSettings } from '../../../infra/testing/whole-settings.ts';
import { emptyState } from '../../release/environment-state.ts';
import { loadText } from '../../testing/write-project.ts';
import { namedStacks } from './environment-stacks.ts';

it('every stack that an environment can have is found when its state is lost', () => {
  const made = synthesize(wholeSettings()).stacks.map(({ id }) => id);
  const services = made.flatMap((id) => (id.startsWith('service-') ? [id.slice('service-'.length)] : []));
  const project = loadText(
    `project: shop\nservices: { ${services.map((name) => `${name}: { image: { context: . } }`).join(', ')} }\nenvironments: { dev: { kind: dev } }`,
  );
  const environment = project.environment('dev');
  const target = { account: '222222222222', region: 'eu-west-1' };
  const named = namedStacks({ environment, target } as Parameters<typeof namedStacks>[0], emptyState());
  expect(made.filter((id) => !named.some((one) => one.id === id))).toEqual([]);
  expect(named.find(({ id }) => id === 'edge')).toMatchObject({ stackName: 'shop-dev-edge', region: 'us-east-1' });
});
