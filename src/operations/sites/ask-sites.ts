import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type Asked, smoke } from '../smoke/smoke.ts';
import { smokeChecks } from '../smoke/smoke-checks.ts';

/**
 * Asks sites through CloudFront as a visitor would, once their files are up. Null where nothing is configured to be
 * asked. Throws `site-unanswered`: the files stay, and so do those of the release before.
 */
export async function askSites(session: Session, names: readonly string[]): Promise<Asked | null> {
  const { environment, reporter } = session;
  const asked = new Set(smokeChecks(environment.blocks).map(({ component }) => component));
  const components = names.map((name) => `sites.${name}`).filter((component) => asked.has(component));
  if (components.length === 0) return null;
  const { checks, summary } = await smoke(session, { components });
  for (const { component, path, status, why } of checks)
    if (status === 'skipped') reporter.warn(`Not asked: ${component} ${path}: ${why.join('; ')}`);
  const failed = checks.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return { checks, summary };
  const flags = environmentFlags(environment);
  const [first] = failed;
  throw new PlatformError({
    id: 'site-unanswered',
    kind: 'failed',
    message: `The files are up in ${environment.name}, but ${first!.component} does not answer as is expected: ${first!.path}: ${first!.why.join('; ')}`,
    remedy: `platform smoke ${components.join(' ')} ${flags} asks again; platform doctor ${flags} looks for the cause`,
    problems: failed.map(({ component, method, path, why }) => ({
      rule: 'smoke',
      severity: 'error' as const,
      path: component,
      message: `${method} ${path}: ${why.join('; ')}`,
      remedy: `platform smoke ${component} ${flags} asks it alone`,
    })),
  });
}
