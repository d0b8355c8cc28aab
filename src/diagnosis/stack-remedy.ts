import type { FailureId } from '../domain/failure-id.ts';

export interface StackPlace {
  /** As platform.yaml's stacks are called: `data`, `service-web`. */
  id: string;
  /** `--env prod`, with `--sandbox` where it is a rehearsal. */
  flags: string;
  /** The logical id of the resource that failed, and its type. */
  resource: string;
  type: string;
}

/** What leads out of a failure that a stack's events name: a command, or whom to ask for what. */
export function stackRemedy(
  id: FailureId,
  { id: stack, flags, resource, type }: StackPlace,
  named: Readonly<Record<string, string>>,
): string {
  switch (id) {
    case 'F-01':
    case 'F-02':
    case 'F-03':
    case 'F-05':
    case 'F-07':
    case 'F-20':
    case 'F-85':
    case 'F-137':
    case 'F-138':
    case 'F-140':
    case 'F-142':
      return `platform recover ${stack} ${flags} explains it and takes the way out`;
    case 'F-06':
      return `platform deploy --attach ${flags} follows what is under way; platform cancel ${flags} takes it back`;
    case 'F-10':
    case 'F-141':
    case 'F-143':
      return `platform cleanup ${flags} lists what an earlier environment has left; what is somebody else’s keeps its name, so give ${resource} another`;
    case 'F-12':
      return 'configure as many availability zones, in the same order, as when the network was made (more are added at the end), or free the range that another subnet of the VPC has taken';
    case 'F-16':
      return named.action
        ? `grant ${named.action}${named.resource ? ` on ${named.resource}` : ''} to the role that CloudFormation uses; where an organisation’s policy denies it, whoever owns that policy has to let it through`
        : 'ask whoever owns the organisation’s service control policies to let it through';
    case 'F-18':
      return `platform deploy ${flags} once more, in a minute: other programs use up the account’s limit`;
    case 'F-19':
      return `platform recover ${stack} ${flags} makes again what was deleted outside of the stack`;
    case 'F-21':
    case 'F-24':
    case 'F-29':
      return `platform bootstrap ${flags}`;
    case 'F-22':
    case 'F-23':
    case 'F-25':
    case 'F-26':
      return `platform bootstrap repair ${flags}`;
    case 'F-30':
      return `sign in again, then platform deploy --attach ${flags}`;
    case 'F-57':
      return 'aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com, then deploy again';
    case 'F-61':
      return `platform deploy ${flags} registers a new revision`;
    case 'F-68':
      return `platform deploy ${flags} once more: it chooses a priority that is free`;
    case 'F-69':
    case 'F-70':
      return `platform deploy ${flags} shows the DNS records that the certificate waits for, and goes on once it is issued`;
    case 'F-75':
      return `platform db status ${flags} shows which versions there are; set databases.<name>.version to one of them`;
    case 'F-86':
      return `platform db snapshots ${flags} lists them; delete those that nobody needs`;
    case 'F-96':
      return `platform deploy ${flags} once more, a minute after the queue was deleted`;
    case 'F-97':
      return 'raise visibilitySeconds of the queue above the function’s timeout';
    case 'F-100':
      return 'lower or drop reservedConcurrency, or ask for a higher quota: Service Quotas, Lambda, concurrent executions';
    case 'F-101':
      return `platform deploy ${flags} once more, in a minute: a new role is not known everywhere at once; where it is refused again, a permissions boundary or policy of the organisation denies ec2:CreateNetworkInterface, or its subnets have no address left`;
    case 'F-107':
      return `all traffic is on the version before, and stays there: platform logs ${flags} shows what the new one wrote; mend it, then platform deploy ${flags}`;
    case 'F-104':
      return 'set a runtime that is supported';
    case 'F-109':
      return `platform cert status ${flags} shows where it stands; platform cert request and platform cert wait bring one up where CloudFront looks for it`;
    case 'F-110':
      return 'aws cloudfront list-conflicting-aliases (with --distribution-id and --alias) shows in part who has the name; who owns the domain moves it by aws cloudfront associate-alias and a TXT record: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/alternate-domain-names-move-use-associate-alias.html';
    case 'F-111':
      return `platform deploy ${flags} once more with the functions as platform makes them: in us-east-1, x86_64, without variables, VPC and layers, under a role that edgelambda.amazonaws.com may take on; what was changed by hand or by overrides stands in the reason`;
    case 'F-114':
      return `platform destroy ${flags} once more: CloudFront takes its copies away some hours after the last site that used the function; platform cleanup ${flags} deletes one that has left its stack`;
    case 'F-139':
      return `platform destroy ${flags} once more: services go before what they run on; a service of somebody else on it has to go first`;
    case 'F-121':
      return `platform destroy ${flags} once more: CloudFront needs minutes until a distribution is disabled everywhere`;
    case 'F-122':
      return `platform deploy ${flags} once more: it makes the role for logs in the account settings of API Gateway, once per account and region`;
    case 'F-134':
      return 'ask for a higher quota (Service Quotas, Amazon VPC and EC2), use fewer NAT gateways, or share a network';
    default:
      return type === 'AWS::ECS::Service'
        ? `platform logs ${stack.replace(/^service-/, '')} --stopped ${flags} shows what its tasks said`
        : `platform events ${flags} --stack ${stack} shows what came before`;
  }
}
