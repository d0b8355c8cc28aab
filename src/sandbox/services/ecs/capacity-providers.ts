import type { CapacityProvider, CapacityProviderStrategyItem } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope.ts';
import { invalid } from './faults.ts';

/** The two that every account has; providers of EC2 capacity are not simulated. */
const FARGATE = ['FARGATE', 'FARGATE_SPOT'];

export function checkCapacityProviders(
  providers: readonly string[],
  strategy: readonly CapacityProviderStrategyItem[],
): void {
  const unknown = providers.find((provider) => !FARGATE.includes(provider));
  if (unknown) throw invalid(`The specified capacity provider '${unknown}' was not found.`);
  checkStrategy(providers, strategy);
}

/** A strategy may only name providers that its cluster is associated with. */
export function checkStrategy(providers: readonly string[], strategy: readonly CapacityProviderStrategyItem[]): void {
  for (const { capacityProvider, weight, base } of strategy) {
    if (!providers.includes(capacityProvider ?? ''))
      throw invalid(
        `The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.`,
      );
    if ((weight ?? 0) < 0 || (weight ?? 0) > 1000)
      throw invalid('The capacity provider weight must be between 0 and 1000.');
    if ((base ?? 0) < 0 || (base ?? 0) > 100_000)
      throw invalid('The capacity provider base must be between 0 and 100000.');
  }
  if (strategy.filter(({ base }) => (base ?? 0) > 0).length > 1)
    throw invalid('Only one capacity provider in a strategy can have a base defined.');
}

export const capacityProvidersOf = (scope: Scope, names: readonly string[] = FARGATE): CapacityProvider[] =>
  names
    .filter((name) => FARGATE.includes(name))
    .map((name) => ({
      capacityProviderArn: `arn:aws:ecs:${scope.region}:${scope.account}:capacity-provider/${name}`,
      name,
      status: 'ACTIVE',
      type: name as 'FARGATE' | 'FARGATE_SPOT',
      tags: [],
    }));
