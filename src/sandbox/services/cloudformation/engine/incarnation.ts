import type { Incarnation } from '../state.ts';

/** The part of a row that is the resource itself, apart from what an operation is doing with it. */
export function incarnationOf({
  physicalId,
  properties,
  attributes,
  dependsOn,
  deletionPolicy,
  metadata,
  borrowed,
  tags,
}: Incarnation): Incarnation {
  return {
    ...(physicalId === undefined ? {} : { physicalId }),
    properties,
    attributes,
    dependsOn,
    deletionPolicy,
    ...(metadata === undefined ? {} : { metadata }),
    ...(borrowed === undefined ? {} : { borrowed }),
    ...(tags === undefined ? {} : { tags }),
  };
}
