import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { lookAtQueues } from '../../../operations/queues/sick-queues.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';
import { recoverFix } from '../../recover-fix.ts';

export const queues: Check = {
  id: 'queues',
  title: 'Every queue is there, and no message was set aside',
  group: 'its data',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const looked = await lookAtQueues(session, await scene.stacks());
    if (looked.length === 0) return skipped('no queue is deployed');
    const flags = environmentFlags(session.environment);
    const recover = await recoverFix(scene, 'messaging');
    const found = looked.flatMap(({ name, url, deadLetters, messages, tooShort }): Finding[] => {
      const subject = `queues.${name}`;
      if (messages === undefined)
        return [
          sick({
            severity: 'error',
            subject,
            detail: `its ${deadLetters ? 'queue of dead letters' : 'queue'} is gone, and its stack does not know`,
            evidence: [evidenceOf('sqs:GetQueueAttributes', url, undefined)],
            remedy: `platform recover messaging ${flags} makes it again`,
            failure: 'F-19',
            ...recover,
          }),
        ];
      if (tooShort) {
        const { visibility, consumer, timeout } = tooShort;
        // Six times what a consumer may take, as Lambda advises; SQS's most is twelve hours.
        const enough = Math.min(timeout * 6, 43_200);
        return [
          sick({
            severity: 'error',
            subject,
            detail: `it shows a message again after ${visibility} seconds, while function ${consumer} may work on it for ${timeout}: Lambda refuses it as a source, and messages are processed twice`,
            evidence: [evidenceOf('sqs:GetQueueAttributes', 'VisibilityTimeout', visibility)],
            remedy: `aws sqs set-queue-attributes --queue-url ${url} --attributes VisibilityTimeout=${enough}; where platform.yaml sets visibilitySeconds, raise it too`,
            failure: 'F-97',
            fix: {
              handling: 'AUTO',
              does: `hide messages of ${name} for ${enough} seconds`,
              apply: () => session.aws.sqs.setVisibility(url, enough),
            },
          }),
        ];
      }
      if (!deadLetters || messages === 0) return [];
      return [
        sick({
          severity: 'warning',
          subject,
          detail: `about ${messages} ${messages === 1 ? 'message was' : 'messages were'} set aside, because nobody could process ${messages === 1 ? 'it' : 'them'}`,
          evidence: [evidenceOf('sqs:GetQueueAttributes', 'ApproximateNumberOfMessages', messages)],
          remedy: `platform queue peek ${name} ${flags} shows them; mend what refuses them, then platform queue redrive ${name} ${flags}`,
          failure: 'F-98',
        }),
      ];
    });
    const asleep = Object.keys((await scene.state()).state.pausedQueues);
    const resting = asleep.length > 0 ? `; paused, so that no function reads them: ${asleep.join(', ')}` : '';
    return found.length > 0 ? found : ok(`${counted(looked.length, 'queue')}${resting}`);
  },
};
