import type { Call } from '../../../kernel/scope.ts';
import { invalid } from '../faults.ts';
import { templateSource } from './template-source.ts';

/** A stack policy's text from a request, checked for its shape; undefined when the request has none. */
export async function policyText(
  { StackPolicyBody, StackPolicyURL }: { StackPolicyBody?: string | undefined; StackPolicyURL?: string | undefined },
  call: Call,
): Promise<string | undefined> {
  if (StackPolicyBody === undefined && StackPolicyURL === undefined) return undefined;
  if (StackPolicyBody !== undefined && StackPolicyURL !== undefined)
    throw invalid('You cannot specify both StackPolicyURL and StackPolicyBody');
  const text = StackPolicyBody ?? (await templateSource({ TemplateURL: StackPolicyURL }, call));
  try {
    const { Statement } = JSON.parse(text) as { Statement?: unknown };
    if (typeof Statement !== 'object' || Statement === null) throw new Error('no statement');
  } catch {
    throw invalid('Error validating stack policy: Invalid stack policy');
  }
  return text;
}
