import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import type { Check } from '../../check.ts';
import { ok, sick } from '../../finding.ts';

/** As Security Hub counts it: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-3 */
const OLD_DAYS = 90;

export const accessKeyAge: Check = {
  id: 'access-key-age',
  title: 'Nobody signs with keys of the root user, or with keys that are never changed',
  group: 'the account',
  needs: ['credentials'],
  on: 'account',
  async run(scene) {
    const { aws, clock, target } = await scene.open();
    if (/:root$/.test(target.principal))
      return sick({
        severity: 'error',
        detail: 'these credentials are the root user’s, which no policy limits',
        evidence: [evidenceOf('sts:GetCallerIdentity', 'Arn', target.principal)],
        remedy: 'delete the keys of the root user, and sign in with aws sso login or as a role',
      });
    const user = /:user\/(?:.*\/)?([^/]+)$/.exec(target.principal)?.[1];
    if (user === undefined) return ok('a role: its keys end by themselves');
    const keys = await aws.iam.accessKeys(user);
    const ages = keys
      .filter(({ Status }) => Status === 'Active')
      .map(({ AccessKeyId = '', CreateDate }) => ({
        id: `${AccessKeyId.slice(0, 4)}…${AccessKeyId.slice(-4)}`,
        days: Math.floor((clock.now() - (CreateDate?.getTime() ?? clock.now())) / 86_400_000),
      }));
    const old = ages.filter(({ days }) => days > OLD_DAYS);
    if (old.length === 0) return ok(`no key of ${user} is older than ${OLD_DAYS} days`);
    return old.map(({ id, days }) =>
      sick({
        severity: 'warning',
        subject: id,
        detail: `this key of ${user} is ${days} days old`,
        evidence: [evidenceOf('iam:ListAccessKeys', `${id} age in days`, days)],
        remedy: `aws iam create-access-key --user-name ${user}, then delete the old one; or use aws sso login, whose keys end by themselves`,
      }),
    );
  },
};
