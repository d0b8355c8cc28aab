import { parsedJson } from './parsed-json.ts';

/** A container of a Compose project. */
export interface ComposeContainer {
  service: string;
  /** `running`, `exited`, `restarting` … */
  state: string;
  /** `healthy`, `unhealthy` or `starting`; null where nobody checks. */
  health: string | null;
}

/**
 * What `compose ps --format json` prints: a document per line since Compose 2.21, a list before, and podman's own
 * words where podman-compose answers. Lines that are none of these are let go.
 */
export function composeContainers(lines: readonly string[]): ComposeContainer[] {
  const whole = parsedJson(lines.join('\n'));
  const documents = Array.isArray(whole) ? whole : lines.map((line) => parsedJson(line));
  return documents.flatMap((document) => {
    if (typeof document !== 'object' || document === null) return [];
    const one = document as Record<string, unknown>;
    const labels = typeof one.Labels === 'object' && one.Labels !== null ? (one.Labels as Record<string, unknown>) : {};
    const service = one.Service ?? labels['com.docker.compose.service'];
    if (typeof service !== 'string') return [];
    const [, told] = /\((healthy|unhealthy|starting|health: starting)\)/.exec(String(one.Status ?? '')) ?? [];
    const health =
      typeof one.Health === 'string' && one.Health !== '' ? one.Health : (told ?? '').replace('health: ', '');
    return [{ service, state: String(one.State ?? 'unknown').toLowerCase(), health: health || null }];
  });
}
