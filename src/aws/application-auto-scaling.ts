import type {
  ApplicationAutoScaling as Client,
  ScalableTarget,
  SuspendedState,
} from '@aws-sdk/client-application-auto-scaling';
import { call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** What may be changed of a target; what is left out stays. */
export interface TargetChange {
  MinCapacity?: number;
  MaxCapacity?: number;
  SuspendedState?: SuspendedState;
}

const OF_SERVICES = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;

/** How many tasks ECS services may run. */
export class ApplicationAutoScaling {
  readonly #scaling: () => Promise<Client>;

  constructor(connection: Connection) {
    this.#scaling = once(async () =>
      connect((await import('@aws-sdk/client-application-auto-scaling')).ApplicationAutoScaling, connection),
    );
  }

  /** Undefined for a service that nothing scales. */
  async target(cluster: string, service: string): Promise<ScalableTarget | undefined> {
    const { ScalableTargets = [] } = await call('application-autoscaling:DescribeScalableTargets', async () =>
      (await this.#scaling()).describeScalableTargets({
        ...OF_SERVICES,
        ResourceIds: [`service/${cluster}/${service}`],
      }),
    );
    return ScalableTargets[0];
  }

  /** Changes a target that is there. AWS brings the desired count within new bounds by itself, in its own time. */
  async change(cluster: string, service: string, change: TargetChange): Promise<void> {
    await call('application-autoscaling:RegisterScalableTarget', async () =>
      (await this.#scaling()).registerScalableTarget({
        ...OF_SERVICES,
        ResourceId: `service/${cluster}/${service}`,
        ...change,
      }),
    );
  }
}
