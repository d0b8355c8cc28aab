import { Construct } from 'constructs';
import { secrets } from '../aws-cdk.ts';
import { leave } from '../leave.ts';

/**
 * The words with which CloudFront is known: those of this generation, and of the one before it while a rotation is on
 * its way. A new generation is a new secret, so that both are there at once (F-120).
 */
export class OriginSecrets extends Construct {
  /** The newest first. */
  readonly arns: string[];

  constructor(scope: Construct, id: string, { generation }: { generation: number }) {
    super(scope, id);
    const generations = generation > 0 ? [generation, generation - 1] : [generation];
    this.arns = generations.map((number) => {
      const secret = new secrets.CfnSecret(this, `Generation${number}`, {
        description: 'What CloudFront sends to the load balancer to be let in',
        generateSecretString: { passwordLength: 48, excludePunctuation: true },
      });
      leave(secret, 'destroy');
      return secret.ref;
    });
  }
}
