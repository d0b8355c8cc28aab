import { ACCESS_RULES } from './access.ts';
import { API_RULES } from './apis.ts';
import { BUCKET_RULES } from './buckets.ts';
import { DATABASE_RULES } from './databases.ts';
import { DOMAIN_RULES } from './domains.ts';
import { EDGE_RULES } from './edge.ts';
import { ENVIRONMENT_RULES } from './environments.ts';
import { FUNCTION_RULES } from './functions.ts';
import { MIGRATION_RULES } from './migrations.ts';
import { NETWORK_RULES } from './network.ts';
import { OBSERVABILITY_RULES } from './observability.ts';
import { PATH_RULES } from './paths.ts';
import { QUEUE_RULES } from './queues.ts';
import { REFERENCE_RULES } from './references.ts';
import type { Rule } from './rule.ts';
import { SCHEDULE_RULES } from './schedules.ts';
import { SECRET_RULES } from './secrets.ts';
import { SERVICE_RULES } from './services.ts';
import { SHARING_RULES } from './sharing.ts';
import { SIDECAR_RULES } from './sidecars.ts';
import { SPOT_RULES } from './spot.ts';
import { TRACING_RULES } from './tracing.ts';

/** Every rule about one environment, in the order in which a report is read. */
export const RULES: readonly Rule[] = [
  ...ENVIRONMENT_RULES,
  ...ACCESS_RULES,
  ...REFERENCE_RULES,
  ...PATH_RULES,
  ...NETWORK_RULES,
  ...DATABASE_RULES,
  ...SECRET_RULES,
  ...QUEUE_RULES,
  ...BUCKET_RULES,
  ...FUNCTION_RULES,
  ...SERVICE_RULES,
  ...SIDECAR_RULES,
  ...SPOT_RULES,
  ...SCHEDULE_RULES,
  ...API_RULES,
  ...DOMAIN_RULES,
  ...EDGE_RULES,
  ...OBSERVABILITY_RULES,
  ...TRACING_RULES,
  ...MIGRATION_RULES,
  ...SHARING_RULES,
];
