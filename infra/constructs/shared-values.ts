import { Construct } from 'constructs';
import { ssm } from '../aws-cdk.ts';
import { pascal } from '../names.ts';

export interface SharedValuesProps {
  prefix: string;
  /** By their name below the prefix: `network/vpc-id`. */
  values: Readonly<Record<string, string>>;
}

/** What this environment lends to others, as parameters they read. The names are those of older providers and consumers. */
export class SharedValues extends Construct {
  constructor(scope: Construct, id: string, { prefix, values }: SharedValuesProps) {
    super(scope, id);
    for (const [name, value] of Object.entries(values)) {
      new ssm.CfnParameter(this, name.split('/').map(pascal).join(''), {
        name: `${prefix}/${name}`,
        type: 'String',
        value,
      });
    }
  }
}
