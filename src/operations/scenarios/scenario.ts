import { z } from 'zod';
import { BREAK_STEPS, type BreakStep } from '../../sandbox/break/break-steps.ts';

const text = z.string().min(1);
const command = z.string().regex(/^platform [a-z]/, 'a command line that begins with platform');
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'the name of another scenario');

/** What no AWS can be asked for: the project's own file. */
const edit = z
  .strictObject({
    path: text.describe('a dotted path in platform.yaml; what a path of an environment says is of that one alone'),
    value: z.json(),
  })
  .describe('a value of platform.yaml is another one; --heal takes it back');

const sandboxSteps = Object.entries(BREAK_STEPS).map(([name, input]) => [name, input.optional()] as const);

/** One step has one name; a place such as {service} may stand where a number would not fit. */
const stepOf = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape).refine((one) => Object.keys(one).length === 1, 'exactly one step, by its name');
const step = stepOf(Object.fromEntries([...sandboxSteps, ['edit', edit.optional()]]));
const healing = stepOf(Object.fromEntries(sandboxSteps));

const expectation = z.strictObject({
  exit: z.int().min(0).max(255).describe('exit code of the command'),
  error: id.optional().describe('id of the error that it ends with'),
  reads: text.optional().describe('what was looked at: where a cause stands in an answer of AWS, or in platform.yaml'),
  says: text.optional().describe('what else stands in its output'),
  remedy: text.optional().describe('what the fix begins with'),
});

/** A failure that can be made to happen: for a test, for a person who wants to have seen it, and to read. */
export const scenarioSchema = z.strictObject({
  title: text.describe('what is wrong, as one sentence'),
  failure: z
    .string()
    .regex(/^F-\d{2,3}$/)
    .describe('its entry in docs/failures.md'),
  also: z
    .array(z.string().regex(/^F-\d{2,3}$/))
    .default([])
    .describe('entries that it shows besides, which are no causes of their own'),
  when: z
    .enum(['deployed', 'undeployed'])
    .default('deployed')
    .describe('whether the environment is deployed, or about to be deployed for the first time'),
  happens: text.describe('what happens, and how it comes about'),
  aws: z
    .array(z.strictObject({ says: text, source: z.url() }))
    .default([])
    .describe('what AWS says of it, and where that is written'),
  near: z.array(id).default([]).describe('scenarios with the same symptom and another cause'),
  break: z.array(step).min(1).describe('how it is made to happen'),
  command: command.describe('what a person types then'),
  expect: expectation,
  fix: z.array(command).default([]).describe('what brings it in order again'),
  heal: z.array(healing).default([]).describe('what brings it in order where no command of ours can'),
  proof: command.optional().describe('what ends with 0 when all is well again; absent: the command'),
});

export type ScenarioFile = z.output<typeof scenarioSchema>;

/** Of the sandbox, or of the project's file. */
export type ScenarioStep = BreakStep | EditStep;
export interface EditStep {
  readonly edit: z.output<typeof edit>;
}
export const isEdit = (step: ScenarioStep): step is EditStep => 'edit' in step;

export interface Scenario extends Omit<ScenarioFile, 'break' | 'heal'> {
  /** The name of its file. */
  id: string;
  break: readonly ScenarioStep[];
  heal: readonly BreakStep[];
}
