import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

/** A queue that other accounts may write to; `also` are statements beside the one that demands TLS. */
const lettingIn = (also: string, rest = ''): string =>
  smallYaml(`${QUEUE}
overrides:
  messaging/QueueJobs/QueuePolicy:
    properties:
      PolicyDocument:
        Statement:
          - { Effect: Deny, Principal: "*", Action: "sqs:*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }
${also}
${rest}`);
const grant = (account: string) =>
  `          - { Effect: Allow, Principal: { AWS: "arn:aws:iam::${account}:root" }, Action: "sqs:SendMessage", Resource: "*" }`;
const NEVER = 'delivery: { approval: never }';
const ANY = 'delivery: { approval: any-change }';

const policyOf = async ({ aws }: Deployable): Promise<string> => {
  const client = aws.client(SQSClient);
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  const QueueUrl = QueueUrls.find((url) => !/dead|dlq/i.test(url))!;
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
  return Attributes!.Policy!;
};

describe('delivery.approval', () => {
  it('S1-22 C34 of security-broadening: in prod, more is let through only when that is said by name', async () => {
    const project = await startDeployable({ yaml: lettingIn('') });
    const { platform, configure, succeed, writes, forget } = project;
    // There is nothing yet that could be broadened.
    const first = (await succeed('deploy --env prod --yes --json')).json();
    expect(first).toMatchObject({ broadens: [], confirmations: [] });

    configure(lettingIn(grant('222222222222')));
    forget();
    const refused = await platform('deploy --env prod --yes --json');
    expect(refused.exitCode).toBe(2);
    const broadening = {
      stack: 'messaging',
      name: 'queue jobs',
      kind: 'policy',
      principal: 'AWS arn:aws:iam::222222222222:root',
      actions: ['sqs:SendMessage'],
      lost: [],
    };
    expect(refused.json().error).toMatchObject({
      id: 'nobody-to-ask',
      details: { confirm: 'prod/security', broadens: [broadening] },
    });
    expect(refused.stderr).toContain('--confirm prod/security');
    expect(refused.stderr).toContain('queue jobs: AWS arn:aws:iam::222222222222:root may do sqs:SendMessage');
    const declined = await platform('deploy --env prod', { answer: () => 'prod' });
    expect(declined.exitCode).toBe(5);
    const dry = (await platform('deploy --env prod --dry-run --json')).json();
    expect(dry).toMatchObject({ confirmations: ['prod/security'], broadens: [broadening] });
    expect(writes()).toEqual([]);

    const asked: string[] = [];
    const agreed = await platform('deploy --env prod', {
      answer: (question) => {
        asked.push(question);
        return question.includes('prod/security') ? 'prod/security' : true;
      },
    });
    expect(agreed.exitCode, agreed.stderr).toBe(0);
    expect(asked[0]).toContain('may do sqs:SendMessage');
    expect(await policyOf(project)).toContain('222222222222');

    // Less is let through: nobody is asked by name. Going back to the release of before lets it through again.
    configure(lettingIn(''));
    expect((await succeed('deploy --env prod --yes --json')).json().broadens).toEqual([]);
    expect(await policyOf(project)).not.toContain('222222222222');
    const back = await platform('rollback --env prod --yes --json');
    expect(back.json().error.details).toMatchObject({ confirm: 'prod/security', broadens: [broadening] });
    const sent = (await succeed('rollback --env prod --yes --confirm prod/security --json')).json();
    expect(sent).toMatchObject({ broadens: [broadening], confirmations: ['prod/security'] });
    expect(await policyOf(project)).toContain('222222222222');
  });

  it('an approved plan that broadens stands for its name; elsewhere than in prod it is only said', async () => {
    const { platform, configure, succeed } = await startDeployable({ yaml: lettingIn('') });
    await succeed('deploy --env dev --yes');
    await succeed('deploy --env prod --yes');
    configure(lettingIn(grant('222222222222')));
    const shown = (await succeed('diff --env prod --out plan.json --json')).json();
    expect(shown.broadens).toMatchObject([{ stack: 'messaging', actions: ['sqs:SendMessage'] }]);
    expect(await platform('deploy --env prod --plan plan.json')).toMatchObject({ exitCode: 0 });
    const dev = await succeed('deploy --env dev --yes');
    expect(dev.stderr).toContain('! messaging: queue jobs: AWS arn:aws:iam::222222222222:root may do sqs:SendMessage');
  });

  it('C34 of never asks for a yes alone, and of any-change for a name in every environment', async () => {
    const { platform, configure, succeed, writes, forget } = await startDeployable({ yaml: lettingIn('', NEVER) });
    await succeed('deploy --env prod --yes');
    configure(lettingIn(grant('222222222222'), NEVER));
    await succeed('deploy --env prod --yes');

    configure(lettingIn(grant('222222222222'), ANY));
    // Nothing changes, so there is nothing to approve.
    await succeed('deploy --env prod --yes');
    configure(lettingIn('', ANY));
    forget();
    for (const environment of ['prod', 'dev']) {
      const { exitCode, stderr } = await platform(`deploy --env ${environment} --yes`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`--confirm ${environment}/changes`);
    }
    expect(writes()).toEqual([]);
    await succeed('deploy --env prod --yes --confirm prod/changes');
  });
});
