import type { Facts } from '../checks/template.ts';

/** What a check knows beside the template, on a day on which everything in the tests is supported. */
export const factsOf = (kind: Facts['kind'] = 'prod'): Facts => ({
  kind,
  today: new Date('2026-06-01T00:00:00Z'),
  runtimeEnds: { 'nodejs18.x': '2025-09-01', 'nodejs20.x': '2026-08-15', 'nodejs24.x': '2028-04-30' },
  holdsCredential: (text) => /\bsk_live_[A-Za-z0-9]{10,}/.test(text),
});
