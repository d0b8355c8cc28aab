import { Command } from 'commander';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { SmokeOutcome } from '../operations/smoke/smoke.ts';

const EXAMPLES = `
Examples:
  $ platform smoke --env prod
  $ platform smoke web sites.app --env staging
  $ TOKEN=… platform smoke --token-from TOKEN`;

export function smokeCommand(context: Context): Command {
  return new Command('smoke')
    .summary('ask what is deployed as a visitor would, and compare the answers')
    .argument('[component...]', 'services, sites and APIs as in platform.yaml; none: all')
    .option('--token-from <variable>', 'the variable that holds a bearer token, for requests that need one')
    .addHelpText('after', EXAMPLES)
    .action(async (components: string[], { tokenFrom }: { tokenFrom?: string }) => {
      const session = await context.open();
      const { smoke } = await import('../operations/smoke/smoke.ts');
      const outcome = await smoke(session, {
        ...(components.length > 0 ? { components } : {}),
        ...(tokenFrom === undefined ? {} : { tokenFrom }),
      });
      context.reporter.result(smokeText(outcome), outcome);
      if (outcome.summary.failed > 0) throw smokeFailed(outcome);
    });
}

function smokeText({ environment, checks, summary: { passed, skipped } }: SmokeOutcome): string {
  if (checks.length === 0) return `Nothing to ask in ${environment}: no service with http and a health path, no smoke`;
  const rest = skipped > 0 ? `, ${skipped} could not be asked` : '';
  const why = checks.flatMap(({ status, component, method, path, why: reasons }) =>
    status === 'passed' ? [] : [`  ${component} ${method} ${path}: ${reasons.join('; ')}`],
  );
  return [`${passed} of ${checks.length} answered as expected${rest}`, ...why].join('\n');
}

const smokeFailed = ({ environment, checks, summary }: SmokeOutcome) =>
  new PlatformError({
    id: 'smoke-failed',
    kind: 'failed',
    message: `${summary.failed} of ${checks.length} requests to ${environment} did not get the answer that is expected`,
    remedy: 'platform doctor looks for the cause; platform logs shows what the application wrote',
  });
