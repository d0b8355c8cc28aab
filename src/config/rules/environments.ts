import { AWS_REGIONS } from '../../domain/aws-regions.ts';
import { nearest } from '../../domain/nearest.ts';
import type { Rule } from './rule.ts';

export const ENVIRONMENT_RULES: readonly Rule[] = [
  {
    id: 'prod-account',
    title: 'A production environment names its account',
    severity: { prod: 'error' },
    check: function* ({ environment, declared, sandboxed }) {
      if (declared.account === undefined)
        yield {
          path: ['environments', environment, 'account'],
          message: `environments.${environment} names no account, so whatever credentials are at hand would decide`,
          remedy: `add account: "<twelve digits>" (aws sts get-caller-identity shows it)`,
          severity: sandboxed ? 'warning' : 'error',
        };
    },
  },
  {
    id: 'region-unknown',
    title: 'The region exists',
    severity: 'warning',
    check: function* ({ environment, declared, region }) {
      if (!AWS_REGIONS.includes(region))
        yield {
          path: declared.region === undefined ? ['defaults', 'region'] : ['environments', environment, 'region'],
          message: `platform does not know the region ${region}`,
          remedy: `write ${nearest(region, AWS_REGIONS) ?? 'us-east-1'}`,
        };
    },
  },
  {
    id: 'emulator-kind',
    title: 'Only local environments live on an emulator',
    severity: 'error',
    waivable: false,
    check: function* ({ environment, kind, declared }) {
      for (const key of ['endpoint', 'emulator'] as const)
        if (kind !== 'local' && declared[key] !== undefined)
          yield {
            path: ['environments', environment, key],
            message: `environments.${environment}: ${key} is for kind local, this is kind ${kind}`,
            remedy: `remove ${key}, or write kind: local`,
          };
    },
  },
  {
    id: 'sandbox-kind',
    title: 'The environment sandbox is one',
    severity: 'error',
    waivable: false,
    check: function* ({ environment, kind }) {
      if (environment === 'sandbox' && kind !== 'sandbox')
        yield {
          path: ['environments', 'sandbox', 'kind'],
          message: `environments.sandbox is of kind ${kind}`,
          remedy: 'write kind: sandbox, or give it another name',
        };
    },
  },
];
