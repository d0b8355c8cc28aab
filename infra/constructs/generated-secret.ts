import { Construct } from 'constructs';
import { secrets } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import type { SecretSettings } from '../settings.ts';

type Generated = Extract<SecretSettings, { source: 'generated' }>;

/** Made once by Secrets Manager; CloudFormation never writes it again (C7). */
export class GeneratedSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { secretName, key, length, alphabet, onDelete }: Generated) {
    super(scope, id);
    const secret = new secrets.CfnSecret(this, 'Secret', {
      name: secretName,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: key,
        passwordLength: length,
        includeSpace: false,
        ...ALPHABETS[alphabet],
      },
    });
    leave(secret, onDelete);
    this.arn = secret.ref;
  }
}

const ALPHABETS = {
  // Letters and digits: also true inside URLs and env files.
  urlsafe: { excludePunctuation: true },
  // get_random_secret_key() of Django 5: lower-case letters, digits and !@#$%^&*(-_=+)
  django: { excludeUppercase: true, excludeCharacters: '"\',./:;<>?[\\]`{|}~' },
  hex: {
    excludePunctuation: true,
    excludeUppercase: true,
    excludeCharacters: 'ghijklmnopqrstuvwxyz',
    requireEachIncludedType: false,
  },
};
