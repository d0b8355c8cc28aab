import type { ResourceProgress } from '../../cdk/cdk.ts';
import { look, seen } from '../../diagnosis/look.ts';
import type { Tree } from '../../io/reporter.ts';
import type { PlannedStack } from '../../release/plan.ts';
import { SAME_COMMAND } from '../explain-failure.ts';
import type { Judge } from './judge.ts';
import type { Recorder } from './recorder.ts';
import { type Findings, RolloutWatch } from './rollout-watch.ts';
import type { WatchPowers } from './watched-rollout.ts';

/** What a deployment is watched with. */
export interface Flight {
  recorder: Recorder;
  /** Finds what is behind tasks that stop; absent: they are only recorded. */
  judge?: Judge | undefined;
  /** Never cut short what looks hopeless. */
  waitAnyway: boolean;
}

export interface FlightInput extends Flight {
  stack: PlannedStack;
  tree: Tree;
}

/** What the watch of a stack's service came to; nothing but `sick` undefined where no task of it stopped. */
export type StackFindings = Findings & { sick: string | undefined };

const SERVICE = 'AWS::ECS::Service';
const NOTHING: Findings = { causes: [], unseen: [], convicted: undefined, stopped: 0, reasons: [], now: undefined };

/**
 * What is kept and judged of one stack's deployment: resources that fail, and the rollouts that CloudFormation waits
 * for. Rollouts that were there before are none of it.
 */
export class StackFlight {
  readonly #powers: WatchPowers;
  readonly #input: FlightInput;
  readonly #watches = new Map<string, RolloutWatch>();
  readonly #hopeless = new AbortController();
  #last = '';
  /** By ARN of the service; one that is not in it is being made. */
  readonly #before = new Map<string, ReadonlySet<string>>();

  /** Without it nothing that runs can be told from what is new. */
  #isKnown = true;

  constructor(powers: Omit<WatchPowers, 'recorder'>, input: FlightInput) {
    this.#powers = { ...powers, recorder: input.recorder, aws: powers.aws.in(input.stack.region) };
    this.#input = input;
  }

  /** Aborted when waiting for one of its services is hopeless. */
  get hopeless(): AbortSignal {
    return this.#hopeless.signal;
  }

  /** Just before anything is begun: which rollouts are there already. */
  async begin(): Promise<void> {
    const { template, stackName, live } = this.#input.stack;
    const has = Object.values(template.Resources ?? {}).some((one) => (one as { Type?: string }).Type === SERVICE);
    if (!has || !live) return;
    const { aws } = this.#powers;
    const powers = { clock: this.#powers.clock, signal: this.#powers.signal };
    const at = { what: `the services of ${stackName}`, call: 'ecs:DescribeServices' };
    const found = await look(powers, at, async () => {
      const resources = await aws.cloudFormation.resources(stackName);
      const arns = resources.flatMap(({ ResourceType, PhysicalResourceId: arn = '' }) =>
        ResourceType === SERVICE && placeOfService(arn) ? [arn] : [],
      );
      return Promise.all(arns.map(async (arn) => ({ arn, service: await aws.ecs.service(...placeOfService(arn)!) })));
    });
    for (const { arn, service } of seen(found) ?? [])
      this.#before.set(arn, new Set((service?.deployments ?? []).map(({ id = '' }) => id)));
    if (found.state !== 'unseen') return;
    this.#isKnown = false;
    this.#powers.recorder.saw({ kind: 'blind', ...found.unseen });
  }

  saw({ logicalId, type, status, reason, physicalId = '' }: ResourceProgress): void {
    const { stack } = this.#input;
    if (/_FAILED$|ROLLBACK/.test(status))
      this.#powers.recorder.saw({
        kind: 'resource',
        stack: stack.stackName,
        resource: logicalId,
        type,
        status,
        ...(reason ? { reason } : {}),
      });
    if (type === SERVICE && /^(CREATE|UPDATE)_/.test(status)) this.#watch(physicalId);
  }

  /** Ends the watch. `failed`: the stack has. */
  async end({ failed }: { failed: boolean }): Promise<StackFindings> {
    const { stack, tree } = this.#input;
    const found = await Promise.all([...this.#watches.values()].map((watch) => watch.finish({ failed })));
    if (found.length > 0)
      tree.row(rowOf(stack.id), {
        ...this.#row,
        state: failed ? 'failed' : 'done',
        ...(failed && this.#last !== '' ? { detail: this.#last } : {}),
      });
    // A stack of ours has one service.
    const first = found.find(({ convicted }) => convicted) ?? found[0] ?? NOTHING;
    return { ...first, sick: first.stopped > 0 ? nameOfStack(stack.id) : undefined };
  }

  get #row() {
    return { parent: this.#input.stack.id, title: `rollout of ${nameOfStack(this.#input.stack.id)}` };
  }

  #watch(arn: string): void {
    const place = placeOfService(arn);
    if (!place || !this.#isKnown || this.#watches.has(arn)) return;
    const { stack, tree, judge, waitAnyway } = this.#input;
    const before = this.#before.get(arn) ?? new Set<string>();
    const [cluster, serviceName] = place;
    const watch = new RolloutWatch(this.#powers, {
      name: nameOfStack(stack.id),
      cluster,
      serviceName,
      before,
      judge,
      again: SAME_COMMAND,
      waitAnyway,
      say: (detail) => {
        this.#last = detail;
        tree.row(rowOf(stack.id), { ...this.#row, state: 'running', detail });
      },
    });
    watch.hopeless.addEventListener('abort', () => this.#giveUp(), { once: true });
    this.#watches.set(arn, watch);
  }

  #giveUp(): void {
    const { stackName } = this.#input.stack;
    this.#powers.recorder.saw({
      kind: 'act',
      text: `Waiting is hopeless: what is under way in ${stackName} is taken back`,
    });
    this.#hopeless.abort();
  }
}

/** Cluster and name in the ARN of a service: `arn:aws:ecs:<region>:<account>:service/<cluster>/<name>`. */
export function placeOfService(arn: string): [string, string] | undefined {
  const [head = '', cluster, name] = arn.split('/');
  return head.endsWith(':service') && cluster && name ? [cluster, name] : undefined;
}

const rowOf = (stackId: string): string => `${stackId}/#rollout`;
export const nameOfStack = (stackId: string): string => stackId.replace(/^service-/, '');
