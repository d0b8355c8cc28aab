import type { TextRule } from './text-rule.ts';

/** What programs say before they end, by the words of their runtimes: the last resort when nothing narrower fits. */
export const PROGRAM_TEXTS: readonly TextRule[] = [
  { id: 'F-50', when: /KeyError: ['"](?<variable>[A-Z][A-Z0-9_]{2,})['"]/, in: ['last-line'], as: 'no-variable' },
  ...[
    /(?:missing|required|undefined|not set|not defined|must be set)[^\n]{0,40}?\b(?<variable>(?=[A-Z0-9_]*_)[A-Z][A-Z0-9_]{2,})\b/,
    /(?:environment variable:?|variable|env(?:ironment)? ?var) ["'`]?(?<variable>(?=[A-Z0-9_]*_)[A-Z][A-Z0-9_]{2,})["'`]?[^\n]{0,30}(?:missing|required|not set|not defined|not found|undefined|must be set)/,
    /\b(?<variable>(?=[A-Z0-9_]*_)[A-Z][A-Z0-9_]{2,})["'`]? (?:is (?:missing|required|not set|not defined|undefined)|must be set|environment variable (?:is )?(?:missing|required|not set))/,
  ].map((when): TextRule => ({ id: 'F-50', when, in: ['last-line'], as: 'no-variable' })),
  {
    id: 'F-50',
    when: /(?:connect )?ECONNREFUSED ?(?<address>\S*)|[Cc]onnection refused/,
    in: ['last-line'],
    as: 'refused',
  },
  {
    id: 'F-50',
    when: /EACCES: permission denied|PermissionError: \[Errno 13\]|[Pp]ermission denied[: ]/,
    in: ['last-line'],
    as: 'file-forbidden',
  },
  {
    id: 'F-50',
    when: /ModuleNotFoundError|ImportError|KeyError: ['"][A-Z][A-Z0-9_]+|(?:environment variable|env(?:ironment)? var)[^\n]{0,80}(?:not set|missing|required|undefined)|ImproperlyConfigured|command not found|no such file or directory|Segmentation fault|permission denied|EACCES|EADDRINUSE/i,
    in: ['container-log', 'stopped-reason'],
  },
];
