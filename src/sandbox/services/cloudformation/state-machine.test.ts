import {
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  RollbackStackCommand,
} from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CustomResourceEvent } from './resources/custom-resource-invoker.ts';
import { custom, stackScene } from './stack-scene.ts';

/** What somebody may do to a stack, and which requests of its resources fail meanwhile: every n-th one. */
const step = fc.record({
  does: fc.constantFrom('create', 'update', 'delete', 'continue', 'rollback'),
  sizes: fc.array(fc.constantFrom('0', '1', '2', 'x'), { minLength: 3, maxLength: 3 }),
  failEvery: fc.constantFrom(0, 0, 2, 3),
  disableRollback: fc.boolean(),
});

/** The resources that exist outside, as the double was told to make, change and remove them. */
class Outside {
  readonly things = new Map<string, string>();
  failEvery = 0;
  #asked = 0;
  #made = 0;

  answer = ({ RequestType, PhysicalResourceId, ResourceProperties }: CustomResourceEvent) => {
    this.#asked += 1;
    if (this.failEvery > 0 && this.#asked % this.failEvery === 0) return { Status: 'FAILED', Reason: 'by chance' };
    if (RequestType === 'Delete') {
      this.things.delete(PhysicalResourceId!);
      return undefined;
    }
    // A size of `x` is another thing altogether.
    const id =
      RequestType === 'Create' || ResourceProperties.Size === 'x' ? `thing-${++this.#made}` : PhysicalResourceId!;
    this.things.set(id, String(ResourceProperties.Size));
    return { PhysicalResourceId: id };
  };
}

/** `0` leaves a resource out; each depends on the one before it. */
function templateOf(sizes: readonly string[]) {
  const present = sizes.flatMap((size, index) => (size === '0' ? [] : [[`R${index}`, size] as const]));
  const resources = present.map(([id, Size], index) => [
    id,
    custom({ Size }, index > 0 ? { DependsOn: present[index - 1]![0] } : {}),
  ]);
  return { Resources: { ...Object.fromEntries(resources), Base: { Type: 'AWS::SNS::Topic' } } };
}

it('always comes to rest in a state of AWS, and what it says is there is what is there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      const scene = await stackScene();
      const outside = new Outside();
      scene.answer = outside.answer;
      for (const { does, sizes, failEvery, disableRollback } of steps) {
        outside.failEvery = failEvery;
        const StackName = 'shop';
        const act = {
          create: () => scene.create(templateOf(sizes), { DisableRollback: disableRollback }),
          update: () => scene.update(templateOf(sizes), { DisableRollback: disableRollback }),
          delete: () => scene.client.send(new DeleteStackCommand({ StackName })),
          continue: () => scene.client.send(new ContinueUpdateRollbackCommand({ StackName })),
          rollback: () => scene.client.send(new RollbackStackCommand({ StackName })),
        }[does];
        const refused = await act().then(
          () => undefined,
          (error: Error) => error,
        );
        if (refused) expect(['ValidationError', 'AlreadyExistsException']).toContain(refused.name);
        await scene.rest();
        const { Stacks } = await scene.client.send(new DescribeStacksCommand({}));
        const [stack] = Stacks!;
        if (!stack) continue;
        expect(stack.StackStatus).toMatch(/^(CREATE|UPDATE|ROLLBACK|UPDATE_ROLLBACK|DELETE)_(COMPLETE|FAILED)$/);
        if (!/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.StackStatus!)) continue;
        const { StackResources } = await scene.client.send(new DescribeStackResourcesCommand({ StackName }));
        for (const { PhysicalResourceId, ResourceType } of StackResources!)
          if (ResourceType === 'Custom::Thing') expect([...outside.things.keys()]).toContain(PhysicalResourceId);
      }
      outside.failEvery = 0;
      for (let tries = 0; tries < 2; tries += 1) {
        await scene.client.send(new DeleteStackCommand({ StackName: 'shop' }));
        await scene.rest();
      }
      expect((await scene.client.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
      // Only a removal that failed may leave something behind.
      if (steps.every(({ failEvery }) => failEvery === 0)) expect([...outside.things.keys()]).toEqual([]);
      await scene.sandbox.close();
    }),
    { numRuns: 25 },
  );
}, 120_000);
