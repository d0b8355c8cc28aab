import { expect, it } from 'vitest';
import { packSchemas } from './pack-schemas.ts';
import { PACKED_SCHEMAS } from './packed-schemas.ts';
import { schemasFor } from './schema-source.ts';
import { unpackSchemas } from './unpack-schemas.ts';

it('holds what the published schemas say of the usual types', async () => {
  expect(unpackSchemas(PACKED_SCHEMAS)).toEqual(unpackSchemas(await packSchemas()));
});

it('finds types beyond the usual ones, and knows which types AWS does not have', async () => {
  const schemas = await schemasFor(['AWS::SNS::Topic', 'AWS::Glue::Job', 'AWS::Nothing::AtAll']);
  expect(schemas.get('AWS::SNS::Topic')!.properties.TopicName!.replacement).toBe('yes');
  expect(schemas.get('AWS::Glue::Job')!.properties.Role!.required).toBe(true);
  expect(schemas.get('AWS::Nothing::AtAll')).toBeUndefined();
});
