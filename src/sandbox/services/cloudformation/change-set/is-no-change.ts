import type { Scope } from '../../../kernel/scope.ts';
import { templateText } from '../engine/names.ts';
import type { Deployment, StackRow } from '../state.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { sameValue } from '../template/template.ts';
import type { Plan } from './plan-changes.ts';

/** Whether a deployment would leave a stack as it is: resources, outputs, parameters and tags. */
export function isNoChange(scope: Scope, { deployment: now }: StackRow, next: Deployment, { changes }: Plan): boolean {
  if (changes.length > 0 || now.template === '') return false;
  const [before, after] = [now, next].map(({ template }) => parseTemplate(templateText(scope, template)));
  return (
    sameValue(before!.Outputs ?? {}, after!.Outputs ?? {}) &&
    sameValue(now.parameters, next.parameters) &&
    sameValue(now.tags, next.tags) &&
    sameValue(now.notificationArns, next.notificationArns)
  );
}
