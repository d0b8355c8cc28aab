import type { Call } from '../../../kernel/scope.ts';
import { templateText } from '../engine/names.ts';
import { invalid } from '../faults.ts';
import { type Deployment, resourcesOf, type StackRow } from '../state.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { type JsonObject, sameValue } from '../template/template.ts';
import type { Plan } from './plan-changes.ts';
import { isLiving } from './planned-resource.ts';

/**
 * An import may bring in what it names, and do nothing else.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html; the sentences are those
 * that people quote in public.
 */
export function checkImport(
  call: Call,
  stack: StackRow,
  deployment: Deployment,
  { changes }: Plan,
  imports: Readonly<Record<string, JsonObject>>,
): void {
  const template = parseTemplate(templateText(call, deployment.template));
  const rows = resourcesOf(call, stack.id);
  const named = Object.keys(imports);
  const listed = (ids: readonly string[]) => `[${ids.join(', ')}]`;
  const inStack = named.filter((id) => isLiving(rows.get(id)));
  if (inStack.length > 0)
    throw invalid(
      `Resources ${listed(inStack)} passed in ResourceToImport are already in a stack and cannot be imported.`,
    );
  const by = (action: string) =>
    changes
      .filter(({ ResourceChange }) => ResourceChange?.Action === action)
      .map(({ ResourceChange }) => ResourceChange!.LogicalResourceId!);
  if (by('Add').length > 0) throw invalid(`Resources ${listed(by('Add'))} is missing from ResourceToImport list`);
  const others = [...by('Modify'), ...by('Remove')].sort();
  if (others.length > 0)
    throw invalid(
      `You have modified resources ${listed(others)} in your template that are not being imported. Update, create or delete operations cannot be executed during import operations.`,
    );
  const before =
    stack.deployment.template === '' ? {} : parseTemplate(templateText(call, stack.deployment.template)).Outputs;
  if (!sameValue(asJson(before), asJson(template.Outputs)))
    throw invalid('As part of the import operation, you cannot modify or add [Outputs]');
  const unkept = named.filter((id) => template.Resources[id]?.DeletionPolicy === undefined);
  if (unkept.length > 0)
    throw invalid(
      `The following resources to import ${listed(unkept)} must have DeletionPolicy attribute specified in the template.`,
    );
}

const asJson = (outputs: object | undefined): JsonObject => ({ ...outputs });
