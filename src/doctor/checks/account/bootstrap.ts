import type { Session } from '../../../context.ts';
import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import {
  type BootstrapState,
  bootstrapState,
  GOOD_VERSION,
  SAFE_VERSION,
} from '../../../operations/bootstrap/bootstrap-state.ts';
import { repairBootstrap } from '../../../operations/bootstrap/repair-bootstrap.ts';
import { environmentRegions } from '../../../operations/project/environment-regions.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, type Sick, sick } from '../../finding.ts';
import type { Scene } from '../../scene.ts';

/** What deployments stand on, in each region that the environment is in (F-29). */
export const bootstrap: Check = {
  id: 'bootstrap',
  title: 'The CDK bootstrap of each region stands',
  group: 'the account',
  needs: ['credentials'],
  async run(scene) {
    const session = await scene.open();
    const { qualifier } = session.environment.blocks.bootstrap;
    const [regions, stacks] = await Promise.all([regionsOf(scene), scene.stacks()]);
    const states = await Promise.all(regions.map((region) => bootstrapState(session.aws.in(region), qualifier)));
    const found = states.map((state) => stateFinding(session, state, stacks.length > 0));
    const ill = found.filter(({ status }) => status !== 'ok');
    return ill.length > 0 ? ill : ok(states.map(({ region, version }) => `${region}: version ${version}`).join(', '));
  },
};

export async function regionsOf(scene: Scene): Promise<string[]> {
  const session = await scene.open();
  const { state } = await scene.state();
  return environmentRegions(session, state);
}

type Told = Pick<Sick, 'severity' | 'detail' | 'failure' | 'evidence'> & { handling?: 'ASK' | 'TYPED' };

function stateFinding(session: Session, state: BootstrapState, deployed: boolean): Finding {
  const { condition, region, stackName, status, version } = state;
  if (condition === 'healthy') return ok(`version ${version}`);
  if (condition === 'busy') return ok(`${stackName} is ${status}`);
  const { handling, ...told } = toldOf(state, deployed);
  const flags = environmentFlags(session.environment);
  return sick({
    ...told,
    subject: region,
    remedy:
      condition === 'missing' && !deployed
        ? `platform bootstrap ${flags}, or platform deploy ${flags}, which does it too`
        : `platform bootstrap repair ${flags}`,
    fix: {
      handling: handling ?? 'ASK',
      does: `repair ${stackName} in ${region}`,
      asks: true,
      apply: () => repairBootstrap(session, { rebuild: false }),
    },
  });
}

function toldOf({ bucket, condition, stackName, status, version }: BootstrapState, deployed: boolean): Told {
  const ofStack = evidenceOf('cloudformation:DescribeStacks', `${stackName} StackStatus`, status);
  const ofVersion = evidenceOf('ssm:GetParameter', `version of ${stackName}`, version);
  const ofBucket = (found: boolean) => evidenceOf('s3:HeadBucket', bucket, found ? 'there' : undefined);
  switch (condition) {
    case 'outdated':
      return {
        severity: (version ?? 0) < SAFE_VERSION ? 'error' : 'warning',
        detail:
          (version ?? 0) < SAFE_VERSION
            ? `its version is ${version ?? 'unknown'}: below ${SAFE_VERSION} somebody else's bucket of the expected name would be used`
            : `its version is ${version}, and ${GOOD_VERSION} or newer is wanted`,
        evidence: [ofVersion],
        failure: version === undefined ? 'F-21' : version < SAFE_VERSION ? 'F-28' : 'F-24',
      };
    case 'bucket-lost':
      return {
        severity: 'error',
        detail: `${stackName} is there, and its bucket ${bucket} is gone`,
        evidence: [ofStack, ofBucket(false)],
        failure: 'F-22',
      };
    case 'bucket-orphaned':
      return {
        severity: 'error',
        detail: `the bucket ${bucket} of an earlier bootstrap is there, and ${stackName} is not`,
        evidence: [ofStack, ofBucket(true)],
        failure: 'F-23',
      };
    case 'missing':
      return {
        severity: deployed ? 'error' : 'warning',
        detail: 'it has not been bootstrapped',
        evidence: [ofStack, ofVersion],
        failure: 'F-21',
      };
    default:
      return {
        severity: 'error',
        detail: `${stackName} is ${status}`,
        evidence: [ofStack],
        failure: 'F-25',
        handling: 'TYPED',
      };
  }
}
