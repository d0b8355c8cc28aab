import { z } from 'zod';

/** Steps into a property, numbers for places in a list: `DeploymentConfiguration.MaximumPercent`, `Tags.0.Value`. */
const property = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_:-]+)*$/,
    'the path of a property, such as DeploymentConfiguration.MaximumPercent',
  )
  .max(500);

export const constructPath = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*(?:\/[A-Za-z0-9][A-Za-z0-9-]*)+$/,
    'a stack and the construct in it, such as service-web/Run/Service',
  )
  .max(500);

export const override = z.strictObject({
  properties: z
    .record(property, z.unknown().meta({ patternErrorMessage: 'any value' }))
    .default({})
    .describe('CloudFormation properties of the resource, by their path, and what they are to be.'),
  remove: z.array(property).max(100).default([]).describe('Properties that are taken out of the template.'),
});
