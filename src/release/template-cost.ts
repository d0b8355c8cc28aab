import { humanName } from '../../infra/describe-resource.ts';
import { cents, PRICED_REGION } from '../domain/prices.ts';
import { type ResourceCost, resourceCost, type TemplateResource } from './resource-cost.ts';

export interface PricedTemplate {
  Resources?: Readonly<Record<string, TemplateResource | undefined>>;
}

/** Every resource of a template that costs something, or may. */
export function costsOf(template: PricedTemplate): { name: string; type: string; found: ResourceCost }[] {
  const resources = template.Resources ?? {};
  return Object.entries(resources).flatMap(([id, resource]) => {
    const type = resource?.Type ?? '';
    const found = resourceCost({ id, type, properties: resource?.Properties ?? {}, resources });
    const name = humanName(template as Parameters<typeof humanName>[0], id);
    return found.fixed || found.uses || found.unknown !== undefined ? [{ name, type, found }] : [];
  });
}

/**
 * What stacks cost in a month at the least, of what is known; null where their region has other prices than those that
 * are cited.
 */
export function idleCost(stacks: readonly { region: string; template: PricedTemplate }[]): number | null {
  let sum = 0;
  for (const { region, template } of stacks) {
    const fixed = costsOf(template).flatMap(({ found }) => (found.fixed ? [found.fixed.idle] : []));
    if (fixed.length > 0 && region !== PRICED_REGION) return null;
    sum += fixed.reduce((all, one) => all + one, 0);
  }
  return cents(sum);
}
