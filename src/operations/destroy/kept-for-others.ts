import { API_LOG_ROLE } from '../../../infra/account-log-role.ts';
import type { Session } from '../../context.ts';
import type { Retained } from '../../release/destroy-plan.ts';
import type { StateAccess } from '../state-of.ts';

type Kept = Pick<Retained, 'type' | 'id' | 'reason' | 'region'> & Partial<Pick<Retained, 'monthlyCost'>>;

/** What the program made beside the stacks, and what no destruction of one environment takes away: it is said. */
export async function keptForOthers(session: Session, access: StateAccess): Promise<Retained[]> {
  const { aws, clock, environment, target } = session;
  const since = new Date(clock.now()).toISOString();
  const { certificates } = access.state;
  const issued = await Promise.all(
    Object.entries(certificates).map(async ([place, id]): Promise<Kept[]> => {
      const [region = '', domain = ''] = place.split('/');
      // Whoever may not look is told of it all the same.
      const looked = await aws
        .in(region)
        .acm.certificate(id)
        .then(
          (found) => ({ found }),
          () => undefined,
        );
      if (looked && !looked.found) return [];
      const reason = `the certificate of ${domain}, which the next deployment takes again`;
      return [{ type: 'AWS::CertificateManager::Certificate', id, reason, region, monthlyCost: 0 }];
    }),
  );
  const hasApi = Object.keys(environment.blocks.apis).length > 0;
  const logRole = hasApi ? await aws.apiGateway.logRole().catch(() => undefined) : undefined;
  const role: Kept[] = logRole?.endsWith(`/${API_LOG_ROLE}`)
    ? [
        {
          type: 'AWS::IAM::Role',
          id: API_LOG_ROLE,
          reason: 'every API of the account writes its logs with it',
          region: target.region,
          monthlyCost: 0,
        },
      ]
    : [];
  const bucket: Kept = {
    type: 'AWS::S3::Bucket',
    id: access.bucket,
    // Never deleted here: other environments of the project have their state in it too.
    reason: 'holds the releases of this project',
    region: target.region,
  };
  return [...issued.flat(), ...role, bucket].map(({ type, id, reason, region, monthlyCost = null }) => ({
    type,
    id,
    reason,
    monthlyCost,
    region,
    since,
    remove: null,
  }));
}
