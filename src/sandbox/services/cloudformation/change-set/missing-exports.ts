import type { Scope } from '../../../kernel/scope.ts';
import { modelOf } from '../engine/model.ts';
import { evaluate, text } from '../intrinsics/evaluate.ts';
import { type Deployment, exported, type StackRow } from '../state.ts';
import { eachIntrinsic } from '../template/references.ts';

/** What `DescribeChangeSet` with property values says of imports that nothing exports yet; undefined when all are there. */
export async function missingExports(
  scope: Scope,
  stack: StackRow,
  deployment: Deployment,
): Promise<string | undefined> {
  const model = await modelOf(scope, stack, deployment);
  const warnings: string[] = [];
  for (const [id, { Properties }] of model.resources)
    eachIntrinsic(Properties, (name, argument) => {
      if (name !== 'Fn::ImportValue') return;
      const wanted = quietly(() => text(evaluate(argument, model.environment) ?? ''));
      if (wanted !== undefined && !exported.in(scope).has(wanted))
        warnings.push(`ChangeSet creation failed for resource [${id}] because: No export named ${wanted}`);
    });
  if (warnings.length === 0) return undefined;
  return `[WARN] --include-property-values option can return incomplete ChangeSet data because: ${warnings.join(', ')}`;
}

/** A name made from a resource that does not exist yet cannot be looked for. */
function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
