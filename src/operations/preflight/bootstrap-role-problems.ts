import type { Aws } from '../../aws/aws.ts';
import type { Synthesis } from '../../cdk/cdk.ts';
import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { type BootstrapPart, bootstrapParts } from '../../domain/bootstrap/bootstrap-parts.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import { bootstrapState } from '../bootstrap/bootstrap-state.ts';
import { assetKey } from '../bootstrap/probe-bootstrap.ts';
import { type Look, probePart } from '../bootstrap/probe-part.ts';

/** Those that a deployment works with, and what stops when one of them is not as it should be. */
const USED: Readonly<Record<string, { failure: 'F-26' | 'F-27'; severity: Problem['severity']; does: string }>> = {
  // Without these two the CDK goes on with the rights of whoever calls it, which may do.
  'deploy-role': { failure: 'F-26', severity: 'warning', does: 'deploys stacks' },
  'file-publishing-role': { failure: 'F-27', severity: 'warning', does: 'publishes templates and code' },
  'cfn-exec-role': { failure: 'F-26', severity: 'error', does: 'CloudFormation makes everything with' },
};

/**
 * Whether the roles and the key that a healthy-looking bootstrap promises are there, and let these credentials in (F-26,
 * F-27): the stack believes in what may be long gone. A region whose bootstrap is not healthy is told of elsewhere.
 */
export async function bootstrapRoleProblems(
  { aws, environment, target }: Pick<Session, 'aws' | 'environment' | 'target'>,
  { stacks }: Pick<Synthesis, 'stacks'>,
): Promise<Problem[]> {
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const { qualifier } = environment.blocks.bootstrap;
  const repair = `platform bootstrap repair ${environmentFlags(environment)}`;
  const found = await Promise.all(
    regions.map(async (region): Promise<Problem[]> => {
      const regional = aws.in(region);
      const { condition, bucket } = await bootstrapState(regional, qualifier);
      if (condition !== 'healthy') return [];
      const parts = bootstrapParts({ qualifier, account: target.account, region }).filter(({ id }) => id in USED);
      const [keyFound, ...looks] = await Promise.all([
        keyProblems(regional, { bucket, repair }),
        ...parts.map(async (part) => ({ part, look: await probePart(regional, part, target) })),
      ]);
      return [...looks.flatMap(({ part, look }) => roleProblems(part, look, repair)), ...keyFound];
    }),
  );
  return found.flat();
}

function roleProblems({ id, name }: BootstrapPart, { state, detail }: Look, repair: string): Problem[] {
  const { failure, severity, does } = USED[id]!;
  if (state === 'ok' || state === 'unknown') return [];
  const isDenied = state === 'denied';
  const why = isDenied
    ? 'is as it should be, and these credentials may not put it on'
    : state === 'missing'
      ? 'is not there'
      : `is not as the bootstrap made it: ${detail ?? state}`;
  return [
    {
      rule: failure,
      severity,
      path: 'bootstrap',
      message: `The role ${name}, which ${does}, ${why}`,
      remedy: isDenied ? `ask for sts:AssumeRole on ${name}` : repair,
      evidence: [evidenceOf(isDenied ? 'sts:AssumeRole' : 'iam:GetRole', name, detail ?? state)],
    },
  ];
}

/** A key that is switched off or about to go keeps everything from being published (F-27). */
async function keyProblems(aws: Aws, { bucket, repair }: { bucket: string; repair: string }): Promise<Problem[]> {
  const key = await assetKey(aws, bucket);
  if (key === undefined || key === 'ok') return [];
  return [
    {
      rule: 'F-27',
      severity: 'error',
      path: 'bootstrap',
      message: `The key that ${bucket} is encrypted with is ${key.replace('-', ' ')}: nothing can be published there`,
      remedy: repair,
      evidence: [evidenceOf('kms:DescribeKey', 'KeyMetadata.KeyState', key)],
    },
  ];
}
