import { AwsFault } from '../../kernel/fault.ts';
import { configuration, missing } from './configurations.ts';
import { malformedXml } from './faults.ts';
import { randomId } from './state.ts';

interface Rule {
  ID?: string;
  Status?: string;
  Filter?: object;
  Prefix?: string;
  Expiration?: object;
  Transitions?: object[];
  NoncurrentVersionExpiration?: object;
  NoncurrentVersionTransitions?: object[];
  AbortIncompleteMultipartUpload?: object;
}

/** Kept and given back; nothing expires by it: the sandbox's time runs only while work is under way. */
export const lifecycle = configuration({
  name: 'lifecycle',
  member: 'LifecycleConfiguration',
  read(kept, bucket) {
    if (kept === undefined)
      throw missing('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist')(bucket);
    return { TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K', ...kept };
  },
  check(given: { Rules?: Rule[] } = {}) {
    const rules = given.Rules ?? [];
    if (rules.length === 0) throw malformedXml();
    for (const rule of rules) {
      if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformedXml();
      if (rule.Filter === undefined && rule.Prefix === undefined) throw malformedXml();
      const acts = [
        rule.Expiration,
        rule.Transitions?.[0],
        rule.NoncurrentVersionExpiration,
        rule.NoncurrentVersionTransitions?.[0],
        rule.AbortIncompleteMultipartUpload,
      ];
      if (acts.every((act) => act === undefined))
        throw new AwsFault('InvalidRequest', 'At least one action needs to be specified in a rule.');
    }
    const ids = rules.flatMap(({ ID }) => ID ?? []);
    if (new Set(ids).size < ids.length)
      throw new AwsFault('InvalidArgument', 'Rule ID must be unique. Found same ID for more than one rule.');
    return { Rules: rules.map((rule) => ({ ...rule, ID: rule.ID ?? randomId(48) })) };
  },
});
