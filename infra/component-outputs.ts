import { outputs } from './outputs.ts';

// biome-ignore lint/suspicious/noExplicitAny: template JSON
type Json = any;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_OUTPUTS = 200;
const { taskRoleArn, executionRoleArn, logGroup, oneOffTaskDefinition } = outputs.tasks;
/** What stack `tasks` tells of each component; in this order where it is told together. */
const PARTS = [taskRoleArn, executionRoleArn, logGroup, oneOffTaskDefinition] as const;
/** In no ARN and in no name of a log group. */
export const BETWEEN = '|';
const TOGETHER = outputs.tasks.component('');

/**
 * Whether components are told in one output each: four of each would be more than a template may have. Only where it
 * has to be: whoever reads the stack in the console, or by other means, finds each value by its name otherwise.
 */
export const areToldTogether = (components: number): boolean => components * PARTS.length > MOST_OUTPUTS;

/** Values by the names of all outputs, those that are told together by their own. */
export const toldApart = (told: Readonly<Record<string, string>>): Record<string, string> =>
  apart(told, (value) => value.split(BETWEEN));

/** The same of a template: each output's expression. */
export const expressionsTold = ({ Outputs = {} }: Json): Record<string, Json> =>
  apart(
    Object.fromEntries(Object.entries<Json>(Outputs).map(([name, { Value }]) => [name, Value])),
    (value) => value?.['Fn::Join']?.[1] ?? [],
  );

function apart<T>(told: Readonly<Record<string, T>>, partsOf: (value: T) => readonly T[]): Record<string, T> {
  return Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) => {
      const parts = name.startsWith(TOGETHER) ? partsOf(value) : [];
      if (parts.length !== PARTS.length) return [[name, value]];
      return PARTS.map((part, index) => [`${part('')}${name.slice(TOGETHER.length)}`, parts[index]!]);
    }),
  );
}

/**
 * Outputs of the template before that the one after does not tell, as many as fit: nobody imports them, and what took
 * their values has them.
 */
export function keptOutputs(before: Json, after: Json): Record<string, Json> {
  const told = expressionsTold(after);
  const missing = Object.entries<Json>(before.Outputs ?? {}).filter(([name, output]) =>
    Object.keys(expressionsTold({ Outputs: { [name]: output } })).some((one) => !Object.hasOwn(told, one)),
  );
  return Object.fromEntries(missing.slice(0, MOST_OUTPUTS - Object.keys(after.Outputs ?? {}).length));
}
