import type { Synthesis } from '../../cdk/cdk.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import { type BootstrapState, GOOD_VERSION, SAFE_VERSION } from '../bootstrap/bootstrap-state.ts';
import { bootstrapStates } from '../bootstrap/ensure-bootstrap.ts';

/**
 * How the CDK bootstrap of every region stands (F-21 to F-25, F-28, F-29). What a deployment brings by itself once it is agreed
 * to is a warning; what bootstrapping alone never mends blocks.
 */
export async function bootstrapProblems(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  synthesis: Pick<Synthesis, 'stacks'>,
): Promise<Problem[]> {
  const { environment, target } = session;
  const { region: home } = target;
  const states = await bootstrapStates(session, synthesis);
  const flags = environmentFlags(environment);
  return states.flatMap((state) => {
    // The second region is forgotten most: the first one works, and its error says nothing of regions.
    const isSecond =
      state.region !== home && states.some(({ region, condition }) => region === home && condition === 'healthy');
    return problemOf(state, flags, isSecond ? 'F-29' : 'F-21');
  });
}

function problemOf(state: BootstrapState, flags: string, missing: 'F-21' | 'F-29'): Problem[] {
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
      return problem('warning', missing, `${region} is not bootstrapped for the CDK yet`, brings);
    case 'outdated':
      return version !== undefined && version < SAFE_VERSION
        ? problem(
            'warning',
            'F-28',
            `The bootstrap of ${region} has version ${version}: before ${SAFE_VERSION}, somebody else's bucket of the expected name would be used`,
            brings,
          )
        : problem(
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
