import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

it('waits for a certificate whose records CloudFormation writes into a hosted zone', async () => {
  const sandbox = await startSandbox();
  const cfn = sandbox.client(CloudFormationClient);
  const TemplateBody = JSON.stringify({
    Resources: {
      Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.org' } },
      Record: {
        Type: 'AWS::Route53::RecordSet',
        Properties: {
          HostedZoneId: { Ref: 'Zone' },
          Name: 'www.example.org',
          Type: 'A',
          TTL: '60',
          ResourceRecords: ['10.0.0.1'],
        },
      },
      Certificate: {
        Type: 'AWS::CertificateManager::Certificate',
        Properties: {
          DomainName: 'example.org',
          ValidationMethod: 'DNS',
          DomainValidationOptions: [{ DomainName: 'example.org', HostedZoneId: { Ref: 'Zone' } }],
        },
      },
    },
  });
  await cfn.send(new CreateStackCommand({ StackName: 'names', TemplateBody }));
  await sandbox.settle();
  const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName: 'names' }));
  expect(Stacks![0]!.StackStatus).toBe('CREATE_COMPLETE');
  const { CertificateSummaryList } = await sandbox.client(ACMClient).send(new ListCertificatesCommand({}));
  expect(CertificateSummaryList).toMatchObject([{ DomainName: 'example.org', Status: 'ISSUED' }]);
});
