import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { askAddress } from './ask-address.ts';

export interface Load {
  url: URL;
  headers: Readonly<Record<string, string>>;
  requests: number;
  /** So many are under way at any time; each is sent when the one before it is answered. */
  atOnce: number;
  /** What is not sent by then is not sent any more. */
  withinMs: number;
  variables: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  onAnswer: (answered: number) => void;
}

export interface Loaded {
  answers: { status: number; milliseconds: number }[];
  /** What the connection said instead of an answer, with how often. */
  unanswered: Map<string, number>;
  /** Real milliseconds from the first request to the last answer. */
  tookMs: number;
}

/** Milliseconds for one answer: API Gateway gives up after 29 seconds itself. */
const ANSWER_MS = 30_000;

/** Sends the same request again and again, on connections that are kept. */
export async function sendRequests(load: Load): Promise<Loaded> {
  const { url, headers, requests, atOnce, withinMs, variables, signal, onAnswer } = load;
  const answers: Loaded['answers'] = [];
  const unanswered = new Map<string, number>();
  const isLoopback = /^(127\.|localhost$|\[::1\]$)/.test(url.hostname);
  const options = { keepAlive: true, maxSockets: atOnce, ...(isLoopback ? {} : { proxyEnv: { ...variables } }) };
  const connections = url.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  const began = performance.now();
  let sent = 0;
  const one = async () => {
    while (sent < requests && performance.now() - began < withinMs) {
      sent += 1;
      try {
        const { status, milliseconds } = await askAddress({
          url,
          method: 'GET',
          headers,
          withinMs: ANSWER_MS,
          variables,
          signal,
          connections,
        });
        answers.push({ status, milliseconds });
      } catch (error) {
        if (signal.aborted) throw error;
        const words = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
        unanswered.set(words, (unanswered.get(words) ?? 0) + 1);
      }
      onAnswer(answers.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, requests) }, one));
  } finally {
    connections.destroy();
  }
  return { answers, unanswered, tookMs: performance.now() - began };
}
