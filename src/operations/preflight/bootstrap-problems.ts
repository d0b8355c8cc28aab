import type { Synthesis } from '../../cdk/cdk.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import { type BootstrapState, bootstrapState, GOOD_VERSION } from '../bootstrap-state.ts';

/**
 * How the CDK bootstrap of every region stands (F-21 to F-25, F-29). What a deployment brings by itself once it is agreed
 * to is a warning; what bootstrapping alone never mends blocks.
 */
export async function bootstrapProblems(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  { stacks }: Pick<Synthesis, 'stacks'>,
): Promise<Problem[]> {
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const { qualifier } = environment.blocks.bootstrap;
  const states = await Promise.all(regions.map((region) => bootstrapState(aws.in(region), qualifier)));
  return states.flatMap((state) => problemOf(state, environmentFlags(environment)));
}

function problemOf(state: BootstrapState, flags: string): Problem[] {
  const { region, stackName, bucket, status = '', version, condition } = state;
  const problem = (severity: Problem['severity'], rule: string, message: string, remedy: string): Problem[] => [
    { rule, severity, path: 'bootstrap', message, remedy },
  ];
  const repair = `platform bootstrap repair ${flags}`;
  const brings = `platform deploy ${flags} brings it once you agree, or platform bootstrap ${flags}`;
  switch (condition) {
    case 'healthy':
      return [];
    case 'missing':
      return problem('warning', 'F-21', `${region} is not bootstrapped for the CDK yet`, brings);
    case 'outdated':
      return problem(
        'warning',
        'F-24',
        `The bootstrap of ${region} has version ${version ?? 'unknown'}, older than ${GOOD_VERSION}`,
        brings,
      );
    case 'shell':
      return problem('warning', 'F-25', `${stackName} in ${region} is ${status}: a failed creation left it`, brings);
    case 'busy':
      return problem(
        'error',
        'F-25',
        `${stackName} in ${region} is ${status}: somebody bootstraps`,
        'run this again when it has ended',
      );
    case 'stuck':
      return problem('error', 'F-25', `${stackName} in ${region} is ${status}: it cannot be updated`, repair);
    case 'bucket-lost':
      return problem(
        'error',
        'F-22',
        `${stackName} in ${region} is there, and its bucket ${bucket} is gone; bootstrapping alone never makes it again`,
        repair,
      );
    case 'bucket-orphaned':
      return problem(
        'error',
        'F-23',
        `The bucket ${bucket} of an earlier bootstrap is still there, and would stop a new one`,
        repair,
      );
  }
}
