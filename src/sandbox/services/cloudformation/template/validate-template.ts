import { formatError, invalid } from '../faults.ts';
import { isObject, type Json, type Template } from './template.ts';
import { validateReferences } from './validate-references.ts';

const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Hooks',
  'Globals',
  'Resources',
  'Outputs',
]);
const RESOURCE_MEMBERS = new Set([
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
  'UpdatePolicy',
  'CreationPolicy',
  'Comment',
  'Description',
  'Version',
]);
const PARAMETER_MEMBERS = new Set([
  'Type',
  'Default',
  'Description',
  'NoEcho',
  'AllowedValues',
  'AllowedPattern',
  'ConstraintDescription',
  'MinLength',
  'MaxLength',
  'MinValue',
  'MaxValue',
]);

/** Structure, names and references of a whole template, in the order in which CloudFormation complains. */
export function validateTemplate(value: unknown): Template {
  if (!isObject(value)) throw formatError('unsupported structure.');
  const unknown = Object.keys(value).filter((key) => !SECTIONS.has(key));
  if (unknown.length > 0) throw invalid(`Invalid template property or properties [${unknown.join(', ')}]`);
  const version = value.AWSTemplateFormatVersion;
  if (version !== undefined && version !== '2010-09-09')
    throw formatError(`Template version ${JSON.stringify(version)} is not supported.`.replaceAll('"', ''));

  validateOutputs(value.Outputs);
  validateResources(value.Resources);
  rejectNulls(value, '');
  validateParameters(value.Parameters);
  validateMappings(value.Mappings);
  const template = value as unknown as Template;
  validateReferences(template);
  return template;
}

function validateOutputs(outputs: Json | undefined): void {
  if (outputs === undefined) return;
  if (!isObject(outputs)) throw formatError('Outputs must be a map.');
  rejectNulls(outputs, '/Outputs');
  for (const [name, output] of Object.entries(outputs)) {
    if (name.startsWith('Fn::ForEach')) continue;
    if (!/^[A-Za-z0-9]+$/.test(name)) throw formatError(`Output name ${name} is non alphanumeric.`);
    if (!isObject(output) || output.Value === undefined)
      throw formatError('Every Outputs member must contain a Value object');
  }
}

function validateResources(resources: Json | undefined): void {
  if (!isObject(resources) || Object.keys(resources).length === 0)
    throw formatError('At least one Resources member must be defined.');
  for (const [name, resource] of Object.entries(resources)) {
    if (name.startsWith('Fn::ForEach')) continue;
    if (!/^[A-Za-z0-9]+$/.test(name)) throw formatError(`Resource name ${name} is non alphanumeric.`);
    if (!isObject(resource)) throw formatError('Every Resources member must be an object.');
    if (typeof resource.Type !== 'string')
      throw formatError(`[/Resources/${name}] Every Resources object must contain a Type member.`);
    for (const key of Object.keys(resource))
      if (!RESOURCE_MEMBERS.has(key)) throw invalid(`Invalid template resource property '${key}'`);
    if (resource.Properties !== undefined && resource.Properties !== null && !isObject(resource.Properties))
      throw formatError(`[/Resources/${name}/Properties] Every Properties member must be an object.`);
    if (resource.Condition !== undefined && typeof resource.Condition !== 'string')
      throw formatError('Every Condition member must be a string.');
  }
}

function rejectNulls(value: Json, path: string): void {
  if (value === null) throw invalid(`[${path}] 'null' values are not allowed in templates`);
  if (Array.isArray(value)) for (const [index, child] of value.entries()) rejectNulls(child, `${path}/${index}`);
  else if (isObject(value)) for (const [key, child] of Object.entries(value)) rejectNulls(child, `${path}/${key}`);
}

function validateParameters(parameters: Json | undefined): void {
  if (parameters === undefined) return;
  if (!isObject(parameters)) throw formatError('Parameters must be a map.');
  for (const [name, parameter] of Object.entries(parameters)) {
    if (!/^[A-Za-z0-9]+$/.test(name)) throw formatError(`Parameter name ${name} is non alphanumeric.`);
    if (!isObject(parameter)) throw formatError('Every Parameters member must be an object.');
    if (typeof parameter.Type !== 'string') throw formatError('Every Parameters object must contain a Type member.');
    for (const key of Object.keys(parameter))
      if (!PARAMETER_MEMBERS.has(key)) throw invalid(`Invalid template parameter property '${key}'`);
    if (!VALID_TYPE.test(parameter.Type)) throw formatError(`Unrecognized parameter type: ${parameter.Type}`);
  }
}

const VALID_TYPE = /^(String|Number|CommaDelimitedList|List<(Number|String|AWS::[\w:]+)>|AWS::[\w:]+(<.+>)?)$/;

function validateMappings(mappings: Json | undefined): void {
  if (mappings === undefined) return;
  if (!isObject(mappings)) throw formatError('Mappings must be a map.');
  for (const [name, mapping] of Object.entries(mappings)) {
    if (name === 'Fn::Transform' || name.startsWith('Fn::ForEach')) continue;
    if (!isObject(mapping)) throw formatError(`Every Mappings member ${name} must be a map`);
    for (const [key, attributes] of Object.entries(mapping)) {
      if (!isObject(attributes)) throw formatError(`Every Mappings member ${key} must be a map`);
      for (const attribute of Object.values(attributes))
        if (isObject(attribute) || (Array.isArray(attribute) && attribute.some((item) => isObject(item))))
          throw formatError('Every Mappings attribute must be a String or a List.');
    }
  }
}
