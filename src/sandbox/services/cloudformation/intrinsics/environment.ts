import type { Json } from '../template/template.ts';

/** What CloudFormation shows for a value that only exists once the change set has been executed. */
export const UNKNOWN = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** `AWS::NoValue`: the member that holds it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

export type Value = Json | typeof NO_VALUE;

/** Where an expression finds its values: of a stack in deployment, or of one that is only planned. */
export interface Environment {
  readonly pseudo: Readonly<Record<string, Json>>;
  /** Resolved: SSM parameters by their value, lists as arrays. */
  readonly parameters: Readonly<Record<string, string | string[]>>;
  readonly mappings: Readonly<Record<string, Record<string, Record<string, Json>>>>;
  holds(condition: string): boolean;
  /** What `Ref` gives for a resource; `UNKNOWN` when it does not exist yet. */
  ref(logicalId: string): Json;
  getAtt(logicalId: string, attribute: string): Json;
  /** The value of an export; throws when there is none. */
  importValue(name: string): Json;
  /** Names of a region's availability zones. */
  zones(region: string): string[];
  /** An output of another stack; throws when there is none. */
  stackOutput?(stack: string, output: string, region: string | undefined): Json;
}
