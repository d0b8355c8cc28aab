import { expect, it } from 'vitest';
import { PlatformError } from './platform-error.ts';
import type { Problem } from './problem.ts';
import { renderError } from './render.ts';

const plain = (text: string) => text;
const rendered = (message: string, problems: Problem[]) =>
  renderError(new PlatformError({ id: 'x', kind: 'usage', message, remedy: 'write services', problems }), {
    debug: false,
    version: '1',
    clean: plain,
    bold: plain,
    red: plain,
  });
const problem: Problem = { severity: 'error', path: 'servces', line: 2, column: 1, message: 'no servces', remedy: 'r' };

it('does not tell the only mistake twice', () => {
  expect(rendered('platform.yaml:2:1: no servces', [problem])).toBe(
    'error: platform.yaml:2:1: no servces\n  fix: write services\n   id: x\n',
  );
});

it('lists several mistakes, and one that the message does not tell wholly', () => {
  expect(rendered('two: no servces', [problem, problem]).match(/no servces/g)).toHaveLength(3);
  expect(rendered('platform.yaml:2:1: no servces', [{ ...problem, environment: 'prod' }])).toContain('(prod)');
  const dev = rendered('dev cannot be deployed yet', [{ ...problem, remedy: 'write services' }]);
  expect(dev.match(/fix: write services/g)).toHaveLength(1);
  expect(rendered('dev cannot be deployed yet', [problem])).toContain('2:1 servces\n  error: no servces');
});
