import { randomUUID } from 'node:crypto';
import type {
  CreateFunctionCommandInput,
  DeleteFunctionCommandInput,
  GetFunctionCommandInput,
  GetFunctionConfigurationCommandInput,
  ListFunctionsCommandInput,
} from '@aws-sdk/client-lambda';
import type { Call } from '../../../kernel/scope.ts';
import { takeCode } from '../code.ts';
import { CODE_PATH } from '../code-route.ts';
import { configurationAnswer } from '../configuration-answer.ts';
import { forgetFunction, forgetVersion } from '../forget.ts';
import { DEFAULTS, requireSettings, settingsOf } from '../function-settings.ts';
import { CREATING, readyLater } from '../lifecycle.ts';
import { findFunction, findVersion, referenceOf } from '../names.ts';
import { conflict, functionMissing, invalidParameter, pageOf, requireValid, validation } from '../refusals.ts';
import { functionArn, functions, LATEST, lambdaTime, latestOf, type Settings, versions } from '../state.ts';
import { checkTags } from '../tags.ts';
import { publishVersion } from './versions.ts';

export async function createFunction(input: CreateFunctionCommandInput, call: Call) {
  const { name, qualifier, arn } = referenceOf(input, call, { creating: true });
  if (name.length > 64)
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    );
  if (qualifier !== undefined) throw invalidParameter(`${input.FunctionName} is not a valid function name.`);
  requireArchitectures(input.Architectures);
  requireSettings(input);
  checkTags(input.Tags ?? {});
  const isImage = input.PackageType === 'Image';
  if (!isImage && (input.Runtime === undefined || input.Handler === undefined))
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  if (functions.in(call).has(name)) throw conflict(`Function already exist: ${name}`);
  const settings = settingsOf(name, input, input.Role!, call);
  const code = await takeCode(input.Code!, call);

  functions.in(call).put(name, { name, published: 0, tags: { ...input.Tags } });
  const row = versions.in(call).put(`${name}:${LATEST}`, {
    function: name,
    version: LATEST,
    settings: {
      ...DEFAULTS(name),
      ...settings,
      ...(input.Architectures?.length && { Architectures: input.Architectures }),
      ...(isImage && { PackageType: 'Image' as const }),
    } as Settings,
    code,
    revisionId: randomUUID(),
    modified: lambdaTime(call.world.clock.stamp()),
    state: 'Pending',
    stateReason: CREATING.reason,
    stateReasonCode: CREATING.code,
  });
  readyLater(row, call);
  if (input.Publish) return publishVersion({ FunctionName: arn }, call, { creating: true });
  return configurationAnswer(row, call);
}

function requireArchitectures(given: readonly string[] | undefined): void {
  if (given === undefined) return;
  const shown = `1 validation error detected: Value '[${given.join(', ')}]' at 'architectures' failed to satisfy constraint: `;
  if (given.length > 1) throw validation(`${shown}Member must have length less than or equal to 1`);
  if (given.some((each) => each !== 'x86_64' && each !== 'arm64'))
    throw validation(
      `${shown}Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]`,
    );
}

export function getFunctionConfiguration(input: GetFunctionConfigurationCommandInput, call: Call) {
  const reference = referenceOf(input, call);
  return configurationAnswer(findVersion(reference, call), call, { qualifier: reference.qualifier });
}

export function getFunction(input: GetFunctionCommandInput, call: Call) {
  const reference = referenceOf(input, call);
  const row = findVersion(reference, call);
  const { reserved, tags } = findFunction(reference, call);
  return {
    Configuration: configurationAnswer(row, call, { qualifier: reference.qualifier }),
    Code:
      row.code.imageUri === undefined
        ? { RepositoryType: 'S3', Location: `${call.endpoint}${CODE_PATH}${row.code.blob}` }
        : { RepositoryType: 'ECR', ImageUri: row.code.imageUri, ResolvedImageUri: row.code.imageUri },
    ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
    ...(reserved !== undefined && { Concurrency: { ReservedConcurrentExecutions: reserved } }),
  };
}

export function listFunctions(input: ListFunctionsCommandInput, call: Call) {
  requireValid(['functionVersion', input.FunctionVersion, { values: ['ALL'] }]);
  const rows = versions
    .in(call)
    .values()
    .filter(({ version }) => input.FunctionVersion === 'ALL' || version === LATEST);
  const { items, end } = pageOf(rows, input);
  return {
    Functions: items.map((row) =>
      configurationAnswer(row, call, {
        listed: true,
        ...(input.FunctionVersion === 'ALL' && { qualifier: row.version }),
      }),
    ),
    ...end,
  };
}

/** A function with all its versions, or one version of it; one that is not there counts as deleted. */
export function deleteFunction(input: DeleteFunctionCommandInput, call: Call) {
  const { name, qualifier } = referenceOf(input, call);
  if (qualifier === LATEST) throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
  if (!functions.in(call).has(name)) throw functionMissing(functionArn(call, name));
  if (qualifier === undefined) forgetFunction(latestOf(call, name).function, call);
  else if (!/^\d+$/.test(qualifier)) throw invalidParameter('Deletion of aliases is not currently supported.');
  else forgetVersion(name, qualifier, call);
  return { StatusCode: 204 };
}
