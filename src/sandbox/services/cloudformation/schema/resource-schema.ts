/** The shape of a type's values, as far as the published schemas tell it. */
export type PropertyType =
  | { type: 'string' | 'number' | 'integer' | 'boolean' | 'json' | 'date-time' | 'null' | 'tag' }
  | { type: 'ref'; definition: string }
  | { type: 'array' | 'map'; element: PropertyType }
  | { type: 'union'; types: PropertyType[] };

export interface PropertySchema {
  type: PropertyType;
  required?: true;
  /** Whether a change makes a new physical resource. */
  replacement?: 'yes' | 'maybe';
}

export interface ResourceSchema {
  type: string;
  properties: Record<string, PropertySchema>;
  /** Names that `Fn::GetAtt` knows, dots included, with the type of their value. */
  attributes: Record<string, string>;
  /** The properties or attributes that together are what `Ref` gives. */
  identifier: string[];
  tags?: { property: string; variant: 'standard' | 'asg' | 'map' };
  arnTemplate?: string;
  definitions: Record<string, Record<string, PropertySchema>>;
}
