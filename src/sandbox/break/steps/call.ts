import { AwsFault } from '../../kernel/fault.ts';
import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';

/** Bodies and templates are written as text or as YAML. */
const TEXTS = ['TemplateBody', 'SecretString', 'PolicyDocument', 'AssumeRolePolicyDocument', 'Body'];

export async function call(step: StepInput<'call'>, { ask }: Bench): Promise<string> {
  const { operation, ignore = [] } = step;
  const input = Object.fromEntries(
    Object.entries(step.with).map(([name, value]) => {
      const text = TEXTS.includes(name) && typeof value === 'object' ? JSON.stringify(value) : value;
      return [name, name === 'Body' ? Buffer.from(String(text)) : text];
    }),
  );
  try {
    await ask(operation, input);
  } catch (error) {
    if (error instanceof AwsFault && ignore.includes(error.code))
      return `${operation}: ${error.code}, which is as good`;
    throw error;
  }
  return `${operation} ${whatOf(input)}`;
}

/** The first short text of the input names what was acted on. */
const whatOf = (input: Record<string, unknown>): string =>
  Object.values(input).find((value): value is string => typeof value === 'string' && value.length < 200) ?? '';
