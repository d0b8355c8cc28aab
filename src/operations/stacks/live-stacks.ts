import type { Stack, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../../aws/aws.ts';
import { handlingOf } from '../../domain/stack-status.ts';
import type { LiveStack } from '../../release/plan.ts';
import type { Template } from '../../release/resolve-template.ts';
import { stackOutputs } from './stack-outputs.ts';

export interface NamedStack {
  id: string;
  stackName: string;
  account: string;
  region: string;
}

export type LiveNamedStack = LiveStack & { stackName: string; account: string; region: string };

/** The stacks that are there, by id, each with its template; read side by side. */
export async function readLiveStacks(aws: Aws, stacks: readonly NamedStack[]): Promise<Map<string, LiveNamedStack>> {
  const found = await Promise.all(
    stacks.map(async ({ id, stackName, account, region }) => {
      const { cloudFormation } = aws.in(region);
      const [stack, template] = await Promise.all([
        cloudFormation.stack(stackName),
        cloudFormation.template(stackName),
      ]);
      if (!stack) return undefined;
      const live = liveStack(stack, template);
      if (handlingOf(live.status).action === 'finish-delete' && live.template)
        live.template = standing(live.template, await cloudFormation.resources(stackName));
      return [id, { ...live, stackName, account, region }] as const;
    }),
  );
  return new Map(found.filter((entry) => entry !== undefined));
}

/** A template that is not ours may be YAML: then it differs from ours, which is all that matters here. */
function liveStack(stack: Stack, template: string | undefined): LiveStack {
  return {
    arn: stack.StackId!,
    status: stack.StackStatus!,
    ...(stack.StackStatusReason ? { statusReason: stack.StackStatusReason } : {}),
    parameters: Object.fromEntries(
      (stack.Parameters ?? []).map((one) => [one.ParameterKey!, one.ParameterValue ?? '']),
    ),
    outputs: stackOutputs(stack),
    tags: Object.fromEntries((stack.Tags ?? []).map((one) => [one.Key!, one.Value ?? ''])),
    terminationProtection: stack.EnableTerminationProtection ?? false,
    ...(template ? { template: parsed(template) } : {}),
  };
}

function parsed(template: string) {
  try {
    return JSON.parse(template);
  } catch {
    return { yaml: template };
  }
}

/** The template without what a deletion has taken already. */
function standing(template: Template, resources: readonly StackResourceSummary[]): Template {
  const gone = new Set(
    resources
      .filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_COMPLETE')
      .map(({ LogicalResourceId }) => LogicalResourceId),
  );
  const left = Object.entries(template.Resources ?? {}).filter(([id]) => !gone.has(id));
  return { ...template, Resources: Object.fromEntries(left) };
}
