import type { Session } from '../../../context.ts';
import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import type { BootstrapFindings, FoundPart } from '../../../domain/bootstrap/bootstrap-findings.ts';
import { planRepair } from '../../../domain/bootstrap/repair-plan.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { probeBootstrap } from '../../../operations/bootstrap/probe-bootstrap.ts';
import { repairBootstrap } from '../../../operations/bootstrap/repair-bootstrap.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, type Sick, sick } from '../../finding.ts';
import { regionsOf } from './bootstrap.ts';

/** The stack believes in what may be long gone: each role, bucket and parameter is looked at itself, and tried. */
export const bootstrapParts: Check = {
  id: 'bootstrap-parts',
  title: 'Every part of the CDK bootstrap is there, and these credentials may use it',
  group: 'the account',
  needs: ['credentials', 'bootstrap'],
  on: 'account',
  async run(scene) {
    const session = await scene.open();
    const looked = await Promise.all((await regionsOf(scene)).map((region) => probeBootstrap(session, region)));
    // Where nothing was ever bootstrapped, no part is missed: the check before this one says so.
    const standing = looked.filter(({ status, elsewhere }) => status !== undefined || elsewhere !== undefined);
    if (standing.length === 0) return { status: 'skipped', reason: 'no region is bootstrapped' };
    const found = standing.flatMap((one) => partFindings(session, one));
    return found.length > 0
      ? found
      : ok(looked.map(({ region, parts }) => `${region}: ${parts.length} parts`).join(', '));
  },
};

function partFindings(session: Session, found: BootstrapFindings): Finding[] {
  const plan = planRepair(found);
  const flags = environmentFlags(session.environment);
  const mends = plan.steps.length > 0 && !plan.stop;
  const fix: Sick['fix'] = {
    handling: plan.steps.some((step) => step.class === 'TYPED') ? 'TYPED' : 'ASK',
    does: `repair ${found.stackName} in ${found.region}`,
    asks: true,
    apply: () => repairBootstrap(session, { rebuild: false }),
  };
  return found.parts.flatMap((part): Finding[] => {
    if (part.state === 'ok') return [];
    if (part.state === 'unknown')
      return [{ status: 'unknown', subject: part.name, reason: part.detail ?? 'it could not be looked at' }];
    return [
      sick({
        severity: 'error',
        subject: part.name,
        detail: sentence(part),
        evidence: [evidenceOf(callFor(part), part.name, part.detail ?? part.state)],
        remedy:
          part.state === 'denied'
            ? `ask for sts:AssumeRole on ${part.name}`
            : (plan.stop?.remedy ?? `platform bootstrap repair ${flags}`),
        failure: failureOf(part, found),
        ...(mends && part.state !== 'denied' ? { fix } : {}),
      }),
    ];
  });
}

function sentence({ name, state, detail }: FoundPart): string {
  switch (state) {
    case 'foreign':
      return `${name} belongs to another account`;
    case 'denied':
      return `${name} is as it should be, and these credentials may not use it`;
    case 'missing':
      return `${name} is not there`;
    default:
      return `${name} is not as the bootstrap made it${detail ? `: ${detail}` : ''}`;
  }
}

function failureOf({ type, state }: FoundPart, { version, neededVersion }: BootstrapFindings) {
  if (type === 'AWS::S3::Bucket') return state === 'foreign' ? 'F-28' : 'F-22';
  if (type === 'AWS::SSM::Parameter') return version !== undefined && version < neededVersion ? 'F-24' : 'F-21';
  return type === 'AWS::IAM::Role' ? 'F-26' : 'F-21';
}

function callFor({ type, state }: FoundPart): string {
  if (state === 'denied') return 'sts:AssumeRole';
  switch (type) {
    case 'AWS::S3::Bucket':
      return 's3:HeadBucket';
    case 'AWS::ECR::Repository':
      return 'ecr:DescribeRepositories';
    case 'AWS::SSM::Parameter':
      return 'ssm:GetParameter';
    default:
      return 'iam:GetRole';
  }
}
