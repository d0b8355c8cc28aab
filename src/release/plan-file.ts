import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EffectiveEnvironment } from '../config/project.ts';
import { parsedJson } from '../domain/parsed-json.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { approvalsFor } from './approvals.ts';
import { canonicalJson } from './canonical-json.ts';
import { type PlanDocument, planDocument } from './describe-plan.ts';
import type { Plan } from './plan.ts';

export const planFileSchema = z.object({
  format: z.literal('platform-plan/2'),
  environment: z.string(),
  account: z.string(),
  region: z.string(),
  digest: z.string(),
  /** What a person would have to type: agreeing to the plan is agreeing to these. */
  confirmations: z.array(z.string()),
  /** Tags of images that are built when it is carried out, by component. */
  builds: z.record(z.string(), z.string()).default({}),
  plan: z.custom<PlanDocument>(),
});
export type PlanFile = z.infer<typeof planFileSchema>;

interface Place {
  environment: string;
  account: string;
  region: string;
}

interface PlannedPlace extends Omit<Place, 'environment'> {
  environment: Pick<EffectiveEnvironment, 'name' | 'approval'>;
}

/**
 * What a reviewer approves: the same plan today gives the same digest, a different one does not. It covers templates,
 * parameters, tags, what is live now and the names that count as typed, and holds no values of its own.
 */
function planDigest(plan: Plan, confirmations: readonly string[]): string {
  const stacks = plan.stacks.map(
    ({ id, action, template, parameters, tags, terminationProtection, live, changes, takesOver }) => ({
      id,
      action,
      template,
      parameters,
      tags,
      terminationProtection,
      changes,
      ...(takesOver ? { takesOver } : {}),
      // A stack that exists only to be reviewed is none yet: its change set may be the one to execute.
      live:
        live && live.status !== 'REVIEW_IN_PROGRESS'
          ? { status: live.status, parameters: live.parameters, template: live.template }
          : undefined,
    }),
  );
  return `sha256:${createHash('sha256').update(canonicalJson({ stacks, confirmations })).digest('hex')}`;
}

export function planFileOf(
  plan: Plan,
  { environment: { name: environment, approval }, account, region }: PlannedPlace,
  builds: Readonly<Record<string, string>> = {},
): PlanFile {
  const confirmations = approvalsFor(plan, { name: environment, approval }).typed.map(({ name }) => name);
  return {
    format: 'platform-plan/2',
    environment,
    account,
    region,
    digest: planDigest(plan, confirmations),
    confirmations,
    builds: { ...builds },
    plan: planDocument(plan),
  };
}

/** Throws `plan-unreadable` (exit 2) for anything that `diff --out` did not write. */
export function parsePlanFile(text: string, file: string): PlanFile {
  const parsed = planFileSchema.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  throw new PlatformError({
    id: 'plan-unreadable',
    kind: 'usage',
    message: `${file} is not a plan that platform diff --out has written`,
    remedy: `platform diff --out ${file}`,
  });
}

/** An approved plan is acted on only as long as it is still what would happen. */
export function checkApproved(approved: PlanFile, plan: Plan, place: Place, file: string): void {
  const elsewhere = (['environment', 'account', 'region'] as const).find((key) => approved[key] !== place[key]);
  if (elsewhere) {
    throw new PlatformError({
      id: 'plan-elsewhere',
      kind: 'usage',
      message: `${file} was made for ${elsewhere} ${approved[elsewhere]}, this is ${place[elsewhere]}`,
      remedy: `platform deploy --env ${approved.environment} --plan ${file}`,
    });
  }
  if (approved.digest === planDigest(plan, approved.confirmations)) return;
  throw new PlatformError({
    id: 'plan-outdated',
    kind: 'failed',
    message: `What would happen now is not what ${file} says any more`,
    remedy: `platform diff --env ${place.environment} --out ${file} shows it anew; have that approved`,
  });
}
