import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

/** Charges are measured there alone, whatever they are for. */
const BILLING_REGION = 'us-east-1';

export const billingMetrics: Check = {
  id: 'billing-metrics',
  title: 'The cost dashboard has charges to show',
  group: 'the account',
  needs: ['credentials'],
  async run(scene) {
    const { aws, environment } = await scene.open();
    if (!environment.blocks.observability.dashboards.includes('cost')) return skipped('there is no cost dashboard');
    if (await aws.in(BILLING_REGION).alarms.reports('AWS/Billing', [], 'EstimatedCharges'))
      return ok(`charges are measured in ${BILLING_REGION}`);
    return sick({
      severity: 'warning',
      detail: `no charges are measured in ${BILLING_REGION}, where AWS measures them, so the page stays empty`,
      evidence: [evidenceOf('cloudwatch:ListMetrics', 'AWS/Billing EstimatedCharges', undefined)],
      remedy:
        'whoever owns the account switches on "Receive CloudWatch billing alerts" under Billing preferences of the Billing console; first figures come within a day, and of a member of an organization only in its management account unless linked account data is on',
      failure: 'F-147',
    });
  },
};
