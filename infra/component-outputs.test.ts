import { expect, it } from 'vitest';
import { expressionsTold, toldApart } from './component-outputs.ts';
import { sampleComponent, sampleService, sampleSettings } from './testing/sample-settings.ts';
import { type Json, synthesize } from './testing/synthesize.ts';
import { widenTemplate } from './widen-template.ts';

const settings = (count: number) =>
  sampleSettings({
    services: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`s${index}`, sampleService({ ...sampleComponent() })]),
    ),
  });
const outputsOf = (template: Json): number => Object.keys(template.Outputs).length;

it('the fifty-first service changes no other, and the outputs fit on the way there and back (F-17)', () => {
  const { templates: fifty } = synthesize(settings(50));
  const { templates: more, stacks } = synthesize(settings(51));
  expect(outputsOf(fifty.tasks)).toBe(200);
  expect(outputsOf(more.tasks)).toBe(51);

  // Whoever takes a value takes it by the same name, and it is made in the same way.
  for (const id of Object.keys(fifty)) if (id.startsWith('service-')) expect(more[id]).toEqual(fifty[id]);
  expect(expressionsTold(more.tasks)).toMatchObject(expressionsTold(fifty.tasks));
  const told = Object.keys(expressionsTold(more.tasks)).sort();
  expect(stacks.find(({ id }) => id === 'tasks')!.outputs).toEqual(told);

  expect(outputsOf(widenTemplate(fifty.tasks, more.tasks).template)).toBe(51);
  const back = widenTemplate(more.tasks, fifty.tasks).template;
  expect(outputsOf(back)).toBe(200);
  expect(expressionsTold(back)).toEqual(expressionsTold(fifty.tasks));
});

it('values that are told together are taken apart by the names that they have alone', () => {
  expect(
    toldApart({
      ComponentWeb: 'arn:aws:iam::1:role/a|arn:aws:iam::1:role/b|web-log|arn:aws:ecs:us-east-1:1:task-definition/w:7',
      ComponentOther: 'a|b',
      TopicArn: 'a|b|c|d',
    }),
  ).toEqual({
    TaskRoleArnWeb: 'arn:aws:iam::1:role/a',
    ExecutionRoleArnWeb: 'arn:aws:iam::1:role/b',
    LogGroupWeb: 'web-log',
    OneOffTaskDefinitionWeb: 'arn:aws:ecs:us-east-1:1:task-definition/w:7',
    ComponentOther: 'a|b',
    TopicArn: 'a|b|c|d',
  });
});
