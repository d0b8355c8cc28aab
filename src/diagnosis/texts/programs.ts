import type { TextRule } from '../text-rule.ts';

/** What programs say before they end, by the words of their runtimes: the last resort when nothing narrower fits. */
export const PROGRAM_TEXTS: readonly TextRule[] = [
  {
    id: 'F-50',
    when: /ModuleNotFoundError|ImportError|KeyError: ['"](?<variable>[A-Z][A-Z0-9_]+)|(?:environment variable|env(?:ironment)? var)[^\n]{0,80}(?:not set|missing|required|undefined)|ImproperlyConfigured|command not found|no such file or directory|Segmentation fault|permission denied|EACCES|EADDRINUSE/i,
    in: ['container-log', 'stopped-reason'],
  },
];
