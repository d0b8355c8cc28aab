/** What a build context leaves out, as docker, buildkit and buildah read it. */
export interface IgnoreRules {
  /** `path` is relative to the context, with `/`. */
  excludes(path: string): boolean;
  /** Whether something below an excluded folder may be taken back by a `!` line, so that it has to be looked through. */
  readonly hasExceptions: boolean;
}

/**
 * Lines of a .dockerignore; the last that matches decides. A line that matches a folder matches all below it. Syntax:
 * https://docs.docker.com/build/concepts/context/#dockerignore-files, which is Go's filepath.Match and `**`.
 */
export function parseIgnore(text: string): IgnoreRules {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .flatMap((line) => {
      const exception = line.startsWith('!');
      const pattern = clean(exception ? line.slice(1).trim() : line);
      return pattern === '' ? [] : [{ exception, matches: matcher(pattern) }];
    });
  return {
    hasExceptions: lines.some(({ exception }) => exception),
    excludes: (path) => {
      const chain = withParents(path);
      let excluded = false;
      for (const { exception, matches } of lines) {
        if (excluded === exception && chain.some((one) => matches.test(one))) excluded = !exception;
      }
      return excluded;
    },
  };
}

/** `./a//b/../c/` is `a/c`; the root is no pattern, because nothing of it could be sent. */
function clean(pattern: string): string {
  const parts: string[] = [];
  for (const part of pattern.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const withParents = (path: string): string[] => {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
};

function matcher(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at]!;
    if (char === '*' && pattern[at + 1] === '*') {
      at += 1;
      if (pattern[at + 1] === '/') at += 1;
      source += at >= pattern.length - 1 ? '.*' : '(?:.*/)?';
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '\\' && at + 1 < pattern.length) {
      at += 1;
      source += literal(pattern[at]!);
    } else if (char === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) source += '\\[';
      else {
        source += `[${pattern.slice(at + 1, end).replace(/[\\[\]]/g, '\\$&')}]`;
        at = end;
      }
    } else source += literal(char);
  }
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    // A class such as [z-a] matches nothing.
    return /^(?!)/;
  }
}

const literal = (char: string): string => char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
