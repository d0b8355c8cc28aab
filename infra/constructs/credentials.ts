import { Construct } from 'constructs';
import { secrets } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import type { DatabaseSettings } from '../settings.ts';

/** User and password of a database, made by Secrets Manager: no template and no log ever holds the password (D17). */
export class Credentials extends Construct {
  readonly secretArn: string;
  readonly username: string;
  /** A reference that CloudFormation resolves when it calls RDS. */
  readonly password: string;
  readonly #database: DatabaseSettings;

  constructor(scope: Construct, id: string, database: DatabaseSettings) {
    super(scope, id);
    const { username, passwordLength, secretName, onDelete } = database.credentials;
    // The id is an address: another secret would be another password.
    const secret = new secrets.CfnSecret(this, 'Secret', {
      name: secretName,
      description: 'Database credentials',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username }),
        generateStringKey: 'password',
        passwordLength,
        // Letters and digits alone fit into a URL as they are (D11).
        excludePunctuation: true,
        includeSpace: false,
      },
    });
    leave(secret, onDelete);
    this.secretArn = secret.ref;
    this.username = username;
    this.password = `{{resolve:secretsmanager:${secret.ref}:SecretString:password::}}`;
    this.#database = database;
  }

  /** Completes the secret with engine, host, port and database name, as AWS's own clients expect them (S1-35). */
  attach(targetType: 'AWS::RDS::DBCluster' | 'AWS::RDS::DBInstance', targetId: string): void {
    new secrets.CfnSecretTargetAttachment(this, 'Attachment', { secretId: this.secretArn, targetType, targetId });
  }

  /**
   * A second secret with the whole URL under `url`, because ECS cannot compose one value of several keys (S2-44). It is
   * written when the address or the first secret is new; a password changed by hand does not reach it.
   */
  url(host: string): string | undefined {
    const { databaseName, port, credentials } = this.#database;
    if (!credentials.urlSecretName) return undefined;
    // PostgreSQL 15 and later on RDS refuse a connection without TLS (F-79).
    const url = `postgresql://${this.username}:${this.password}@${host}:${port}/${databaseName}?sslmode=require`;
    const secret = new secrets.CfnSecret(this, 'UrlSecret', {
      name: credentials.urlSecretName,
      description: 'Database URL',
      secretString: `{"url":"${url}"}`,
    });
    leave(secret, credentials.onDelete);
    return secret.ref;
  }
}
