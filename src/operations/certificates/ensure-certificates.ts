import type { Session } from '../../context.ts';
import { canonicalJson } from '../../release/canonical-json.ts';
import { writeState } from '../../release/environment-state.ts';
import { wantedCertificates } from '../../release/wanted-certificates.ts';
import type { ChosenSettings } from '../deploy/choose-settings.ts';
import type { EnvironmentLock } from '../locks/hold-lock.ts';
import type { StateAccess } from '../state-of.ts';
import { proveCertificate } from './prove-certificate.ts';
import { requestCertificates } from './request-certificates.ts';

/**
 * Certificates are never resources of a stack, where a missing record makes it wait for hours (F-70). Requests those
 * that are missing after a yes, each where it is used (F-109), writes their records where the zone is ours, and waits.
 * Answers with the state that holds them, the very same when they were there; throws `certificate-pending` (exit 8)
 * with the records that a person has to create. A dry run only says so.
 */
export async function withCertificates(
  session: Session,
  { access }: Pick<ChosenSettings, 'access'>,
  lock: EnvironmentLock,
): Promise<StateAccess> {
  const { environment, flags, target } = session;
  const wanted = wantedCertificates(environment.blocks, target.region);
  if (wanted.length === 0) return access;
  const { certificates } = await requestCertificates(session, wanted, {
    known: access.state.certificates,
    before: () => lock.take(),
  });
  if (flags.dryRun) return access;
  const isSame = canonicalJson(certificates) === canonicalJson(access.state.certificates);
  const state = { ...access.state, certificates };
  if (!isSame) await writeState(access.objects, environment.name, state);
  for (const certificate of wanted)
    await proveCertificate(session, certificate, { arn: certificates[certificate.place]! });
  return isSame ? access : { ...access, state };
}
