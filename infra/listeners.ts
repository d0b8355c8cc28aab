import type { AppSettings } from './settings.ts';

export interface Listener {
  port: number;
  protocol: 'HTTP' | 'HTTPS';
  /** Service whose certificate the listener starts with; only with HTTPS. */
  certificateOf?: string;
}

/** The listeners that the services together need, by port. */
export function listenersOf({ services, sharing }: AppSettings): Listener[] {
  if (sharing.mode === 'consume') return [];
  const listeners = new Map<number, Listener>();
  for (const [name, { http }] of Object.entries(services)) {
    if (!http) continue;
    if (!http.tls) listeners.set(http.listenerPort, { port: http.listenerPort, protocol: 'HTTP' });
    else if (http.tls.listenerDefault) {
      listeners.set(http.listenerPort, { port: http.listenerPort, protocol: 'HTTPS', certificateOf: name });
    }
    if (http.tls && http.redirectHttp) listeners.set(80, { port: 80, protocol: 'HTTP' });
  }
  return [...listeners.values()].sort((a, b) => a.port - b.port);
}
