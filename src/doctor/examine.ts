import { redactedLine } from '../domain/redact.ts';
import { ENDS_EVERYTHING, PlatformError } from '../errors/platform-error.ts';
import type { Check } from './check.ts';
import { type Finding, isError, sick } from './finding.ts';
import type { Scene } from './scene.ts';

export interface Examined {
  check: Check;
  findings: readonly Finding[];
}

const CHECK_MS = 20_000;
/** Who waits longer wants to know what for. */
const SLOW_MS = 2_000;

/** Runs the checks side by side, each after what it needs; the answer is in their order, not in that of arrival. */
export async function examine(checks: readonly Check[], scene: Scene, title: string): Promise<Examined[]> {
  return scene.context.reporter.tree(title, async (tree) => {
    const ended = new Map<string, Promise<readonly Finding[]>>();
    const after = async (check: Check): Promise<readonly Finding[]> => {
      for (const id of check.needs ?? []) {
        const first = checks.find((one) => one.id === id);
        const hindrance = first && hindranceIn(first, await ended.get(id)!);
        if (hindrance) return [{ status: 'skipped', reason: hindrance }];
      }
      return look(check, scene, (detail, over) =>
        tree.row(check.id, { title: check.title, state: over ? 'done' : 'running', detail }),
      );
    };
    // What a check needs stands before it in the registry.
    for (const check of checks) ended.set(check.id, after(check));
    return Promise.all(checks.map(async (check) => ({ check, findings: await ended.get(check.id)! })));
  });
}

/** Whether what stands on this check is left out because of it. */
export const hinders = (finding: Finding): boolean => isError(finding) || finding.status === 'unknown';

function hindranceIn(check: Check, findings: readonly Finding[]): string | undefined {
  const { title } = check;
  if (findings.some(isError) && !check.bearable?.(findings)) return `this has to be so first: ${title}`;
  for (const one of findings) {
    if (one.status === 'skipped') return one.reason;
    if (one.status === 'unknown') return `not known whether this is so: ${title}`;
  }
  return undefined;
}

/** Bounded in time; a check that throws becomes a result of its own. */
export async function look(
  check: Check,
  scene: Scene,
  slow: (waitingFor: string, over: boolean) => void = () => undefined,
): Promise<readonly Finding[]> {
  const { clock, signal } = scene.context;
  const over = new AbortController();
  const either = AbortSignal.any([over.signal, signal]);
  const forMs = check.forMs ?? CHECK_MS;
  let waitingFor = 'an answer';
  let shown = false;
  const show = () => {
    shown = true;
    slow(`waiting for ${waitingFor}`, false);
  };
  const after = <T>(ms: number, then: () => T): Promise<T> =>
    clock.sleep(ms, either).then(then, () => new Promise<never>(() => {}));
  const late = after(forMs, (): Finding[] => [
    { status: 'unknown', reason: `no answer within ${forMs / 1000} s, waiting for ${waitingFor}` },
  ]);
  void after(SLOW_MS, show);
  try {
    const work = check.run(scene, (what) => {
      waitingFor = what;
      if (shown) show();
    });
    const found = await Promise.race([work, late]);
    return Array.isArray(found) ? found : [found as Finding];
  } catch (error) {
    signal.throwIfAborted();
    return [thrown(check, error)];
  } finally {
    over.abort();
    if (shown) slow('', true);
  }
}

/** Of AWS itself: what was to be looked at may be well. */
const NO_ANSWER = [
  ...ENDS_EVERYTHING,
  'aws-access-denied',
  'aws-throttled',
  'aws-unavailable',
  'aws-answer-unreadable',
  'aws-certificate-untrusted',
];

function thrown(check: Check, error: unknown): Finding {
  if (!(error instanceof PlatformError)) {
    const message = redactedLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    return sick({
      severity: 'error',
      detail: `this check ended with an error of its own: ${message}`,
      evidence: [{ call: `check ${check.id}`, read: 'error', value: message }],
      remedy: `report it, with what platform doctor --only ${check.id} --debug says`,
    });
  }
  const denied = /^AWS denied ([a-z0-9-]+:\w+)/.exec(error.message)?.[1];
  if (error.id === 'aws-access-denied' && denied)
    return { status: 'unknown', reason: error.message, permission: denied };
  if (NO_ANSWER.includes(error.id)) return { status: 'unknown', reason: error.message };
  return sick({
    severity: 'error',
    detail: error.message,
    evidence: [{ call: `check ${check.id}`, read: 'error.id', value: error.id }],
    remedy: error.remedy,
  });
}
