import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sandboxAccount } from './sandbox-account.ts';

it('gives each environment twelve digits that stay the same', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (project, environment) => {
      expect(sandboxAccount(project, environment)).toMatch(/^[1-9]\d{11}$/);
      expect(sandboxAccount(project, environment)).toBe(sandboxAccount(project, environment));
    }),
  );
  expect(sandboxAccount('shop', 'dev')).not.toBe(sandboxAccount('shop', 'prod'));
});
