import type { Engine } from './engines.ts';
import { invalidCombination, invalidValue } from './refusals.ts';

const SMALL = ['micro', 'small'];
const BURST = ['medium', 'large'];
const MORE_BURST = ['xlarge', '2xlarge'];
const LARGE = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const LARGEST = [...LARGE, '24xlarge'];

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html */
const FAMILIES: Record<Engine, Record<string, readonly string[]>> = {
  'aurora-postgresql': {
    t3: BURST,
    t4g: BURST,
    r5: LARGEST,
    r6g: LARGE,
    r6i: [...LARGEST, '32xlarge'],
    r7g: LARGE,
    r7i: [...LARGEST, '48xlarge'],
    r8g: [...LARGEST, '48xlarge'],
    x2g: LARGE,
  },
  postgres: {
    t3: [...SMALL, ...BURST, ...MORE_BURST],
    t4g: [...SMALL, ...BURST, ...MORE_BURST],
    m5: LARGEST,
    m6g: LARGE,
    m6i: [...LARGEST, '32xlarge'],
    m7g: LARGE,
    m7i: [...LARGEST, '48xlarge'],
    m8g: [...LARGEST, '48xlarge'],
    r5: LARGEST,
    r6g: LARGE,
    r6i: [...LARGEST, '32xlarge'],
    r7g: LARGE,
    r7i: [...LARGEST, '48xlarge'],
    r8g: [...LARGEST, '48xlarge'],
    x2g: LARGE,
  },
};

export const classesOf = (engine: Engine): string[] => [
  ...(engine === 'aurora-postgresql' ? ['db.serverless'] : []),
  ...Object.entries(FAMILIES[engine]).flatMap(([family, sizes]) => sizes.map((size) => `db.${family}.${size}`)),
];

export function requireClass(instanceClass: string | undefined, engine: Engine, version: string): string {
  if (!/^db\.(serverless|[a-z0-9]+\.[a-z0-9]+)$/.test(instanceClass ?? ''))
    throw invalidValue(`Invalid DB Instance class: ${instanceClass}`);
  if (!classesOf(engine).includes(instanceClass!))
    throw invalidCombination(
      `RDS does not support creating a DB instance with the following combination: DBInstanceClass=${instanceClass}, Engine=${engine}, EngineVersion=${version}, LicenseModel=postgresql-license. For supported combinations of instance class and database engine version, see the documentation.`,
    );
  return instanceClass!;
}
