import { invalid } from '../faults.ts';
import { type Chooser, referencesIn } from './references.ts';
import type { ResourceDeclaration, Template } from './template.ts';

/** Which resources each resource waits for, among the ones that exist. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** The resources of a template whose condition holds, with their declarations, in the order they were written. */
export function activeResources(
  template: Template,
  holds: (condition: string) => boolean,
): Map<string, ResourceDeclaration> {
  return new Map(
    Object.entries(template.Resources).filter(([, { Condition }]) => Condition === undefined || holds(Condition)),
  );
}

export function dependencyGraph(resources: ReadonlyMap<string, ResourceDeclaration>, choose: Chooser): Graph {
  return new Map(
    [...resources].map(([id, resource]) => [
      id,
      new Set([...dependenciesOf(resource, choose)].filter((target) => resources.has(target))),
    ]),
  );
}

/** Everything named, existing or not. */
export function dependenciesOf(
  { Properties, UpdatePolicy, DependsOn }: ResourceDeclaration,
  choose: Chooser,
): Set<string> {
  const expressions = [Properties ?? {}, UpdatePolicy ?? {}];
  const named = expressions.flatMap((each) => referencesIn(each, choose).map(({ target }) => target));
  return new Set([...[DependsOn ?? []].flat(), ...named]);
}

/** Refuses circles as CloudFormation does, naming the resources on them. */
export function rejectCircles(graph: Graph): void {
  const left = new Map([...graph].map(([id, needs]) => [id, new Set(needs)]));
  for (let free = freeOf(left); free.length > 0; free = freeOf(left)) {
    for (const id of free) left.delete(id);
    for (const needs of left.values()) for (const id of free) needs.delete(id);
  }
  for (let ends = unneeded(left); ends.length > 0; ends = unneeded(left)) for (const id of ends) left.delete(id);
  if (left.size > 0) throw invalid(`Circular dependency between resources: [${[...left.keys()].sort().join(', ')}]`);
}

const freeOf = (left: ReadonlyMap<string, ReadonlySet<string>>): string[] =>
  [...left].filter(([, needs]) => needs.size === 0).map(([id]) => id);

/** Those that only wait for the circle are not part of it. */
function unneeded(left: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const needed = new Set([...left.values()].flatMap((needs) => [...needs]));
  return [...left.keys()].filter((id) => !needed.has(id));
}
