import { expect, it } from 'vitest';
import { DEFINITION, found, PATIENT } from '../testing/judged.ts';
import { diagnosisLines } from './diagnosis-text.ts';
import { judgeContainerEnd } from './judge/container-end.ts';
import { endOf } from './judge/patient.ts';
import { pullComplaintOf } from './judge/pull-complaint.ts';
import { judgeSecrets } from './judge/pull-secrets.ts';
import { evidenceOf } from './shown-evidence.ts';

const ESCAPES = '\u001b[31m\u001b]0;owned\u0007\u009b2J\u202e';
const PREFIX = 'ResourceInitializationError: unable to pull secrets or registry auth:';

it('F-44 in a hostile text: no escape, no secret, and no more than a screen of it', () => {
  const stoppedReason = `${PREFIX} ${ESCAPES}did not contain json key ${ESCAPES}API${ESCAPES}_KEY PASSWORD=canary-1 ${'x'.repeat(1_000_000)}`;
  const end = endOf({ stoppedReason }, { index: 0, count: 1 });
  const complaint = pullComplaintOf(end.reason);
  expect(complaint).toEqual({ kind: 'key-missing', key: 'API_KEY' });
  const causes = judgeSecrets(PATIENT, { end, complaint: complaint as never, secrets: [] });
  const text = diagnosisLines({ causes, unseen: [] }).join('\n');
  expect(text).not.toMatch(/[\u001b\u0007\u009b\u202e]|canary/);
  expect(text.length).toBeLessThan(2_000);
});

it('F-50 and F-81 in hostile lines: shown without what is secret in them, and searched at once', () => {
  const line = evidenceOf(
    'logs:GetLogEvents',
    'x',
    `FATAL: password authentication failed for user "app" postgres://app:canary-2@db/${ESCAPES}`,
  );
  const lines = Array.from({ length: 60 }, () => `${'missing required env var '.repeat(16)}`.slice(0, 400));
  const task = { stoppedReason: 'Essential container in task exited', containers: [{ name: 'app', exitCode: 1 }] };
  const judge = (all: string[]) =>
    judgeContainerEnd(PATIENT, {
      end: endOf(task, { index: 0, count: 1 }),
      definition: DEFINITION,
      log: found({ group: 'g', stream: 's', lines: all }),
    });
  // Of the processor, not of a clock on the wall: others work beside this test.
  const from = process.cpuUsage();
  const [cause] = judge(lines);
  expect(process.cpuUsage(from).user).toBeLessThan(500_000);
  expect(cause?.id).toBe('F-50');
  const [database] = judge([line.value]);
  expect(database?.id).toBe('F-81');
  expect(JSON.stringify(database)).not.toContain('canary');
});
