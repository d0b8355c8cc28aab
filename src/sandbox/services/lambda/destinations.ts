import type { DestinationConfig } from '@aws-sdk/client-lambda';
import type { Scope } from '../../kernel/scope.ts';
import type { Reference } from './names.ts';
import { invalidParameter, requireValid } from './refusals.ts';
import { roleMay } from './role.ts';
import { functions, latestOf } from './state.ts';

const ARN =
  '$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)';

/** What a role needs, and how the refusal calls it, by service. */
const NEEDS: Readonly<Record<string, readonly [action: string, called: string]>> = {
  sqs: ['sqs:SendMessage', 'SendMessage'],
  sns: ['sns:Publish', 'Publish'],
  lambda: ['lambda:InvokeFunction', 'InvokeFunction'],
  events: ['events:PutEvents', 'PutEvents'],
  s3: ['s3:PutObject', 'PutObject'],
};

const arnsOf = ({ OnSuccess, OnFailure }: DestinationConfig = {}): string[] =>
  [OnSuccess?.Destination, OnFailure?.Destination].filter((arn): arn is string => Boolean(arn));

export const requireDestinations = {
  form(config: DestinationConfig | undefined): void {
    requireValid(
      ['destinationConfig.onSuccess.destination', config?.OnSuccess?.Destination, { pattern: ARN }],
      ['destinationConfig.onFailure.destination', config?.OnFailure?.Destination, { pattern: ARN }],
    );
  },

  exist(config: DestinationConfig | undefined, { name }: Reference, scope: Scope): void {
    for (const arn of arnsOf(config)) {
      const [, , service = '', , , , target] = arn.split(':');
      if (!(service in NEEDS)) throw invalidParameter(`The provided destination config ${shown(config!)} is invalid.`);
      if (service === 'lambda' && target === name)
        throw invalidParameter("You can't specify the function as a destination for itself.");
      if (service === 'lambda' && !functions.in(scope).has(target ?? ''))
        throw invalidParameter(`The destination ARN ${arn} is invalid.`);
      const [action, called] = NEEDS[service]!;
      if (!roleMay(latestOf(scope, name).settings.Role!, action, arn, scope))
        throw invalidParameter(`The function's execution role does not have permissions to call ${called} on ${arn}`);
    }
  },
};

const shown = ({ OnSuccess, OnFailure }: DestinationConfig): string => {
  const part = (name: string, given: { Destination?: string } | undefined) =>
    given ? `${name}(destination=${given.Destination ?? 'null'})` : 'null';
  return `DestinationConfig(onSuccess=${part('OnSuccess', OnSuccess)}, onFailure=${part('OnFailure', OnFailure)})`;
};
