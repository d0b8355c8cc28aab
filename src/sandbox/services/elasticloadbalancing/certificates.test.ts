import {
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  RemoveListenerCertificatesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { balancerScene } from './balancer-scene.ts';
import { certificateUsers } from './in-use.ts';

const arnOf = (name: string) => `arn:aws:acm:us-east-1:000000000000:certificate/${name}`;

describe('certificates of a listener', () => {
  it('are issued ones, the default one first, others added and removed (F-71, F-72)', async () => {
    const { sandbox, elb, LoadBalancerArn } = await balancerScene();
    const certificates = sandbox.world.store.table<{ status: string }>('acm.certificates', '000000000000/us-east-1');
    await sandbox.world.transaction(() => {
      certificates.put(arnOf('one'), { status: 'ISSUED' });
      certificates.put(arnOf('two'), { status: 'ISSUED' });
      certificates.put(arnOf('waiting'), { status: 'PENDING_VALIDATION' });
    });
    const listen = (...names: string[]) =>
      answerOf(
        elb.send(
          new CreateListenerCommand({
            LoadBalancerArn,
            Port: 443,
            Protocol: 'HTTPS',
            Certificates: names.map((name) => ({ CertificateArn: arnOf(name) })),
            DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
          }),
        ),
      );
    expect(await listen()).toEqual(refusal('ValidationError', 'A certificate must be specified for HTTPS listeners'));
    expect(await listen('none')).toEqual(
      refusal('CertificateNotFoundException', `Certificate '${arnOf('none')}' not found`),
    );
    expect(await listen('waiting')).toMatchObject({ refused: { code: 'UnsupportedCertificate' } });
    await listen('one');
    const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    const { ListenerArn = '', SslPolicy } = Listeners!.find(({ Port }) => Port === 443)!;
    expect(SslPolicy).toBe('ELBSecurityPolicy-2016-08');

    const Certificates = [{ CertificateArn: arnOf('two') }];
    await elb.send(new AddListenerCertificatesCommand({ ListenerArn, Certificates }));
    expect(await answerOf(elb.send(new DescribeListenerCertificatesCommand({ ListenerArn })))).toEqual({
      Certificates: [
        { CertificateArn: arnOf('one'), IsDefault: true },
        { CertificateArn: arnOf('two'), IsDefault: false },
      ],
    });
    expect(certificateUsers(sandbox.scope, arnOf('two'))).toEqual([LoadBalancerArn]);
    await elb.send(new RemoveListenerCertificatesCommand({ ListenerArn, Certificates }));
    expect(certificateUsers(sandbox.scope, arnOf('two'))).toEqual([]);
    expect(
      await answerOf(
        elb.send(
          new RemoveListenerCertificatesCommand({ ListenerArn, Certificates: [{ CertificateArn: arnOf('one') }] }),
        ),
      ),
    ).toMatchObject({ refused: { message: 'Default certificate cannot be removed' } });
  });
});
