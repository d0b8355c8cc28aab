import { isObject, type Json, type JsonObject, sameValue } from '../template/template.ts';
import type { PropertySchema, PropertyType, ResourceSchema } from './resource-schema.ts';

export type Recreation = 'Always' | 'Conditionally' | 'Never';

export interface PropertyChange {
  /** The property at the top, which change sets name. */
  name: string;
  /** `/Properties/Name/Deeper`. */
  path: string;
  kind: 'Add' | 'Modify' | 'Remove';
  before?: Json | undefined;
  after?: Json | undefined;
  recreation: Recreation;
}

/** Every place at which two sets of properties differ, with what a change there does to the physical resource. */
export function propertyChanges(
  before: JsonObject,
  after: JsonObject,
  schema: ResourceSchema | undefined,
): PropertyChange[] {
  return memberChanges(before, after, schema?.properties ?? {}, '/Properties', schema).map((change) => ({
    ...change,
    name: change.path.split('/')[2]!,
  }));
}

type Change = Omit<PropertyChange, 'name'>;

function memberChanges(
  before: JsonObject,
  after: JsonObject,
  schemas: Record<string, PropertySchema>,
  path: string,
  schema: ResourceSchema | undefined,
): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    if (sameValue(before[name], after[name])) return [];
    const property = schemas[name];
    return valueChanges(before[name], after[name], property?.type, recreationOf(property), `${path}/${name}`, schema);
  });
}

function valueChanges(
  before: Json | undefined,
  after: Json | undefined,
  type: PropertyType | undefined,
  recreation: Recreation,
  path: string,
  schema: ResourceSchema | undefined,
): Change[] {
  const definition = type?.type === 'ref' ? schema?.definitions[type.definition] : undefined;
  if (definition && isObject(before) && isObject(after))
    return memberChanges(before, after, definition, path, schema).map((change) => ({
      ...change,
      recreation: stronger(recreation, change.recreation),
    }));
  const kind = before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify';
  return [{ path, kind, before, after, recreation }];
}

const recreationOf = (property: PropertySchema | undefined): Recreation =>
  property?.replacement === 'yes' ? 'Always' : property?.replacement === 'maybe' ? 'Conditionally' : 'Never';

const ORDER: readonly Recreation[] = ['Never', 'Conditionally', 'Always'];

export const stronger = (a: Recreation, b: Recreation): Recreation => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

/**
 * What change sets call conditional and the type's handler always changes in place. Of instances it is all but engine,
 * zone, key and what they were made of:
 * https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds/blob/master/aws-rds-dbinstance/src/main/java/software/amazon/rds/dbinstance/util/ImmutabilityHelper.java
 */
const CHANGED_IN_PLACE: Readonly<Record<string, readonly string[]>> = {
  'AWS::RDS::DBInstance': [
    'AutoMinorVersionUpgrade',
    'BackupRetentionPeriod',
    'DBParameterGroupName',
    'MultiAZ',
    'PreferredMaintenanceWindow',
    'StorageType',
  ],
};

/** Whether these changes end in another physical resource when they are carried out. */
export const isReplacedBy = (type: string, changes: readonly PropertyChange[]): boolean =>
  changes.some(
    ({ name, recreation }) =>
      recreation === 'Always' || (recreation === 'Conditionally' && !CHANGED_IN_PLACE[type]?.includes(name)),
  );
