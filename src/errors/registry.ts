/** Every error a user can meet. Generated from the sources by `npm run docs`; a test says when it is old. */
export const ERRORS: readonly { id: string; kind: string; message: string; remedy: string }[] = [
  {
    id: 'account-mismatch',
    kind: 'credentials',
    message: 'The environment <name> belongs to account <expected>, but the credentials are for <Account> (<Arn>)',
    remedy:
      'use a profile of that account: --profile <join> / sign in to account <expected> (--profile <name>), or correct environments.<name>.account',
  },
  {
    id: 'argument-excess',
    kind: 'usage',
    message: 'The command line cannot be read',
    remedy: '--help shows what is possible',
  },
  {
    id: 'argument-invalid',
    kind: 'usage',
    message: 'The command line cannot be read',
    remedy: '--help shows what is possible',
  },
  {
    id: 'argument-missing',
    kind: 'usage',
    message: 'The command line cannot be read',
    remedy: '--help shows what is possible',
  },
  {
    id: 'aws-access-denied',
    kind: 'credentials',
    message: 'AWS denied <action>. AWS says: <text>',
    remedy:
      'ask for the permission <action>; docs/iam.md holds the smallest policy. An explicit deny or a service control policy has to be lifted by whoever owns it',
  },
  {
    id: 'aws-certificate-untrusted',
    kind: 'failed',
    message: 'The certificate of the endpoint of <…> is not trusted (<code>)',
    remedy: 'behind a proxy that opens TLS, set AWS_CA_BUNDLE to the PEM file of its certificate authority',
  },
  {
    id: 'aws-keys-unknown',
    kind: 'credentials',
    message: 'AWS does not know the access key (<name>)',
    remedy:
      'aws sts get-caller-identity shows whether the keys work at all; when they do, the region is not enabled in this account: aws account enable-region --region-name <region>',
  },
  {
    id: 'aws-refused',
    kind: 'failed',
    message: 'AWS refused <action> with <name>. AWS says: <text>',
    remedy: '--debug shows the whole answer',
  },
  {
    id: 'aws-session-expired',
    kind: 'credentials',
    message: 'The AWS session has expired',
    remedy: 'aws sso login (with --profile <name> where you use one) signs in again; then run the command once more',
  },
  {
    id: 'aws-signature-rejected',
    kind: 'credentials',
    message: 'AWS rejects the signature of the request (<name>), and the clock is right',
    remedy: 'the secret access key does not belong to the access key id: aws configure sets both',
  },
  {
    id: 'aws-throttled',
    kind: 'failed',
    message: 'AWS still throttles <action> after several tries',
    remedy: 'other programs use up the limit of this account; wait a minute, then run the command again',
  },
  {
    id: 'aws-unavailable',
    kind: 'failed',
    message: 'AWS answered <action> with an error of its own (<name>) after several tries',
    remedy: 'https://health.aws.amazon.com shows whether the region has trouble; run the command again later',
  },
  {
    id: 'aws-unreachable',
    kind: 'failed',
    message: 'No answer from the endpoint of <…> (<name>): <…>',
    remedy:
      'check the network, and HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL in the environment; platform help environment lists what is read',
  },
  {
    id: 'bootstrap-bucket-lost',
    kind: 'failed',
    message:
      '<stackName> in <region> is there, but its bucket <bucket> is gone; bootstrapping alone never makes it again (F-22)',
    remedy: 'aws cloudformation delete-stack --region <region> --stack-name <stackName>; then platform bootstrap',
  },
  {
    id: 'bootstrap-bucket-orphaned',
    kind: 'failed',
    message:
      'The bucket <bucket> of an earlier bootstrap is still there with <versions> object versions, and would stop a new one (F-23)',
    remedy:
      'delete every version and the bucket (aws s3api delete-objects, aws s3 rb --region <region> s3://<bucket>); then platform bootstrap',
  },
  {
    id: 'bootstrap-busy',
    kind: 'pending',
    message: '<stackName> in <region> is <status>: somebody is bootstrapping',
    remedy: 'run this again when it has ended',
  },
  {
    id: 'bootstrap-failed',
    kind: 'failed',
    message: '<stackName> in <region> was not brought up: <message>',
    remedy:
      'mend the cause and run platform bootstrap again; aws cloudformation describe-stack-events --region <region> --stack-name <stackName> shows all of it',
  },
  {
    id: 'bootstrap-stuck',
    kind: 'failed',
    message: '<stackName> in <region> is <status>, and only a person can decide what becomes of it (F-25)',
    remedy: '<next>; then platform bootstrap',
  },
  {
    id: 'ca-bundle-unreadable',
    kind: 'usage',
    message: 'The bundle of certificate authorities <file> cannot be read',
    remedy: 'set AWS_CA_BUNDLE to a PEM file, or unset it',
  },
  {
    id: 'certificate-pending',
    kind: 'pending',
    message:
      'The certificate of <domain> waits for a DNS record: <name> CNAME <value> / ACM has not said yet which record it wants for <domain>',
    remedy: 'create exactly this record (DNS only, not proxied), then run the same command again',
  },
  {
    id: 'certificate-refused',
    kind: 'failed',
    message: 'ACM says <…> of the certificate of <domain><…>',
    remedy: 'aws acm delete-certificate --certificate-arn <…>, then deploy again to request a new one',
  },
  {
    id: 'change-not-approved',
    kind: 'failed',
    message:
      'The change set of <stackName> would replace or remove <map>, which the plan did not say; it was deleted and nothing was changed',
    remedy: 'platform diff --env <environment>',
  },
  {
    id: 'clock-skewed',
    kind: 'credentials',
    message: "This machine's clock is <abs> s <…> AWS's, so AWS rejects its signatures",
    remedy: 'set the clock (timedatectl set-ntp true), then run the command again',
  },
  {
    id: 'command-incomplete',
    kind: 'usage',
    message: 'This command needs one of its subcommands',
    remedy: 'choose one of those listed above',
  },
  {
    id: 'command-unknown',
    kind: 'usage',
    message: 'The command line cannot be read',
    remedy: '--help shows what is possible',
  },
  {
    id: 'config-invalid',
    kind: 'usage',
    message: '<where>: <message> / <basename> has <length> mistakes, the first in line <1>: <message>',
    remedy: '…',
  },
  {
    id: 'config-missing',
    kind: 'usage',
    message: 'There is no <FILE_NAME> in <start> or above it',
    remedy: 'platform init writes one; -C <dir> names another folder',
  },
  {
    id: 'config-other-name',
    kind: 'usage',
    message: 'There is <path>, but platform reads <FILE_NAME> only',
    remedy: 'mv <basename> <FILE_NAME> / write the same settings into <FILE_NAME>; platform init starts one',
  },
  {
    id: 'config-unsound',
    kind: 'usage',
    message: 'Environment <name> breaks <…> of <FILE_NAME>: <message>',
    remedy: 'correct what is listed above, or waive a rule with its reason under waivers',
  },
  {
    id: 'credentials-missing',
    kind: 'credentials',
    message: 'There are no AWS credentials: none in the environment, no default profile, no role of this machine',
    remedy:
      'choose a profile: --profile <join> / aws configure sso makes a profile; --env sandbox needs no account at all',
  },
  {
    id: 'declined',
    kind: 'declined',
    message: 'Declined: <question>',
    remedy: 'nothing was changed by this step',
  },
  {
    id: 'deploy-blocked',
    kind: 'failed',
    message: '<name> cannot be deployed yet; nothing was changed',
    remedy: '…',
  },
  {
    id: 'deploy-cancelled',
    kind: 'failed',
    message: 'The deployment was cancelled; CloudFormation has taken <stackName> back to what it was',
    remedy: 'platform deploy starts again from where things are',
  },
  {
    id: 'emulator-not-started',
    kind: 'failed',
    message: 'The environment <environment> lives on the AWS Emulator, which has left no keys in <folder>',
    remedy: 'start it (aws-emulator), or name another one: emulator: localstack in platform.yaml',
  },
  {
    id: 'engine-version-not-offered',
    kind: 'failed',
    message: 'RDS offers no version <version> for databases.<database> in <region> (F-75)',
    remedy: 'set databases.<database>.version to a major version such as "16", and the newest one offered is taken',
  },
  {
    id: 'environment-locked',
    kind: 'pending',
    message: '<principal> on <host> has been running "<command>" on <environment> for <round> s',
    remedy: 'wait for it to end and run this again; a lock whose holder died frees itself after <1000> s',
  },
  {
    id: 'environment-not-chosen',
    kind: 'usage',
    message: 'It is not said which environment is meant, and none of kind prod is ever taken by itself',
    remedy: 'add --env <join>, or set defaults.environment in platform.yaml',
  },
  {
    id: 'environment-unknown',
    kind: 'usage',
    message: '<FILE_NAME> has no environment <stringify>',
    remedy: '--env takes <join> / --env <near>',
  },
  {
    id: 'help-error-unknown',
    kind: 'usage',
    message: 'There is no error <id>',
    remedy: 'platform help errors lists them all',
  },
  {
    id: 'help-unknown',
    kind: 'usage',
    message: 'There is no command or topic <words>',
    remedy: 'commands: <map>; topics: <join>',
  },
  {
    id: 'init-answer',
    kind: 'usage',
    message: '<flag>: <wrong>',
    remedy: 'platform init <flag> <value>',
  },
  {
    id: 'interrupted',
    kind: 'declined',
    message: 'Stopped at your request',
    remedy: 'platform status shows how things stand',
  },
  {
    id: 'lock-lost',
    kind: 'failed',
    message:
      'Somebody else has taken the lock of <environment> while this deployment ran; it stopped before its next change',
    remedy: 'platform status --env <environment>, then talk to whoever deploys',
  },
  {
    id: 'nobody-to-ask',
    kind: 'usage',
    message: 'This needs an answer, and there is no terminal to ask at: <question>',
    remedy: '…',
  },
  {
    id: 'option-conflict',
    kind: 'usage',
    message: 'The command line cannot be read',
    remedy: '--help shows what is possible',
  },
  {
    id: 'option-missing',
    kind: 'usage',
    message: 'The command line cannot be read',
    remedy: '--help shows what is possible',
  },
  {
    id: 'option-unknown',
    kind: 'usage',
    message: 'The command line cannot be read',
    remedy: '--help shows what is possible',
  },
  {
    id: 'option-value-missing',
    kind: 'usage',
    message: 'The command line cannot be read',
    remedy: '--help shows what is possible',
  },
  {
    id: 'output-missing',
    kind: 'failed',
    message: '<environment> has no output <name> (F-132)',
    remedy: 'it is one of: <join> / nothing is deployed there yet: platform deploy --env <environment>',
  },
  {
    id: 'path-leaves-repository',
    kind: 'usage',
    message: '<shown> is a way out of the repository, to <real>',
    remedy: 'put the files themselves into the repository instead of a link',
  },
  {
    id: 'path-missing',
    kind: 'usage',
    message: 'There is no <shown> beside <FILE_NAME> (<path>)',
    remedy: 'correct the path in <FILE_NAME>, or make the file',
  },
  {
    id: 'plan-elsewhere',
    kind: 'usage',
    message: '<file> was made for <elsewhere> <…>, this is <…>',
    remedy: 'platform deploy --env <environment> --plan <file>',
  },
  {
    id: 'plan-outdated',
    kind: 'failed',
    message: 'What would happen now is not what <file> says any more',
    remedy: 'platform diff --env <environment> --out <file> shows it anew; have that approved',
  },
  {
    id: 'plan-refused',
    kind: 'failed',
    message: 'The plan would replace <join>, and with it everything that stands there (F-12)',
    remedy: 'take back the change of network (cidr, azs, subnetMask), or build a new environment beside this one',
  },
  {
    id: 'plan-unreadable',
    kind: 'usage',
    message: '<file> is not a plan that platform diff --out has written',
    remedy: 'platform diff --out <file>',
  },
  {
    id: 'profile-gives-no-credentials',
    kind: 'credentials',
    message: 'The profile <profile> gives no credentials. The SDK says: <message>',
    remedy:
      'aws sso login --profile <profile> signs in where the profile uses IAM Identity Center; aws configure --profile <profile> sets keys',
  },
  {
    id: 'profile-missing',
    kind: 'credentials',
    message: 'There is no profile <profile> in the shared AWS configuration',
    remedy: 'choose one of: <join> / aws configure sso makes one',
  },
  {
    id: 'question-cancelled',
    kind: 'declined',
    message: 'Cancelled at the question',
    remedy: 'nothing was changed by this step',
  },
  {
    id: 'release-not-proven',
    kind: 'failed',
    message: 'CloudFormation is done, but <service> is not what was asked for: <why>',
    remedy: 'platform status shows what runs; platform events what ECS says',
  },
  {
    id: 'stack-busy',
    kind: 'pending',
    message: 'Stack <stack> is <status>; nothing was deleted',
    remedy: 'wait until it has ended and run this again',
  },
  {
    id: 'stack-failed',
    kind: 'failed',
    message: '<LogicalResourceId> (<ResourceType>) of stack <stackName> failed: <ResourceStatus>',
    remedy: '…',
  },
  {
    id: 'stack-missing',
    kind: 'failed',
    message: '<environment> has no stack <stack>',
    remedy: 'it is one of: <map> / nothing is deployed there yet: platform deploy --env <environment>',
  },
  {
    id: 'stack-unknown',
    kind: 'usage',
    message: 'There is no stack <id>',
    remedy: 'one of <map>',
  },
  {
    id: 'state-unreadable',
    kind: 'failed',
    message: 'The recorded state of <environment> cannot be read: <why>',
    remedy: 'restore an earlier version of <stateKey>: the bucket keeps every version',
  },
  {
    id: 'usage',
    kind: 'usage',
    message: '…',
    remedy: '<replace> <help> lists all / <help> shows what is possible',
  },
  {
    id: 'validation-failed',
    kind: 'failed',
    message: '<count> <…> would make a deployment fail or unsafe',
    remedy: 'mend them, or waive one by name with a reason in platform.yaml',
  },
  {
    id: 'zones-moved',
    kind: 'failed',
    message: 'network.azs says <join>, but the subnets stand in <join>: that would replace them (F-12)',
    remedy: 'set network.azs to [<join>], with new zones at the end',
  },
  {
    id: 'zones-too-few',
    kind: 'failed',
    message: '<region> offers <offered> availability zones to this account, network.azs wants <wanted>',
    remedy: 'set network.azs to <offered>, or choose another region',
  },
];
