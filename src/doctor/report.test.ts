import { expect, it } from 'vitest';
import type { Check } from './check.ts';
import { type Finding, ok, sick, skipped } from './finding.ts';
import { documentOf, reportText } from './report.ts';

const check = (id: string): Check => ({ id, title: `${id} is well`, group: 'its data', run: async () => ok('') });
const ill = (subject: string): Finding =>
  sick({
    severity: 'error',
    subject,
    detail: 'it is gone',
    evidence: [{ call: 'sqs:Get', read: 'url', value: 'absent' }],
    remedy: 'platform recover messaging',
  });
const text = (rows: [string, Finding[]][]) =>
  reportText(
    documentOf(
      rows.map(([id, findings]) => ({ check: check(id), findings })),
      { environment: 'dev', fixes: [] },
      { env: 'dev', sandbox: true },
    ),
  );

it('says once why much is left out, the title of a check once, its id for --only, and where a remedy is to act', () => {
  const none = skipped('dev is not deployed yet');
  expect(
    text([
      ['a', [none]],
      ['b', [ill('queues.jobs'), ill('queues.mail')]],
      ['c', [none]],
      ['d', [ok('fine')]],
      ['e', [skipped('there is none')]],
    ]),
  ).toMatchInlineSnapshot(`
    "its data
      --  2 checks: dev is not deployed yet
      no  b is well (b)
            queues.jobs: it is gone
              read: sqs:Get url = absent
              fix: platform recover --env dev --sandbox messaging
            queues.mail: it is gone
              read: sqs:Get url = absent
              fix: platform recover --env dev --sandbox messaging
      ok  d is well: fine
      --  e is well: there is none

    2 wrong, 1 well, 3 not looked at"
  `);
});
