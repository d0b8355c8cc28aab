import { referencesIn } from '../template/references.ts';
import type { Json } from '../template/template.ts';
import type { Fate } from './planned-resource.ts';

export interface Cause {
  source: 'ParameterReference' | 'ResourceAttribute' | 'ResourceReference';
  entity: string;
  evaluation: 'Dynamic' | 'Static';
}

export interface Situation {
  changedParameters: ReadonlySet<string>;
  fateOf: (logicalId: string) => Fate;
  holds: (condition: string) => boolean;
}

/**
 * Why a value may become another: parameters with a new value, resources that will be others, attributes of resources
 * that change. An attribute of a resource that is only modified may or may not change: that is `Dynamic`.
 */
export function causesOf(expression: Json | undefined, { changedParameters, fateOf, holds }: Situation): Cause[] {
  const causes = referencesIn(expression, holds).flatMap(({ target, attribute }): Cause[] => {
    if (attribute === undefined && changedParameters.has(target))
      return [{ source: 'ParameterReference', entity: target, evaluation: 'Static' }];
    const fate = fateOf(target);
    const entity = attribute === undefined ? target : `${target}.${attribute}`;
    const source = attribute === undefined ? 'ResourceReference' : 'ResourceAttribute';
    if (fate === 'replace') return [{ source, entity, evaluation: 'Static' }];
    if (fate === 'replace-perhaps') return [{ source, entity, evaluation: 'Dynamic' }];
    return fate === 'modify' && attribute !== undefined ? [{ source, entity, evaluation: 'Dynamic' }] : [];
  });
  return causes.filter(
    (cause, index) =>
      causes.findIndex(({ entity, source }) => entity === cause.entity && source === cause.source) === index,
  );
}
