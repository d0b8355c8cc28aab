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
  if (strategy.length > 0 && strategy.every(({ weight }) => (weight ?? 0) === 0))
    throw invalid('At least one capacity provider in a strategy must have a weight greater than 0.');
  if (strategy.filter(({ base }) => (base ?? 0) > 0).length > 1)
    throw invalid('Only one capacity provider in a strategy can have a base defined.');
}

/**
 * The provider of each of so many further tasks, beside those that run (`taken`, by name): first the base, then by
 * weight. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export function providersFor(
  strategy: readonly CapacityProviderStrategyItem[] | undefined,
  taken: Readonly<Record<string, number>>,
  count: number,
): (string | undefined)[] {
  const counts = { ...taken };
  return Array.from({ length: count }, () => {
    const share = ({ capacityProvider = '', base = 0, weight = 0 }: CapacityProviderStrategyItem) =>
      weight > 0 ? Math.max(0, (counts[capacityProvider] ?? 0) - base) / weight : Number.POSITIVE_INFINITY;
    const next =
      strategy?.find(({ capacityProvider = '', base = 0 }) => (counts[capacityProvider] ?? 0) < base) ??
      strategy?.toSorted((one, other) => share(one) - share(other))[0];
    const name = next?.capacityProvider;
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
    return name;
  });
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
