/** Pieces of templates that many cases share. */
export const named = (TopicName: unknown, DisplayName?: unknown, more: object = {}) => ({
  Type: 'AWS::SNS::Topic',
  Properties: { TopicName, ...(DisplayName === undefined ? {} : { DisplayName }) },
  ...more,
});

export const parameter = (Value: unknown, properties: object = {}, more: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Value, ...properties },
  ...more,
});

export const stackOf = (Resources: object, more: object = {}) => ({ ...more, Resources });

export const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

export const ref = (Ref: string) => ({ Ref });

export interface UpdateTemplates {
  before: object;
  after: object;
  /** Parameter values of the first and the second change set. */
  given?: [Record<string, string>, Record<string, string>];
}
