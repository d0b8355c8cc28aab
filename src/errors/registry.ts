/** Every error a user can meet. Generated from the sources by `npm run docs`; a test says when it is old. */
export const ERRORS: readonly { id: string; kind: string; message: string; remedy: string }[] = [
  {
    id: 'access-empty',
    kind: 'usage',
    message: 'platform.yaml gives nobody access to <environment>',
    remedy:
      'write access: { developers: { may: look, principals: [sso:Developers] } }, at the top or under environments.<environment>',
  },
  {
    id: 'access-removes-all',
    kind: 'usage',
    message: 'No group is configured any more, and a stack holds at least one role',
    remedy: 'platform access remove <flags> takes all of them away',
  },
  {
    id: 'access-stack-refused',
    kind: 'failed',
    message: 'CloudFormation did not bring <stack>: <reason>',
    remedy:
      'where a principal does not exist, mend access in platform.yaml; else whoever may make roles in the account runs platform access apply <flags>',
  },
  {
    id: 'access-stack-stuck',
    kind: 'failed',
    message: '<stack> is <status>: nothing can be changed in it',
    remedy: 'platform recover access <flags> gets it out of that; then platform access apply <flags>',
  },
  {
    id: 'account-mismatch',
    kind: 'credentials',
    message: 'The environment <name> belongs to account <expected>, but the credentials are for <Account> (<Arn>)',
    remedy:
      'use a profile of that account: --profile <join> / sign in to account <expected> (--profile <name>), or correct environments.<name>.account',
  },
  {
    id: 'account-role-taken',
    kind: 'failed',
    message: 'There is a role <role> that <stack> has not made, under the name of its own',
    remedy:
      'delete it, after its policies, once nothing puts it on any more: aws iam delete-role --role-name <role>; then <again>',
  },
  {
    id: 'account-stack-refused',
    kind: 'failed',
    message: 'CloudFormation did not bring <stack>: <reason>',
    remedy: 'whoever may make roles in the account runs <again>',
  },
  {
    id: 'account-stack-stuck',
    kind: 'failed',
    message: '<stack> is <status>: nothing can be changed in it',
    remedy: 'platform recover account <flags> gets it out of that; then <again>',
  },
  {
    id: 'api-log-role',
    kind: 'failed',
    message:
      'API Gateway of <where> does not take the role <arn>: it has to trust apigateway.amazonaws.com and to allow writing logs',
    remedy: 'look at the role in IAM, delete it if it is of no other use, and deploy again to have it made',
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
    id: 'aws-answer-unreadable',
    kind: 'failed',
    message: "The answer to <action> is not one of AWS's: something on the way has changed or cut it",
    remedy: 'check HTTPS_PROXY and AWS_ENDPOINT_URL, then run the command again',
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
      '<stackName> in <region> is there, but its bucket <bucket> is gone; bootstrapping alone never makes it again',
    remedy: '<repair> makes it again',
  },
  {
    id: 'bootstrap-bucket-orphaned',
    kind: 'failed',
    message:
      'The bucket <bucket> of an earlier bootstrap is still there with <versions> object versions, and would stop a new one',
    remedy: '<repair> takes it over with all it holds',
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
    remedy: 'mend the cause, then platform bootstrap repair <flags>: it takes over what an earlier bootstrap has left',
  },
  {
    id: 'bootstrap-not-repairable',
    kind: 'failed',
    message: '<message>; nothing was changed',
    remedy: '…',
  },
  {
    id: 'bootstrap-repair-failed',
    kind: 'failed',
    message: '<stackName> in <region> could not be repaired: <why>',
    remedy: 'mend what it says and run platform bootstrap repair again; --rebuild is the last resort',
  },
  {
    id: 'bootstrap-still-damaged',
    kind: 'failed',
    message: 'After the repair <stackName> in <region> still is not sound: <…>',
    remedy: 'platform bootstrap repair looks again; --rebuild deletes all of it and makes it anew',
  },
  {
    id: 'bootstrap-stuck',
    kind: 'failed',
    message: '<stackName> in <region> is <status>: it cannot be updated',
    remedy: '<repair> shows the way out, and takes it',
  },
  {
    id: 'break-outside-sandbox',
    kind: 'usage',
    message: '<name> is not on the sandbox, and nothing else is ever broken on purpose',
    remedy: 'platform sandbox break <join> --env <name> --sandbox breaks a rehearsal of it',
  },
  {
    id: 'build-variables-late',
    kind: 'usage',
    message: 'sites.<site> is built before anything is deployed, and <join> is known only after it',
    remedy:
      'use what is known before, such as a domain; what its server needs when it runs belongs into sites.<site>.env',
  },
  {
    id: 'build-variables-missing',
    kind: 'usage',
    message:
      'sites.<site> cannot be built / these variables are not set: <join> / nothing is deployed that tells <join>',
    remedy:
      'set <join> where this runs, or write ${ci.NAME?} for what may be absent / platform deploy brings it up; then run the same command again',
  },
  {
    id: 'bundle-not-written',
    kind: 'failed',
    message: '<file> cannot be written: <String>',
    remedy: 'name a file in a folder that is there and that you may write to',
  },
  {
    id: 'ca-bundle-unreadable',
    kind: 'usage',
    message: 'The bundle of certificate authorities <file> cannot be read',
    remedy: 'set AWS_CA_BUNDLE, or ca_bundle of the profile, to a PEM file, or unset both',
  },
  {
    id: 'cancel-stack-unknown',
    kind: 'usage',
    message: '<environment> has no stack <stack>',
    remedy: 'name one of: <map> / nothing is deployed, so nothing runs',
  },
  {
    id: 'cancel-stuck',
    kind: 'failed',
    message: 'What was under way in <name> was taken back, and that did not go through: it is <after>',
    remedy: 'platform recover <name> --env <environment> explains why and gets it out of there',
  },
  {
    id: 'certificate-pending',
    kind: 'pending',
    message:
      'The certificate of <domain> waits for a DNS record: <name> CNAME <value> / ACM has not said yet which record it wants for <domain>',
    remedy: 'create exactly this record (DNS only, not proxied), then platform cert wait <flags>',
  },
  {
    id: 'certificate-refused',
    kind: 'failed',
    message: 'ACM says <…> of the certificate of <domain><…>',
    remedy: 'platform cert request asks for a new one in its place',
  },
  {
    id: 'certificates-missing',
    kind: 'failed',
    message: 'Certificates of <environment> are not there: <named>',
    remedy: 'platform cert request <flags>',
  },
  {
    id: 'certificates-pending',
    kind: 'pending',
    message: 'Certificates of <environment> wait for their records: <named>',
    remedy: 'create exactly the records that are shown (DNS only, not proxied), then platform cert wait <flags>',
  },
  {
    id: 'change-not-approved',
    kind: 'failed',
    message:
      'The change set of <stackName> would replace or remove <map>, which the plan did not say; it was deleted and nothing was changed',
    remedy: 'platform diff --env <environment>',
  },
  {
    id: 'change-set-bootstrap',
    kind: 'failed',
    message: 'A change set takes its template from the bucket of the CDK bootstrap, which is not healthy in <join>',
    remedy: 'platform bootstrap <flags>',
  },
  {
    id: 'change-set-not-enough',
    kind: 'failed',
    message:
      'Change set <name> would bring <service> to its new state in one step, and this change takes several, because ECS moves its requests; nothing was changed',
    remedy:
      'platform deploy <flags> takes them one after the other; diff --out and deploy --plan keep to what was reviewed',
  },
  {
    id: 'change-set-outdated',
    kind: 'failed',
    message: 'The change sets <name> are not executed: <why>. Nothing was changed',
    remedy: 'platform diff <flags> --change-set <name> makes them anew; have those looked at',
  },
  {
    id: 'change-set-refused',
    kind: 'failed',
    message: 'CloudFormation found <counted> before anything was executed; nothing was changed',
    remedy: '…',
  },
  {
    id: 'change-set-unknown',
    kind: 'usage',
    message: 'platform diff has made no change sets <name> of <name>',
    remedy: 'platform diff <flags> --change-set <name>',
  },
  {
    id: 'check-unknown',
    kind: 'usage',
    message: 'There is no check <stringify>',
    remedy: 'name <meant> / platform doctor --list names them all',
  },
  {
    id: 'ci-github-refused',
    kind: 'failed',
    message: 'gh did not change <repository>: <why>',
    remedy:
      'gh auth login with an account that administers <repository>; without gh, platform ci vars prints what to set',
  },
  {
    id: 'ci-no-emulator',
    kind: 'usage',
    message: 'delivery.ci.steps.<step> wants an emulator, and platform.yaml does not say which',
    remedy: 'write local: { emulator: { image: <image> } }',
  },
  {
    id: 'ci-no-environment',
    kind: 'usage',
    message: 'platform.yaml declares no environment that a pipeline could bring up',
    remedy: 'declare one: environments: { dev: { kind: dev } }',
  },
  {
    id: 'ci-no-repository',
    kind: 'usage',
    message: 'platform.yaml does not say which repository deploys',
    remedy: 'write delivery: { provider: github, repository: OWNER/REPOSITORY }',
  },
  {
    id: 'ci-one-id',
    kind: 'usage',
    message: 'Only one of --owner-id and --repository-id was given',
    remedy: "gh api repos/OWNER/REPOSITORY --jq '.owner.id, .id' prints both",
  },
  {
    id: 'ci-output-missing',
    kind: 'failed',
    message: '<environment> has nothing deployed that <join> could be (F-132)',
    remedy: 'platform deploy <flags>, then ask again',
  },
  {
    id: 'cleanup-by-hand',
    kind: 'usage',
    message: '<id> (<type>) is of a kind that is not deleted here, because nobody here can tell what is lost with it',
    remedy: 'delete it in the AWS console, which says what it holds',
  },
  {
    id: 'cleanup-unknown',
    kind: 'usage',
    message: '<environment> has left nothing called <id>',
    remedy: 'choose of: <map> / there is nothing to clean up',
  },
  {
    id: 'clock-skewed',
    kind: 'credentials',
    message: "This machine's clock is <abs> s <…> AWS's, so AWS rejects its signatures",
    remedy: 'set the clock (timedatectl set-ntp true), then run the command again',
  },
  {
    id: 'cluster-has-services',
    kind: 'failed',
    message:
      '<counted> that no stack of <environment> has <…> in its cluster, which cannot be deleted as long as <…> (F-140): <join>; nothing was deleted',
    remedy:
      'aws ecs delete-service --force --cluster <cluster> --service <name>, once whoever made it agrees; then destroy again',
  },
  {
    id: 'cluster-in-use',
    kind: 'failed',
    message:
      '<length> tasks that platform did not start run in the cluster of <environment>: <map>; nothing was deleted',
    remedy:
      'aws ecs stop-task --cluster <clusterArn> --task <id> for each, once whoever started it agrees; then destroy again',
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
    id: 'component-not-deployed',
    kind: 'failed',
    message: '<component> is not deployed in <environment> yet, so no task of it can be started',
    remedy: 'platform deploy --env <environment> brings it up',
  },
  {
    id: 'component-not-of-database',
    kind: 'usage',
    message: '<component> does not use databases.<database>',
    remedy: 'one of <join> / give a service uses: [db.<database>]',
  },
  {
    id: 'component-without-credentials',
    kind: 'failed',
    message: '<component> as it is deployed is not given user and password of databases.<database>',
    remedy: 'platform deploy brings its task definition up to the configuration; --component names another',
  },
  {
    id: 'compose-failed',
    kind: 'failed',
    message: '<name> compose <…> ended with an error: <…>',
    remedy:
      'see what is said above; platform local up goes on from there, and platform local down takes away what stands',
  },
  {
    id: 'compose-missing',
    kind: 'failed',
    message: '<name> has no Compose: <…>',
    remedy:
      'install Docker Compose 2 (https://docs.docker.com/compose/install/), or docker-compose for podman; nothing was written',
  },
  {
    id: 'config-encoding',
    kind: 'usage',
    message: '<file> <is>',
    remedy: 'save it as UTF-8 without a byte order mark',
  },
  {
    id: 'config-foreign',
    kind: 'usage',
    message: '<file>, above the folder that this was typed in, belongs to another user of this machine',
    remedy: '-C <dirname> says that it is meant',
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
    id: 'config-too-large',
    kind: 'usage',
    message: '<file> has <bytes> bytes; <MAX_BYTES> are read',
    remedy: 'move what is no configuration out of it',
  },
  {
    id: 'config-unreadable',
    kind: 'usage',
    message: '<file> <why>',
    remedy: 'check that it is a file and that you may read it',
  },
  {
    id: 'config-unsound',
    kind: 'usage',
    message: 'Environment <name> breaks <…> of <FILE_NAME>: <message>',
    remedy: 'correct what is listed above, or waive a rule with its reason under waivers',
  },
  {
    id: 'counts-left',
    kind: 'pending',
    message: 'Stopped watching; the counts in <environment> are changed, and ECS goes on',
    remedy: 'platform status <flags> shows how far it is',
  },
  {
    id: 'counts-not-over',
    kind: 'pending',
    message: 'Time ran out, and ECS goes on: <join>',
    remedy: 'platform status <flags> shows how far it is',
  },
  {
    id: 'counts-not-proven',
    kind: 'failed',
    message: 'The counts are changed, and what runs is not what it should be: <join>',
    remedy: 'platform status <flags> shows what runs; platform events <flags> what happened',
  },
  {
    id: 'coverage-missing',
    kind: 'failed',
    message: 'There is no report of coverage: <join>',
    remedy: 'run the tests with their coverage first, or name the file with --report',
  },
  {
    id: 'coverage-too-low',
    kind: 'failed',
    message: 'Tests ran <percent> % of the lines, and <least> % are asked for (<path>)',
    remedy: 'test more of it, or lower coverage in delivery.ci.steps',
  },
  {
    id: 'coverage-unreadable',
    kind: 'failed',
    message: '<path> is no report of coverage that is known',
    remedy: 'have it written as Clover, LCOV, Cobertura or as the JSON summary of Istanbul',
  },
  {
    id: 'credentials-missing',
    kind: 'credentials',
    message: 'There are no AWS credentials: none in the environment, no default profile, no role of this machine',
    remedy:
      'choose a profile: --profile <join> / aws configure sso makes a profile; --env sandbox needs no account at all',
  },
  {
    id: 'database-busy',
    kind: 'pending',
    message: '<thing> is <status>: RDS takes a snapshot only of a database that is available or stopped',
    remedy: 'wait until it is (platform db status shows it) and run this again',
  },
  {
    id: 'database-not-asked',
    kind: 'failed',
    message: 'Nobody has asked databases.<database>: task <task> said nothing of it',
    remedy: 'name a service whose image has a shell and node or python3: --component <name>',
  },
  {
    id: 'database-not-awake',
    kind: 'pending',
    message: 'databases.<name> takes no connections yet',
    remedy: 'platform status shows its stack; run this again when it is available',
  },
  {
    id: 'database-not-deployed',
    kind: 'failed',
    message: 'databases.<name> is configured and not deployed to <name> yet',
    remedy: 'platform deploy <environmentFlags> creates it',
  },
  {
    id: 'database-not-shared',
    kind: 'failed',
    message: 'Nobody has told where databases.<name> is: there is no SSM parameter <prefix>/database/cluster-endpoint',
    remedy: 'deploy the environment that owns the cluster, with shared.mode export and the same prefix',
  },
  {
    id: 'database-of-provider',
    kind: 'usage',
    message: 'databases.<name> lies in the cluster of another environment (engine shared)',
    remedy: 'run this in the project and environment that owns the cluster',
  },
  {
    id: 'database-secret-missing',
    kind: 'failed',
    message: 'There is no secret <id> with the credentials (F-90)',
    remedy: 'platform deploy makes that of a database of its own; platform db create that of a shared one',
  },
  {
    id: 'database-secret-shape',
    kind: 'failed',
    message: 'Secret <id> holds no JSON object with username and password (F-81)',
    remedy: 'put both into it, as AWS describes for databases: {"username": "…", "password": "…"}',
  },
  {
    id: 'database-test-failed',
    kind: 'failed',
    message: 'databases.<database> does not pass: <map>',
    remedy: 'each result above says what to do',
  },
  {
    id: 'database-unfinished',
    kind: 'failed',
    message:
      'The data stack of <environment> does not tell where databases.<name> is: its deployment has not ended well',
    remedy: 'platform events --env <environment> shows why, platform deploy --env <environment> goes on',
  },
  {
    id: 'database-unknown',
    kind: 'usage',
    message: '<environment> has no database <stringify>',
    remedy: 'name <meant> / name one of <Set> / platform.yaml configures none',
  },
  {
    id: 'database-unreachable',
    kind: 'failed',
    message: 'No way to the database: <detail>',
    remedy: '…',
  },
  {
    id: 'database-without-component',
    kind: 'failed',
    message: 'Nothing in this environment uses databases.<database>, so no task has a way to it',
    remedy: 'give a service uses: [db.<database>] and deploy',
  },
  {
    id: 'database-without-readers',
    kind: 'usage',
    message: 'databases.<name> has no readers',
    remedy: 'leave --read out, or set databases.<name>.readers and deploy',
  },
  {
    id: 'declined',
    kind: 'declined',
    message: 'Declined: <what>',
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
    message: 'Cancelled; <stackName> <rest>',
    remedy: 'platform status shows how the others stand; platform deploy starts again from there',
  },
  {
    id: 'deploy-cancelled-by',
    kind: 'failed',
    message: '<principal> on <host> has cancelled what ran on <environment>; it stopped before its next change',
    remedy: 'platform status --env <environment> shows how things stand; then run this again, or deploy',
  },
  {
    id: 'deploy-cancelled-in-build',
    kind: 'failed',
    message: 'The deployment was cancelled while it built images; what runs in <name> was not touched',
    remedy: 'platform deploy <environmentFlags> starts again from there',
  },
  {
    id: 'deploy-incomplete',
    kind: 'failed',
    message:
      'Nothing is under way any more, and release <id>, which <principal> began on <host>, is not complete: <remains>',
    remedy: '<again> continues from there',
  },
  {
    id: 'deploy-stack-released',
    kind: 'usage',
    message: '<id> is part of a release, which is rolled out and proven as a whole; by name go <join>',
    remedy: 'platform deploy <flags>',
  },
  {
    id: 'deploy-stack-unknown',
    kind: 'usage',
    message: 'There is no stack <name> to deploy by name',
    remedy: 'name one of <join> / platform deploy without a name deploys all there is',
  },
  {
    id: 'deploy-stacks-unattended',
    kind: 'credentials',
    message:
      '<message>, in the middle of <join> of <name>: what AWS had begun goes on by itself, and nothing further is begun',
    remedy:
      'aws sso login (with --profile <name> where you use one) signs in again; then platform deploy <join> <environmentFlags> takes it up',
  },
  {
    id: 'deploy-stacks-unproven',
    kind: 'failed',
    message:
      'Nothing is under way in <name> any more. It was platform deploy <names>, which <principal> began on <host>: it makes no release, and leaves no word of what it set out to do, so that it cannot be proven',
    remedy:
      'platform deploy <names> <environmentFlags> goes on where it was cut off, and says so where nothing is left to do',
  },
  {
    id: 'deploy-unanswered',
    kind: 'failed',
    message: 'What was asked for runs in <name> and is healthy, but <failedText>',
    remedy:
      '<looks> shows what the application wrote / platform rollback <flags> goes back to release <release> / platform deploy <flags> asks again',
  },
  {
    id: 'deploy-unattended',
    kind: 'credentials',
    message:
      '<message>, in the middle of a deployment of <environment>: what AWS had begun goes on by itself, and nothing further is begun',
    remedy:
      'aws sso login (with --profile <name> where you use one) signs in again; then platform deploy --attach --env <environment> follows it to its end',
  },
  {
    id: 'deploy-unknown',
    kind: 'failed',
    message:
      'Nothing is under way in <name> any more; what <unproven> set out to do is not on record, so that it cannot be proven',
    remedy: 'platform diff --env <name> shows what is missing; platform deploy --env <name> continues',
  },
  {
    id: 'deploy-unproven',
    kind: 'failed',
    message: 'Stopped while <environment> was being proven: its stacks are as configured, what runs may not be yet',
    remedy: 'platform deploy --attach --env <environment> proves it',
  },
  {
    id: 'doctor-found',
    kind: 'failed',
    message: '<errors> <…> wrong <…>',
    remedy: 'each finding says what mends it; --fix does what can be done from here',
  },
  {
    id: 'edge-replicas',
    kind: 'pending',
    message:
      '<name> cannot be deleted yet: CloudFront still has copies of it at its edges, and takes them away by itself some hours after the last site that used it was changed or deleted (F-114)',
    remedy: 'the same command again in some hours; until then it costs nothing',
  },
  {
    id: 'eject-file-exists',
    kind: 'usage',
    message: '<directory> has <shown><more> with another content, so nothing was written',
    remedy: 'name another folder with --dir, or take away what is there',
  },
  {
    id: 'eject-site-unbuilt',
    kind: 'failed',
    message: 'OpenNext has not built <map>, whose stacks are made of what it builds',
    remedy: 'platform site build <join>, then the same command again',
  },
  {
    id: 'emulator-not-started',
    kind: 'failed',
    message: 'The environment <environment> lives on the AWS Emulator, which has left no keys in <folder>',
    remedy: 'start it (aws-emulator), or name another one: emulator: sandbox in platform.yaml needs nothing',
  },
  {
    id: 'endpoint-of-aws',
    kind: 'usage',
    message: 'The environment <environment> is of kind local, but <endpoint> is AWS itself',
    remedy: 'name the address of an emulator, or give the environment another kind',
  },
  {
    id: 'engine-missing',
    kind: 'failed',
    message: 'There is no container engine to build with: <why> (F-40)',
    remedy: '<startEngine><…>',
  },
  {
    id: 'engine-unknown',
    kind: 'usage',
    message: 'PLATFORM_CONTAINER_ENGINE is <name>',
    remedy: 'set it to <join> or none, or unset it',
  },
  {
    id: 'engine-version-newer',
    kind: 'failed',
    message:
      'databases.<database> runs <live>, and platform.yaml asks for <configured>: RDS does not go back to an older major version',
    remedy: 'set databases.<database>.version to "<…>"; the way back is platform db restore, beside this database',
  },
  {
    id: 'engine-version-not-offered',
    kind: 'failed',
    message: 'RDS offers no version <version> for databases.<database> in <region> (F-75)',
    remedy: '…',
  },
  {
    id: 'env-file-missing',
    kind: 'usage',
    message: 'There is no <path>, and some keys get their values from nowhere else; nothing was changed',
    remedy: 'platform secrets init <environmentFlags> writes it',
  },
  {
    id: 'env-file-not-ignored',
    kind: 'failed',
    message: 'A later rule of git keeps <path> in spite of .gitignore; the file was not written',
    remedy: 'git check-ignore --no-index -v <path> names the rule; take it out',
  },
  {
    id: 'env-file-tracked',
    kind: 'failed',
    message: 'git keeps <path>, so everybody with the repository has its secrets; it was left as it is',
    remedy: 'git rm --cached <path>, commit that, and replace every value at its source: the history still has them',
  },
  {
    id: 'env-file-wrong',
    kind: 'usage',
    message: '<path> cannot be used as it is; nothing was changed',
    remedy: '…',
  },
  {
    id: 'environment-locked',
    kind: 'pending',
    message: '<principal> on <host><…> has been running "<command>" on <environment> for <round> s',
    remedy:
      'platform deploy --attach follows it; platform lock status says whether it still runs; a lock whose holder died frees itself after <1000> s',
  },
  {
    id: 'environment-not-chosen',
    kind: 'usage',
    message: 'It is not said which environment is meant, and none of kind prod is ever taken by itself',
    remedy: 'add --env <join>, or set defaults.environment in platform.yaml',
  },
  {
    id: 'environment-overtaken',
    kind: 'failed',
    message: 'Somebody has changed <environment> since this was planned; nothing was changed',
    remedy: 'run this again: it plans anew',
  },
  {
    id: 'environment-unknown',
    kind: 'usage',
    message: '<FILE_NAME> has no environment <stringify>',
    remedy: '--env takes <join> / --env <near>',
  },
  {
    id: 'exec-chain-broken',
    kind: 'failed',
    message: 'No session can be opened in <service>, because this does not hold: <title>. Seen: <detail>',
    remedy: '<remedy>. A command without a terminal needs none of it: platform run <service> -- <command>',
  },
  {
    id: 'exec-in-sandbox',
    kind: 'failed',
    message: 'The sandbox has no Session Manager to reach <service> through; its container runs on this machine',
    remedy: 'docker exec -it <container> <shellText>',
  },
  {
    id: 'exec-no-task',
    kind: 'failed',
    message: 'No running task of <service> begins with <wanted> / No task of <service> runs',
    remedy:
      '<…>platform logs <service> --stopped shows why tasks died; platform run <service> -- <command> starts one of its own',
  },
  {
    id: 'exec-not-connected',
    kind: 'failed',
    message:
      'AWS does not reach the agent in task <task> of <service>, although everything that we could look at is right',
    remedy: 'platform redeploy <service> gives it fresh tasks; platform run <service> -- <command> needs no session',
  },
  {
    id: 'exec-session-failed',
    kind: 'failed',
    message: 'The session in <service> ended with exit code <exitCode> of session-manager-plugin',
    remedy: 'platform exec <service> --check looks at the whole chain again',
  },
  {
    id: 'exec-simulated',
    kind: 'failed',
    message:
      'Nothing runs to connect to: the task of <service> is simulated, because the sandbox found no container engine',
    remedy: 'start docker or podman, then platform redeploy; on a real account this opens a session',
  },
  {
    id: 'file-refused',
    kind: 'failed',
    message: '<…> cannot be <…>: <reason> (<code>)',
    remedy:
      'make room, or write the output elsewhere / ls -ld <dirname> shows whose it is; make room or give the right to it, then run the command again',
  },
  {
    id: 'function-bundle',
    kind: 'failed',
    message: 'functions.<name>: <written> cannot be bundled',
    remedy: 'correct the sources, or install what they import, and run the same command again',
  },
  {
    id: 'function-entry',
    kind: 'usage',
    message: 'functions.<name>: <what>',
    remedy: 'name the file in functions.<name>.source, or its module in handler',
  },
  {
    id: 'function-handler',
    kind: 'usage',
    message: 'functions.<name>: <written> exports <…>, and no <wanted>',
    remedy: 'write handler: <module>.<near>, or export <wanted> / export a function called <wanted>',
  },
  {
    id: 'function-not-proven',
    kind: 'failed',
    message: 'CloudFormation is done, but function <name> is not what was asked for: <why>',
    remedy:
      'platform status <environmentFlags> shows how it stands; platform logs <name> <environmentFlags> what it wrote',
  },
  {
    id: 'function-platform',
    kind: 'failed',
    message: 'functions.<name>: <name> is installed for another platform, and the function runs on Linux for <cpu>',
    remedy:
      'npm install --os=linux --cpu=<cpu> --libc=glibc <name>, beside what is installed; or write architecture: <…>',
  },
  {
    id: 'function-python-entry',
    kind: 'usage',
    message: 'functions.<name>: <written> has no <wanted>',
    remedy: 'name the module in functions.<name>.handler',
  },
  {
    id: 'function-python-packages',
    kind: 'failed',
    message: 'functions.<name>: <relative> names packages, and none is installed in <written>',
    remedy:
      'pip install -r <relative> -t <written> --platform manylinux2014_<…> --only-binary=:all: puts them beside the code',
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
    remedy: '<near>commands: <map>; topics: <join>',
  },
  {
    id: 'image-build-failed',
    kind: 'failed',
    message: 'The image of <names> was not built: <tellingLine><…>',
    remedy: '<…><pretend>; all of it is in <logFile>',
  },
  {
    id: 'image-built-for-another',
    kind: 'failed',
    message: 'The image of <component> was built for <platform> although <wanted> was asked for (F-35)',
    remedy: 'take --platform out of the FROM lines of its Dockerfile, or name <wanted> there',
  },
  {
    id: 'image-cache-needs-buildx',
    kind: 'usage',
    message: '--cache-from and --cache-to are options of buildx, which this docker does not have',
    remedy: 'install the docker buildx plug-in and do not set DOCKER_BUILDKIT=0, or leave the options out',
  },
  {
    id: 'image-for-nothing',
    kind: 'usage',
    message: '--image names <name>, which this environment does not have',
    remedy: 'one of <join> / no service of this environment takes an image',
  },
  {
    id: 'image-not-arrived',
    kind: 'failed',
    message: 'The engine says that it pushed <reference>, but ECR does not have the image of <component>',
    remedy: 'run it again; platform image list shows what the repository holds',
  },
  {
    id: 'image-push-failed',
    kind: 'failed',
    message: 'The registry did not take <what>: <tellingLine><…>',
    remedy: '<…><pretend>',
  },
  {
    id: 'image-repository-missing',
    kind: 'failed',
    message: 'There is no repository <name> to push to',
    remedy: 'platform image init <flags> makes the repositories, as platform deploy <flags> does',
  },
  {
    id: 'image-tag-for-several',
    kind: 'usage',
    message: '--tag names one image, and these are <length>: <join>',
    remedy: 'platform image push <…> --tag <tag>',
  },
  {
    id: 'image-tag-immutable',
    kind: 'failed',
    message:
      'The registry did not take <what>: the tag names another image, and tags of this repository do not move (F-39)',
    remedy: 'commit, or give it another tag with --tag <tag>',
  },
  {
    id: 'images-awaited',
    kind: 'pending',
    message: 'The image repositories are there; the rest waits for the images of <join>',
    remedy:
      'platform image push <flags> on a machine with a container engine and this checkout, then platform deploy <flags>',
  },
  {
    id: 'images-unfit',
    kind: 'failed',
    message: '<count> <…> would keep tasks from starting',
    remedy: 'each says what mends it',
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
    id: 'lease-held',
    kind: 'pending',
    message: '<thing> is unprotected for "<…>", which <principal> is running on <host>',
    remedy: 'wait for it to end; platform db status --env <environment> shows who holds what',
  },
  {
    id: 'leases-contended',
    kind: 'failed',
    message: 'The leases of <environment> changed each of <MOST_TRIES> times that they were to be written',
    remedy: 'run this again when fewer commands are under way',
  },
  {
    id: 'linter-unreadable',
    kind: 'failed',
    message: '<program> gave no answer<…>',
    remedy:
      'validation: { cfnLint: false } goes without it / correct the rules that validation.guard names; cfn-guard parse-tree --rules <file> shows where they break',
  },
  {
    id: 'load-no-address',
    kind: 'failed',
    message: '<component> of <environment> cannot be asked: <why>',
    remedy: 'platform status says what is deployed, platform outputs at which address',
  },
  {
    id: 'load-nobody-answers',
    kind: 'failed',
    message: 'Nobody answered at <href>: <join>',
    remedy: 'platform smoke asks once, and looks for the cause',
  },
  {
    id: 'load-token-missing',
    kind: 'usage',
    message: 'The variable <variable> is not set or empty',
    remedy: 'put a token there: <variable>=… platform load <component> --token-from <variable>',
  },
  {
    id: 'load-unknown',
    kind: 'usage',
    message: '<wanted> is the name of <join> / <name> has no service with http, API or site called <stringify>',
    remedy: 'name one of <join> / name <near> / name one of <…>',
  },
  {
    id: 'local-engine-missing',
    kind: 'failed',
    message: 'There is no container engine to run emulator, database and services in: <why> (F-40)',
    remedy:
      '<…><startEngine>; nothing was written. Without containers, platform deploy --env <environment> brings up what it lives on by itself',
  },
  {
    id: 'local-kind',
    kind: 'usage',
    message: 'This is for environments of kind <join>, and <name> is of kind <kind>',
    remedy: 'name one with --env, or leave --env out for the first of kind local',
  },
  {
    id: 'local-none',
    kind: 'usage',
    message: 'platform.yaml declares no environment of kind local',
    remedy: 'declare one: environments: { local: { kind: local } }',
  },
  {
    id: 'local-not-healthy',
    kind: 'failed',
    message: '<title> does not come up: <last>',
    remedy: 'see what it wrote last, correct it, and run platform local up again',
  },
  {
    id: 'local-not-provisioned',
    kind: 'failed',
    message: 'The deployment to <name> ended with exit code <exitCode>; what it lives on goes on running',
    remedy: 'correct what is said above, then platform local up --env <name> goes on from there',
  },
  {
    id: 'local-secret-missing',
    kind: 'failed',
    message: 'Secret <secret> has no value for <key>, which a service of <name> is given (F-90)',
    remedy: 'put <key> into .env.<name>, then platform secrets push --env <name> and platform local up',
  },
  {
    id: 'local-verify-failed',
    kind: 'failed',
    message: '<failed> of <length> checks of <environment> failed',
    remedy:
      'platform local up --env <environment> brings it to what is configured; platform logs --env <environment> shows what functions wrote',
  },
  {
    id: 'lock-changed',
    kind: 'failed',
    message:
      'The lock of <environment> has changed while this was asked: somebody beats, holds or has released it; it was left as it is',
    remedy: 'platform lock status --env <environment> shows who has it now',
  },
  {
    id: 'lock-lost',
    kind: 'failed',
    message: 'Somebody else has taken the lock of <environment> while this ran; it stopped before its next change',
    remedy: 'platform status --env <environment>, then talk to whoever has it',
  },
  {
    id: 'log-query-malformed',
    kind: 'usage',
    message: 'Logs Insights does not take the query<…>: <why>',
    remedy: 'write it as https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html says',
  },
  {
    id: 'log-query-not-over',
    kind: 'failed',
    message: 'The query ended as <status> / The query was not over after 15 minutes, and was stopped',
    remedy: 'ask less: a shorter --since, or --of <component>',
  },
  {
    id: 'log-query-unknown',
    kind: 'usage',
    message: 'There is no saved query <stringify>',
    remedy: 'name <…>, or write a query such as \'filter @message like "timeout" | limit 20\'',
  },
  {
    id: 'logs-endless-document',
    kind: 'usage',
    message: '--follow has no end, and --json is one document',
    remedy: 'leave out one of the two; --since and --limit bound the document',
  },
  {
    id: 'logs-nothing-deployed',
    kind: 'failed',
    message: 'Nothing that writes logs is deployed in <environment> yet',
    remedy: 'platform deploy --env <environment> brings it up',
  },
  {
    id: 'migration-command-missing',
    kind: 'usage',
    message: 'platform.yaml says no command for migrations.<action>',
    remedy: 'add it, word by word: migrations: { <action>: [<command>] }',
  },
  {
    id: 'migration-failed',
    kind: 'failed',
    message: '<message>; <state>',
    remedy: '<remedy>; platform deploy migrates again and goes on from there<asleep>',
  },
  {
    id: 'migration-lock-lost',
    kind: 'failed',
    message:
      'Somebody else has taken the migration lock of <environment> while this ran; it stopped before its next step',
    remedy: 'platform logs migrations --env <environment> shows what ran, then talk to whoever migrates',
  },
  {
    id: 'migration-locked',
    kind: 'pending',
    message: '<principal> on <host> has been migrating <environment> with "<command>" for <round> s',
    remedy: 'platform migrate --wait 30m waits for it; the lock of a holder who died frees itself after <1000> s',
  },
  {
    id: 'migration-running',
    kind: 'pending',
    message: 'An earlier migration still runs: task <task>',
    remedy: 'platform migrate --wait 30m waits for it; platform logs --task <task> shows what it does',
  },
  {
    id: 'names-astray',
    kind: 'pending',
    message: 'Host names of <environment> do not lead to it: <map>',
    remedy:
      'platform dns write <flags> writes those whose zone is in this account; create the others with whoever keeps their zone / create the records that are shown with whoever keeps the zone',
  },
  {
    id: 'no-migrations',
    kind: 'usage',
    message: '<environment> has no migrations in platform.yaml',
    remedy: 'add them: migrations: { run: service.<name>, up: [<command>] }',
  },
  {
    id: 'no-runs',
    kind: 'failed',
    message: 'No run was kept in <directory>: nothing was deployed from here, or nothing of it is left',
    remedy: 'platform status and platform events show what AWS knows',
  },
  {
    id: 'no-such-task-size',
    kind: 'usage',
    message: 'Fargate has no task of <cpu> CPU units with <memoryMiB> MiB (F-54)',
    remedy: 'the nearest sizes are <join>',
  },
  {
    id: 'nobody-to-ask',
    kind: 'usage',
    message: 'This needs an answer, and there is no terminal to ask at: <question>',
    remedy: '…',
  },
  {
    id: 'nothing-under-way',
    kind: 'failed',
    message: 'Nothing is under way in <environment>, and it is not deployed',
    remedy: 'platform deploy --env <environment> brings it up',
  },
  {
    id: 'open-next-incomplete',
    kind: 'failed',
    message: "<owner>: OpenNext's output names <directory>, which is not there",
    remedy: 'platform site build <replace> builds it anew',
  },
  {
    id: 'open-next-large',
    kind: 'failed',
    message: '<owner>: <directory> has <round> MiB, and Lambda takes 250 unzipped',
    remedy:
      'leave out what it does not need (outputFileTracingExcludes in next.config), or split it (functions in open-next.config.ts)',
  },
  {
    id: 'open-next-platform',
    kind: 'failed',
    message: '<owner>: the binaries in <directory> are for another system than Linux, on which Lambda runs',
    remedy:
      'Prisma: binaryTargets = ["linux-arm64-openssl-3.0.x"] in its schema; other packages: npm install --os=linux --cpu=arm64 --libc=glibc <package>; then build again',
  },
  {
    id: 'open-next-unreadable',
    kind: 'failed',
    message: 'sites.<site>: <FOLDER>/<FILE> is not what OpenNext writes<…>',
    remedy: 'platform site build <site> writes it anew; OpenNext has written this file since version 3',
  },
  {
    id: 'open-next-unsupported',
    kind: 'usage',
    message: 'sites.<site>: OpenNext has built what has no place here /   <one>',
    remedy: 'change open-next.config.ts as it says there, then platform site build <site>',
  },
  {
    id: 'open-next-warmer-missing',
    kind: 'usage',
    message: 'sites.<site>.warm keeps servers warm, and OpenNext has built no warmer for it',
    remedy: 'take sites.<site>.warm out, or build with a version of OpenNext that writes .open-next/warmer-function',
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
    id: 'origin-not-deployed',
    kind: 'failed',
    message: 'The load balancer of <name> asks nobody for a secret yet',
    remedy: 'platform deploy <environmentFlags> gives it its first one',
  },
  {
    id: 'origin-not-verified',
    kind: 'usage',
    message: 'edge.originVerify is not set in <environment>: the load balancer asks nobody for a secret',
    remedy: 'write edge.originVerify: true in platform.yaml, and deploy',
  },
  {
    id: 'output-missing',
    kind: 'failed',
    message: '<name> has no output <name>',
    remedy: 'it is one of: <join> / nothing is deployed there yet: platform deploy <environmentFlags>',
  },
  {
    id: 'override-unknown',
    kind: 'usage',
    message: 'overrides: nothing that is built has the address <path>',
    remedy: 'write <near> / write one of <few>',
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
    message: 'The plan would replace <map>, and with it everything that stands there (F-12)',
    remedy: '…',
  },
  {
    id: 'plan-unreadable',
    kind: 'usage',
    message: '<file> is not a plan that platform diff --out has written',
    remedy: 'platform diff --out <file>',
  },
  {
    id: 'policy-not-given-away',
    kind: 'failed',
    message:
      'CloudFormation does not let <stack> give the policy of its bucket to another stack; it is on the bucket as before. AWS says: <reason>',
    remedy: 'platform events shows what happened in the stack; platform deploy tries again',
  },
  {
    id: 'preflight-blocked',
    kind: 'failed',
    message: '<length> <…> <environment> from being deployed; nothing was changed',
    remedy: '…',
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
    id: 'promote-from-unknown',
    kind: 'usage',
    message: 'delivery.promotion names nothing that comes before <to>',
    remedy: 'platform promote --env <to> --from <environment>',
  },
  {
    id: 'promote-from-wrong',
    kind: 'usage',
    message: '<to> cannot be promoted from itself / There is no environment <from> to promote from',
    remedy: 'name another environment with --from',
  },
  {
    id: 'promote-image-gone',
    kind: 'failed',
    message: '<repository> does not hold all of <digest> any more, which runs there',
    remedy: 'deploy the environment that it comes from again, then promote',
  },
  {
    id: 'promote-not-well',
    kind: 'failed',
    message: '<name> is not well, so nothing of it is promoted: <join>',
    remedy: 'platform doctor <environmentFlags> says why',
  },
  {
    id: 'promote-nothing',
    kind: 'failed',
    message: '<name> has no release that could be promoted',
    remedy: 'platform deploy <environmentFlags> makes one',
  },
  {
    id: 'promote-service-missing',
    kind: 'failed',
    message: '<from> runs no <join>, which <to> is to have',
    remedy: 'deploy <from> as it is configured now, then promote',
  },
  {
    id: 'psql-ended',
    kind: 'failed',
    message: 'psql ended with exit code <exitCode>',
    remedy: 'what it said stands above',
  },
  {
    id: 'psql-missing',
    kind: 'failed',
    message: 'There is no psql on PATH to hand these words to',
    remedy: 'install the PostgreSQL client, or leave them out: the port is opened for any client',
  },
  {
    id: 'question-cancelled',
    kind: 'declined',
    message: 'Cancelled at the question',
    remedy: 'nothing was changed by this step',
  },
  {
    id: 'queue-keeps-no-dead-letters',
    kind: 'failed',
    message: 'queues.<name> has no queue for dead letters: dlq is false',
    remedy:
      'take dlq: false away from queues.<name>, then platform deploy; messages that were received too often are gone',
  },
  {
    id: 'queue-unknown',
    kind: 'usage',
    message: '<environment> has no queue <stringify>',
    remedy: 'name <near> / name one of <join> / platform.yaml configures none',
  },
  {
    id: 'recover-blocked',
    kind: 'failed',
    message: '<message>; nothing was changed',
    remedy: '…',
  },
  {
    id: 'recover-failed',
    kind: 'failed',
    message: '<stackName> is <status> again<…>',
    remedy:
      'mend what it says and run platform recover <id> again; as the last resort, platform recover <id> <map> / platform recover <id> looks again',
  },
  {
    id: 'recover-not-restored',
    kind: 'failed',
    message: '<join> of <stackName> was not brought in line: <why>',
    remedy:
      'bring the rest in line with the configuration, or the configuration in line with it, then run platform recover again',
  },
  {
    id: 'redeploy-left',
    kind: 'pending',
    message: 'Stopped watching; the tasks in <name> are being replaced all the same',
    remedy: 'platform status <environmentFlags> shows how far it is',
  },
  {
    id: 'redeploy-not-over',
    kind: 'pending',
    message: 'Time ran out, and ECS goes on: <join>',
    remedy: 'platform status <flags> shows how far it is; a longer --timeout waits longer',
  },
  {
    id: 'redeploy-not-proven',
    kind: 'failed',
    message: '<join> of <environment> did not get fresh tasks',
    remedy: '…',
  },
  {
    id: 'redrive-not-over',
    kind: 'pending',
    message: 'Stopped watching; SQS goes on moving dead letters back to <name>',
    remedy: 'platform queue redrive <name> <flags> watches on',
  },
  {
    id: 'redrive-stopped',
    kind: 'failed',
    message: 'SQS stopped moving dead letters back to <name> after <moved>: <status>',
    remedy: 'mend what it says, then platform queue redrive <name> <flags> moves the rest',
  },
  {
    id: 'release-gone',
    kind: 'failed',
    message:
      'Nothing is under way in <name> any more, and release <release> does not stand as it was proven: <join> <…> gone',
    remedy:
      'platform deploy <environmentFlags> brings back what is configured; platform destroy <environmentFlags> takes away the rest',
  },
  {
    id: 'release-missing',
    kind: 'usage',
    message: '<stringify> could be any of <join> / <environment> has no release <stringify>',
    remedy:
      'it may be <near> / the newest are <newest>; platform releases --env <environment> lists all / nothing was released there yet: platform deploy --env <environment>',
  },
  {
    id: 'release-not-proven',
    kind: 'failed',
    message: 'CloudFormation is done, but <service> is not what was asked for: <why>',
    remedy: 'platform status <flags> shows what runs; platform events <flags> what ECS says',
  },
  {
    id: 'restore-snapshot-busy',
    kind: 'pending',
    message: 'Snapshot <id> is <status>, and can be restored when it is available',
    remedy: 'platform db snapshots shows when it is',
  },
  {
    id: 'restore-snapshot-missing',
    kind: 'failed',
    message: '<thing> has no snapshot <id>',
    remedy: 'it has none at all; --to <time> uses its automatic backups / it has: <join>',
  },
  {
    id: 'restore-time-outside',
    kind: 'failed',
    message: '<thing> cannot be restored to <toISOString>: its backups reach from <toISOString> to <toISOString>',
    remedy: 'choose a time between, or --to latest; platform db snapshots lists snapshots, which are older',
  },
  {
    id: 'restore-without-backups',
    kind: 'failed',
    message: 'RDS names no point in time to which <thing> can be restored: it has no automatic backups yet',
    remedy: 'restore a snapshot (platform db snapshots lists them), and set backupDays',
  },
  {
    id: 'rollback-blocked',
    kind: 'failed',
    message: 'The way back of <environment> to release <id> does not exist as it is; nothing was changed',
    remedy: '…',
  },
  {
    id: 'rollback-cancelled',
    kind: 'failed',
    message: 'The rollback is not complete. <message>',
    remedy: '<again> goes on to the same release; platform status <environmentFlags> shows how the stacks stand',
  },
  {
    id: 'rollback-function-not-deployed',
    kind: 'failed',
    message: 'Function <name> is not deployed in <environment>, so there is nothing to go back from',
    remedy: 'platform deploy --env <environment>',
  },
  {
    id: 'rollback-function-nothing-before',
    kind: 'failed',
    message: 'No release that is on record ran another version of <name>',
    remedy: 'platform releases <environmentFlags> shows what there is',
  },
  {
    id: 'rollback-function-shifting',
    kind: 'failed',
    message: 'Traffic of <name> is moving in steps by a deployment that is under way',
    remedy: 'platform cancel <environmentFlags> takes it back, and all traffic to the version before',
  },
  {
    id: 'rollback-function-still-failing',
    kind: 'failed',
    message:
      '<name> runs version <version> again, and <failed> of <counted> since then have failed: it is not the version alone',
    remedy:
      'platform doctor <name> <environmentFlags> looks for what is wrong; platform rollback <name> --to <release> <environmentFlags> goes further back',
  },
  {
    id: 'rollback-function-version-gone',
    kind: 'failed',
    message: 'Version <version> of <name> is not there any more',
    remedy: 'platform rollback <environmentFlags> brings the whole release back from its templates',
  },
  {
    id: 'rollback-not-stuck',
    kind: 'failed',
    message: '<stackName> is <status>: there is no rollback to continue',
    remedy: 'platform recover <id> shows the way out of this state',
  },
  {
    id: 'rollback-nothing-before',
    kind: 'failed',
    message: 'There is no release of <environment> before <live>',
    remedy: 'platform releases --env <environment> shows what there is; --to <release> goes back to any of them',
  },
  {
    id: 'rollback-nothing-released',
    kind: 'failed',
    message: 'Nothing is deployed in <environment>, so there is nothing to go back from',
    remedy: 'platform deploy --env <environment>',
  },
  {
    id: 'rollback-service-unknown',
    kind: 'usage',
    message: 'Release <id> had no service <stringify>',
    remedy: 'name <near> / name one of <join> / it had none at all',
  },
  {
    id: 'rollback-unfinished',
    kind: 'failed',
    message:
      'Nothing is under way in <name> any more, and a rollback<…> to release <to> was cut off before it was complete: <remains>',
    remedy: '<rollbackAgain> takes it up and proves it',
  },
  {
    id: 'rollback-unproven',
    kind: 'failed',
    message:
      'Stopped while <name> was being proven: its stacks are as that release left them, what runs may not be yet',
    remedy: 'platform deploy --attach <environmentFlags> proves it',
  },
  {
    id: 'rollback-watches-functions',
    kind: 'usage',
    message: '--watch counts calls of a function, and none was named',
    remedy: 'leave it out: a rollback of services is watched until it is proven',
  },
  {
    id: 'rollout-stopped',
    kind: 'failed',
    message: '<sick> cannot come up: <causeText>; its rollout was taken back after <…>: <standing>',
    remedy: '…',
  },
  {
    id: 'rotation-off',
    kind: 'usage',
    message: 'The password of databases.<name> is not rotated: its secret has no schedule',
    remedy: 'write databases.<name>.rotationDays, then platform deploy <flags>',
  },
  {
    id: 'rotation-under-way',
    kind: 'failed',
    message: 'A rotation of the password of databases.<name> was begun and is not finished',
    remedy: 'Secrets Manager goes on with it by itself; <why>',
  },
  {
    id: 'rotation-unfinished',
    kind: 'failed',
    message: 'The new password of databases.<name> is not the current one after five minutes',
    remedy: '<why>; Secrets Manager tries again by itself',
  },
  {
    id: 'run-unknown',
    kind: 'usage',
    message: '<stringify> is not one run that was kept',
    remedy: 'name <near> / name one of <slice>; platform explain --list shows all',
  },
  {
    id: 'run-unreadable',
    kind: 'failed',
    message: '<file> is no record that this version of platform can read',
    remedy: 'platform explain --list shows the others',
  },
  {
    id: 'sandbox-gone',
    kind: 'failed',
    message: 'The sandbox has ended while it was being asked: its server no longer answers',
    remedy:
      'run this again: the server starts anew, and what was under way in it goes on; <log> holds what it said last',
  },
  {
    id: 'sandbox-not-started',
    kind: 'failed',
    message: 'The sandbox gives no answer: <message>',
    remedy: 'platform sandbox reset --yes starts it from nothing; <join> holds what it said',
  },
  {
    id: 'sandbox-port-taken',
    kind: 'usage',
    message: 'Port <port> of 127.0.0.1 cannot be had: <…>',
    remedy: 'name another --port, or none for any free one',
  },
  {
    id: 'scale-bounds',
    kind: 'usage',
    message: '<service> cannot run at least <min> and at most <max> tasks',
    remedy: 'give --min <max> too / give --max <min> too',
  },
  {
    id: 'scenario-edit-changed',
    kind: 'failed',
    message: 'What scenario <scenario> edited in platform.yaml was changed again since, so it is left as it is',
    remedy: 'take it back yourself; it had made\n<fileDifference>',
  },
  {
    id: 'scenario-edit-refused',
    kind: 'usage',
    message:
      'Scenario <scenario> wants <path> to be <stringify>, and platform.yaml is written so that this cannot be put in place',
    remedy: 'write it yourself: an alias or a list stands where the value would go',
  },
  {
    id: 'scenario-invalid',
    kind: 'usage',
    message: 'Scenario <id> is not one: <message>',
    remedy: '…',
  },
  {
    id: 'scenario-needs',
    kind: 'usage',
    message: 'Scenario <scenario> is about <name>, and the environment has none',
    remedy: 'configure and deploy one; or, where another service has it, name it with --service',
  },
  {
    id: 'scenario-not-healable',
    kind: 'usage',
    message: 'Scenario <id> is not healed from outside: a command of yours brings it in order',
    remedy: 'platform sandbox reset, then deploy again',
  },
  {
    id: 'scenario-refused',
    kind: 'failed',
    message: 'Scenario <id> could not be carried out: step <1> of <length> was refused with <code>: <message>',
    remedy:
      'nothing was changed; it may have been carried out already, or the environment lacks what it is about / what the steps before did stays: platform sandbox reset, then deploy again, for a fresh start',
  },
  {
    id: 'scenario-unknown',
    kind: 'usage',
    message: 'There is no scenario <stringify>',
    remedy: 'name <near> / platform sandbox scenarios lists them',
  },
  {
    id: 'secret-absent',
    kind: 'failed',
    message: 'There is no secret <secretName> / Secret <secretName> has no value yet',
    remedy: 'platform secrets push gives it one from the env file',
  },
  {
    id: 'secret-deleted',
    kind: 'failed',
    message: 'Secret <secretName> is scheduled for deletion, and its value cannot be read until it is restored',
    remedy: 'platform secrets restore <name>',
  },
  {
    id: 'secret-gone',
    kind: 'failed',
    message: 'There is no secret <secretName>, not even one that waits for its deletion',
    remedy: 'platform secrets push makes it from the env file',
  },
  {
    id: 'secret-key-in-use',
    kind: 'failed',
    message: '<name> still needs what would be taken away; nothing was changed',
    remedy: '…',
  },
  {
    id: 'secret-key-unknown',
    kind: 'usage',
    message: 'Secret <secretName> has no key <stringify>',
    remedy: 'name <meant> / name one of <join>',
  },
  {
    id: 'secret-not-json',
    kind: 'failed',
    message: 'Secret <secretName> has no keys: its value is no JSON object',
    remedy: 'show it without a key',
  },
  {
    id: 'secret-not-ours',
    kind: 'usage',
    message: 'Secret <name> <…>; its versions are not ours to move',
    remedy: 'leave --to out to take it back from its deletion',
  },
  {
    id: 'secret-not-pushed',
    kind: 'usage',
    message: 'Secret <name> <…>; it is never written from an env file',
    remedy: 'leave it out, or configure it with source: env-file',
  },
  {
    id: 'secret-overtaken',
    kind: 'failed',
    message: 'Somebody has changed secret <secretName> since it was looked at; it was left as it is',
    remedy: 'run this again: it compares anew',
  },
  {
    id: 'secret-too-large',
    kind: 'failed',
    message: 'Secret <secretName> would be larger than the 64 KiB that Secrets Manager takes; it was left as it is',
    remedy: 'move some of its keys to a secret of their own',
  },
  {
    id: 'secret-unknown',
    kind: 'usage',
    message: '<environment> has no secret <stringify>',
    remedy: 'name <meant> / name one of <join> / declare it under secrets',
  },
  {
    id: 'secret-version-not-json',
    kind: 'failed',
    message: 'Version <versionId> of <secretName> is no JSON object, so no key could be read from it (F-47)',
    remedy: 'platform secrets history <name> lists the versions',
  },
  {
    id: 'secret-version-unknown',
    kind: 'usage',
    message: 'Secret <secretName> has no version <stringify>',
    remedy: 'platform secrets history <name> lists the versions that Secrets Manager still has',
  },
  {
    id: 'service-not-deployed',
    kind: 'failed',
    message: 'Service <name> is configured and does not run in <environment> yet',
    remedy: 'platform deploy --env <environment>',
  },
  {
    id: 'service-paused',
    kind: 'failed',
    message: '<service> is paused; nothing was changed',
    remedy: 'platform resume <service>',
  },
  {
    id: 'service-unknown',
    kind: 'usage',
    message: '<environment> has no <what> <stringify>',
    remedy: 'name <near> / name one of <join> / platform.yaml configures none',
  },
  {
    id: 'session-plugin-missing',
    kind: 'failed',
    message: 'The way to the database goes through session-manager-plugin, which is not on PATH',
    remedy: 'install it: <PLUGIN_PAGE>',
  },
  {
    id: 'session-plugin-old',
    kind: 'failed',
    message: 'session-manager-plugin <version> takes the token of a session on its command line, where others see it',
    remedy: 'install a version after 1.2.497.0: <PLUGIN_PAGE>',
  },
  {
    id: 'session-port-closed',
    kind: 'failed',
    message: 'session-manager-plugin did not open the port: <why>',
    remedy: '--local-port chooses another; platform db test says whether a task reaches the database',
  },
  {
    id: 'shared-in-use',
    kind: 'failed',
    message: '<environment> shares its network, and <toSorted> stand in it; nothing was deleted',
    remedy: 'platform destroy --env <consumer> for the environments of these stacks first',
  },
  {
    id: 'shared-mode',
    kind: 'usage',
    message: '<environment> <…>',
    remedy: 'write shared: { mode: <…>, prefix: /shared/<name> } for it in platform.yaml',
  },
  {
    id: 'shared-not-ready',
    kind: 'failed',
    message: '<environment> cannot <…> yet: there is no <join>',
    remedy: '…',
  },
  {
    id: 'site-build-failed',
    kind: 'failed',
    message: 'The build of sites.<name> (<build>) ended with <…> /   <redact>',
    remedy:
      'install the packages of <dir> (npm install, or what it uses), and run the same command again; nothing was uploaded / correct what it complains about and run the same command again; nothing was uploaded',
  },
  {
    id: 'site-file-private',
    kind: 'failed',
    message: '<path> would be readable by everybody: files that begin with a dot are no part of sites.<site>',
    remedy: 'keep it out of the folder that the build writes; .well-known is the one exception',
  },
  {
    id: 'site-invalidating',
    kind: 'pending',
    message: 'The files of <site> are up; some edges still have its old pages (invalidation <id>)',
    remedy: 'it goes on by itself; the same command again waits for it',
  },
  {
    id: 'site-none',
    kind: 'usage',
    message: '<environment> has no site of kind spa or next, whose files are built and uploaded',
    remedy: 'add one under sites: in platform.yaml; a site of kind media shows what the application writes',
  },
  {
    id: 'site-not-deployed',
    kind: 'failed',
    message: 'sites.<name> has no distribution in <name> yet',
    remedy: 'platform deploy <environmentFlags> makes it',
  },
  {
    id: 'site-not-proven',
    kind: 'failed',
    message: 'CloudFormation is done, but distribution <id> of sites.<site> <why>',
    remedy: 'platform status <flags> shows how it stands; platform deploy <flags> brings it back',
  },
  {
    id: 'site-output-missing',
    kind: 'failed',
    message: '<folder> of sites.<site> has no index.html / The build of sites.<site> left no folder <folder>',
    remedy:
      'set sites.<site>.output to the folder that the build writes, or run platform site build <site> to see what it says',
  },
  {
    id: 'site-served',
    kind: 'usage',
    message: 'sites.<name> has servers, which must not run without their files, nor the files without them',
    remedy: 'platform deploy <environmentFlags> brings up both, in the order in which nobody misses anything',
  },
  {
    id: 'site-unanswered',
    kind: 'failed',
    message: 'The files are up in <name>, but <component> does not answer as is expected: <path>: <join>',
    remedy: 'platform smoke <join> <flags> asks again; platform doctor <flags> looks for the cause',
  },
  {
    id: 'site-unbuilt',
    kind: 'failed',
    message: 'OpenNext has not built <map>: there is no .open-next/open-next.output.json',
    remedy: 'platform site build <join> builds what is missing, and platform deploy does so by itself',
  },
  {
    id: 'site-unknown',
    kind: 'usage',
    message: 'There is no site <name> of kind spa or next in platform.yaml<…>',
    remedy: 'write <nearest> / name a site of kind spa or next, or none for all of them',
  },
  {
    id: 'site-writes-no-log',
    kind: 'failed',
    message:
      'No function that writes a log is deployed in <environment> for site <site>: files are served by CloudFront alone',
    remedy:
      'its log of requests is in the bucket of the stack sites that is named for logs; platform status shows its distribution',
  },
  {
    id: 'skip-without-stack',
    kind: 'usage',
    message: '--skip <…> does not say of which stack',
    remedy: 'name the stack: platform rollback continue <stack> --skip <resource>',
  },
  {
    id: 'smoke-failed',
    kind: 'failed',
    message: '<failed> of <length> requests to <environment> did not get the answer that is expected',
    remedy: 'platform doctor looks for the cause; platform logs shows what the application wrote',
  },
  {
    id: 'smoke-token-missing',
    kind: 'usage',
    message: 'The variable <variable> is not set or empty',
    remedy: 'put a token there: <variable>=… platform smoke --token-from <variable>',
  },
  {
    id: 'smoke-unknown',
    kind: 'usage',
    message: '<environment> has nothing to ask called <stringify>',
    remedy: 'name <near> / name one of <join> / add smoke to a service, a site or an API',
  },
  {
    id: 'snapshot-failed',
    kind: 'failed',
    message: 'RDS gave snapshot <id> up',
    remedy: 'take another; aws rds describe-events --duration 60 shows what RDS says',
  },
  {
    id: 'snapshot-missing',
    kind: 'failed',
    message: 'Snapshot <snapshot> of <database> is <status>; its protection was not touched',
    remedy: 'look at the database in the RDS console, then run this again',
  },
  {
    id: 'snapshot-names-taken',
    kind: 'failed',
    message: 'Somebody takes snapshots of <id> every moment: <NAMES_TRIED> names were taken already',
    remedy: 'platform db snapshots shows them; run this again in a second',
  },
  {
    id: 'snapshot-quota',
    kind: 'failed',
    message: 'This account may not take another snapshot in this region (F-86). <thing> has <length>, the oldest: <…>',
    remedy:
      'delete one that nobody needs (aws rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier <id>), or ask for a higher quota: aws service-quotas list-service-quotas --service-code rds',
  },
  {
    id: 'snapshot-under-way',
    kind: 'pending',
    message: 'Snapshot <id> is still being taken; that goes on without us',
    remedy: 'platform db snapshots shows when it is available',
  },
  {
    id: 'stack-busy',
    kind: 'pending',
    message: 'Stack <stack> is <status>; nothing was deleted',
    remedy: 'platform deploy --attach follows it to its end, platform cancel takes it back; then run this again',
  },
  {
    id: 'stack-failed',
    kind: 'failed',
    message: 'Stack <stackName> was not deployed: <…>',
    remedy: '…',
  },
  {
    id: 'stack-missing',
    kind: 'usage / failed',
    message: '<environment> has no stack <stack>',
    remedy: 'it is one of: <join> / nothing is deployed there yet: platform deploy --env <environment>',
  },
  {
    id: 'stack-unknown',
    kind: 'usage',
    message: 'There is no stack <id>',
    remedy: '--stack takes <map>',
  },
  {
    id: 'state-unreadable',
    kind: 'failed',
    message:
      's3://<bucket>/<key> cannot be read: <why>. Nothing was written over it; a newer version of platform may have written it',
    remedy:
      '<…>aws s3api list-object-versions --bucket <bucket> --prefix <key> shows its versions, and aws s3api delete-object --bucket <bucket> --key <key> --version-id <the newest> brings back the one before',
  },
  {
    id: 'take-over-refused',
    kind: 'failed',
    message: 'CloudFormation does not take <map> into <stack>. AWS says: <reason>',
    remedy: 'platform cleanup lists what is left and deletes what you choose; then deploy again',
  },
  {
    id: 'task-cancelled',
    kind: 'failed',
    message: '<what> was stopped at your request; task <task> no longer runs',
    remedy: '…',
  },
  {
    id: 'task-failed',
    kind: 'failed',
    message: '<what> ended with exit code <exitCode><meaning><…>',
    remedy: '…',
  },
  {
    id: 'task-no-room',
    kind: 'failed',
    message: 'ECS did not start a task of <component> in <tries> tries. AWS says: <reason>',
    remedy: 'nothing has run; wait some minutes and run this again',
  },
  {
    id: 'task-not-started',
    kind: 'failed',
    message: '<what> was not started: its container did not come up<reason>',
    remedy: 'nothing of it has run, and there is no log; run it again once that is mended',
  },
  {
    id: 'task-not-stopping',
    kind: 'pending',
    message: 'Task <idOf> was asked to stop and has not yet',
    remedy: 'platform logs --task <idOf> shows what it does; wait before this is run again',
  },
  {
    id: 'task-out-of-sight',
    kind: 'pending',
    message: 'Task <idOf> was started, and AWS has not said for a while how it stands; it may go on',
    remedy: 'platform logs --task <idOf> shows what it did; look there before this is run again',
  },
  {
    id: 'task-over-quota',
    kind: 'failed',
    message:
      'ECS did not start a task of <component>: the account runs as much on Fargate as its quota lets it. AWS says: <reason>',
    remedy:
      'nothing has run; stop tasks that nobody needs, or aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value <vCPUs>',
  },
  {
    id: 'task-refused',
    kind: 'failed',
    message: 'ECS did not start a task of <component> in cluster <cluster>. AWS says: <reason>',
    remedy:
      'nothing has run; aws ecs describe-clusters --clusters <cluster> shows whether the cluster is still there, and platform recover runtime what can be done where it was deleted',
  },
  {
    id: 'task-session-ended',
    kind: 'credentials',
    message: '<message>. Task <idOf> goes on without us',
    remedy: '<remedy>; platform logs --task <idOf> shows what the task did',
  },
  {
    id: 'task-timed-out',
    kind: 'failed',
    message: '<what> was not done after <round> s and was stopped',
    remedy: '--timeout gives it more time; <remedy>',
  },
  {
    id: 'task-unknown',
    kind: 'usage',
    message: 'No task <task> of <environment> has written a log',
    remedy: 'platform logs --stopped lists tasks that died; a task that never started has no log',
  },
  {
    id: 'task-without-exit-code',
    kind: 'failed',
    message: '<what> ended without an exit code, so nobody knows whether it is done<reason>',
    remedy: '…',
  },
  {
    id: 'tasks-would-not-start',
    kind: 'failed',
    message: 'Fresh tasks would not start in <environment>; nothing was changed',
    remedy: '…',
  },
  {
    id: 'tenant-is-master',
    kind: 'usage',
    message: '<tenant> with role <role> is databases.<server> itself, not a tenant of it',
    remedy: 'choose another name, or another --role',
  },
  {
    id: 'tenant-not-of-owner',
    kind: 'usage',
    message:
      "databases.<server> lies in the cluster of another environment (engine shared): its master's rights are there",
    remedy:
      'run this in the project and environment that owns the cluster, with --secret <name of the secret that is missing here>',
  },
  {
    id: 'tenant-not-run',
    kind: 'failed',
    message:
      'Task <task> said nothing of database <tenant>: its image has neither a shell with node or python3, or its entry point runs something else',
    remedy: 'name a service that has: --component <name>; then run this again',
  },
  {
    id: 'tenant-refused',
    kind: 'failed',
    message: 'The server did not make database <tenant> with role <role> (<step>): <String><…>',
    remedy:
      'what is there under these names is somebody else’s: choose others; what was done stays, and running this again goes on / platform db test says what is in the way; then run this again',
  },
  {
    id: 'tenant-secret-deleted',
    kind: 'failed',
    message: 'Secret <name> is scheduled for deletion (F-91)',
    remedy: 'aws secretsmanager restore-secret --secret-id <name>, then run this again; or choose another --secret',
  },
  {
    id: 'tenant-secret-other',
    kind: 'failed',
    message: 'Secret <name> is there and does not hold a password of <role>; it is left as it is',
    remedy: 'choose another --secret, or the --role that it holds',
  },
  {
    id: 'tenant-server-open',
    kind: 'usage',
    message: '<environment> has <…>',
    remedy: 'platform deploy --env <environment> makes those of platform.yaml / --in <join>',
  },
  {
    id: 'token-api-unknown',
    kind: 'usage',
    message: '<name> has no API <stringify> whose tokens a secret of the project signs',
    remedy: '--api <nearest> / give the API authorizer: { kind: jwt-lambda, secret: "secret.<name>#<KEY>" }',
  },
  {
    id: 'token-key-missing',
    kind: 'failed',
    message: 'Secret <secret> has no value for <key>, which signs the tokens (F-90)',
    remedy: 'platform deploy <environmentFlags> makes it, or platform secrets push where it comes from an env file',
  },
  {
    id: 'token-key-short',
    kind: 'failed',
    message: '<key> of secret <secret> is shorter than <LEAST_KEY_BYTES> bytes, and the authorizer takes no such key',
    remedy: 'give it a longer one: generate: { length: 64 }, or a value of at least <LEAST_KEY_BYTES> characters',
  },
  {
    id: 'token-nothing-to-sign',
    kind: 'usage',
    message: 'No API of <name> has an authorizer of kind jwt-lambda, so no secret of the project signs tokens',
    remedy: 'tokens of Cognito and of other issuers come from there',
  },
  {
    id: 'token-several-apis',
    kind: 'usage',
    message: 'The APIs of <name> have secrets of their own, and a token is for one of them',
    remedy: '--api <join>',
  },
  {
    id: 'trace-id',
    kind: 'usage',
    message: '<stringify> is no id that logs can be searched for',
    remedy: 'give a request id, an event id or a trace id, without quotes and backslashes',
  },
  {
    id: 'traffic-not-told',
    kind: 'failed',
    message:
      '<stackName> could not be told to which target group ECS has moved the requests: <why>. Requests are answered as before',
    remedy: 'platform recover <id> <flags> tells it again; until then change nothing of <stackName> by other means',
  },
  {
    id: 'traffic-route-replaced',
    kind: 'failed',
    message:
      '<resource> of <service> would be made anew, and ECS moves the requests of <service> between what is there',
    remedy:
      'write rollout: { type: rolling } for <service> and nothing else, and platform deploy <flags>; then make this change; then write the rollout back',
  },
  {
    id: 'traffic-stays',
    kind: 'failed',
    message:
      'Requests of <service> go to the target group that <stackName> is to lose, and ECS did not move them to the other one; nothing was changed',
    remedy: 'platform doctor <service> <flags> says why; platform redeploy <service> <flags> tries again',
  },
  {
    id: 'traffic-still-moves',
    kind: 'failed',
    message: 'A rollout that was begun before still moves requests of <stackName>, and nothing was changed',
    remedy: 'platform status <flags> shows how far it is; run this again when it is over',
  },
  {
    id: 'tunnel-component-unknown',
    kind: 'usage',
    message: '<component> is no service that uses databases.<database>',
    remedy: 'one of <join> / give a service uses: [db.<database>]',
  },
  {
    id: 'tunnel-ended',
    kind: 'failed',
    message: 'The session to the task has ended<…>',
    remedy: 'a deployment or a scaling has taken its task away, or it was idle for long: run this again',
  },
  {
    id: 'tunnel-without-task',
    kind: 'failed',
    message: 'No running task leads to databases.<database>: <…>',
    remedy: 'a service with uses: [db.<database>] and exec: true, then platform deploy <environmentFlags>',
  },
  {
    id: 'unprotected-command-ended',
    kind: 'failed',
    message: '"<command>" ended with <exitCode> while <thing> was unprotected',
    remedy: 'what it said stands above; the protection is back where the database is still there',
  },
  {
    id: 'usage',
    kind: 'usage',
    message: '…',
    remedy:
      '<replace> <help> lists all / what belongs to the command that is run stands after --: <name> … -- <command> / <help> shows what is possible',
  },
  {
    id: 'validation-failed',
    kind: 'failed',
    message: '<count> <…> would make a deployment fail or unsafe',
    remedy: 'mend them, or waive one by name with a reason in platform.yaml',
  },
  {
    id: 'verify-queue-unknown',
    kind: 'usage',
    message: 'There is no queue <stringify> to send a message to',
    remedy: 'name one of <join> / leave --message out',
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
