import type { Context } from '../../context.ts';
import { cleanText } from '../../domain/clean-text.ts';
import { judgeAnswer } from '../../domain/judge-answer.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { askAddress, type HttpAnswer } from '../../process/ask-address.ts';
import { waitFor } from '../wait-for.ts';
import type { Compose } from './compose.ts';

type Powers = Pick<Context, 'clock' | 'signal' | 'variables'>;

const EVERY_MS = 1_000;
/** An emulator of many services, and the first start of a database, on a slow machine. */
const GROUND_MS = 180_000;
/** Beyond what a service itself asks for. */
const SLACK_MS = 60_000;
const ANSWER_MS = 5_000;

export interface Awaited {
  container: string;
  /** What it is called for people. */
  title: string;
  forMs?: number;
  /** It is not enough that it runs: this has to answer, and with one of these statuses where they are named. */
  url?: URL;
  statuses?: readonly string[];
}

/**
 * Waits until a container runs, is healthy where Compose checks that, and answers. Throws `local-not-healthy` with what
 * it wrote last: at once when it has ended.
 */
export async function awaitContainer(
  powers: Powers,
  compose: Compose,
  { container, title, forMs = GROUND_MS, url, statuses }: Awaited,
): Promise<void> {
  let last = 'it is not there';
  const { clock, signal } = powers;
  const settled = await waitFor({ clock, everyMs: EVERY_MS, forMs, signal }, async () => {
    const found = (await compose.containers()).find(({ service }) => service === container);
    if (!found) return undefined;
    last = [found.state, ...(found.health ? [found.health] : [])].join(', ');
    if (found.state === 'exited' || found.state === 'dead') return 'ended';
    if (found.state !== 'running' || (found.health !== null && found.health !== 'healthy')) return undefined;
    if (!url) return 'ready';
    const answer = await ask(powers, url);
    if (!answer) {
      last = `nobody answers at ${url.href}`;
      return undefined;
    }
    const wrong = statuses ? judgeAnswer({ statuses }, answer) : [];
    last = `${url.href}: ${wrong.join('; ')}`;
    return wrong.length === 0 ? 'ready' : undefined;
  });
  if (settled !== 'ready') throw notHealthy(title, last, await compose.lastLines(container));
}

export const serviceWaitMs = (graceSeconds: number): number => graceSeconds * 1_000 + SLACK_MS;

/** Undefined: nobody does. */
async function ask({ signal, variables }: Powers, url: URL): Promise<HttpAnswer | undefined> {
  const asked = { url, method: 'GET', headers: { accept: '*/*' }, withinMs: ANSWER_MS, variables, signal };
  try {
    return await askAddress(asked);
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

const notHealthy = (title: string, last: string, lines: readonly string[]) =>
  new PlatformError({
    id: 'local-not-healthy',
    kind: 'failed',
    message: `${title} does not come up: ${last}`,
    remedy: 'see what it wrote last, correct it, and run platform local up again',
    findings: lines.map(cleanText),
  });
