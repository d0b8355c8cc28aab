import { judgeAnswer } from '../../../domain/judge-answer.ts';
import { askAddress } from '../../../process/ask-address.ts';
import { askChecks } from '../../smoke/ask-checks.ts';
import { type SmokeCheck, smokeChecks } from '../../smoke/smoke-checks.ts';
import type { Compose } from '../compose.ts';
import { issueToken, tokenApis, VERIFIER } from '../token.ts';
import { attempt, check, type VerifyCheck, type VerifyScene } from './verify-check.ts';

const WITHIN_MS = 10_000;

/** What `smoke` asks, with a token where one is needed; of services the containers of this machine. */
export async function verifyAnswers(scene: VerifyScene, compose: Compose | undefined): Promise<VerifyCheck[]> {
  const { session, outputs, plan, urls } = scene;
  const all = smokeChecks(session.environment.blocks);
  const running = new Set(
    ((await compose?.containers()) ?? []).filter(({ state }) => state === 'running').map(({ service }) => service),
  );
  const services = all.filter(({ component }) => component.startsWith('services.'));
  const asked = services.map((one) => {
    const name = one.component.split('.')[1]!;
    return check(session, subjectOf(one), async () => {
      const port = plan.ports[name];
      if (port === undefined) return { skipped: 'it listens on no port' };
      if (!running.has(name)) return { skipped: 'its container does not run' };
      const url = new URL(one.path, `http://127.0.0.1:${port}`);
      const { method, headers, body } = one;
      const answer = await askAddress({
        ...{ url, method, headers, withinMs: WITHIN_MS, variables: session.variables, signal: session.signal },
        ...(body === undefined ? {} : { body }),
      });
      const wrong = judgeAnswer(one.expected, answer);
      return wrong.length > 0 ? { wrong: wrong.join('; ') } : `${answer.status} in ${answer.milliseconds} ms`;
    });
  });
  const others = all.filter((one) => !services.includes(one));
  const components = [...new Set(others.map(({ component }) => component))];
  const signed = new Set(tokenApis(session.environment).map((name) => `apis.${name}`));
  const rest = components.map(async (component) => {
    const api = component.split('.')[1]!;
    const checks = others.filter((one) => one.component === component);
    const wanted = signed.has(component) && urls.has(component) && checks.some(({ needsToken }) => needsToken);
    const issued = wanted ? await attempt(() => issueToken(session, { ...VERIFIER, api })) : undefined;
    const token = issued && 'value' in issued ? issued.value.token : undefined;
    const results = await askChecks(session, { checks, urls: outputs, token, resting: new Map() });
    return results.map(({ status, answer, why }, index): VerifyCheck => {
      const subject = subjectOf(checks[index]!);
      if (issued && 'why' in issued && checks[index]!.needsToken)
        return { ...subject, status: 'failed', detail: issued.why };
      const detail = why.length > 0 ? why.join('; ') : `${answer!.status} in ${answer!.milliseconds} ms`;
      return { ...subject, status, detail };
    });
  });
  return [...(await Promise.all(asked)), ...(await Promise.all(rest)).flat()];
}

const subjectOf = ({ component, method, path, needsToken, expected }: SmokeCheck) => ({
  component,
  id: `smoke ${method} ${path}`,
  title: `Answers ${expected.statuses.join(' or ')}${needsToken ? ' to a token' : ''}`,
});
