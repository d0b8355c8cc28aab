import type {
  AddTagsToCertificateCommandInput,
  DeleteCertificateCommandInput,
  DescribeCertificateCommandInput,
  ListCertificatesCommandInput,
  ListTagsForCertificateCommandInput,
  RemoveTagsFromCertificateCommandInput,
} from '@aws-sdk/client-acm';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { certificateDetail, certificateSummary } from '../certificate-answer.ts';
import { type CertificateRow, certificates } from '../state.ts';
import { usersOf } from '../users.ts';

function found(arn: string | undefined, call: Call): CertificateRow {
  if (!/^arn:[^:]+:acm:[^:]+:\d{12}:certificate\/[\w-]+$/.test(arn ?? ''))
    throw new AwsFault('InvalidArnException', `The ARN is not valid: ${arn}`);
  const row = certificates.in(call).get(arn!);
  if (!row)
    throw new AwsFault('ResourceNotFoundException', `Could not find certificate ${arn} in account ${call.account}.`);
  return row;
}

export const describeCertificate = ({ CertificateArn }: DescribeCertificateCommandInput, call: Call) => ({
  Certificate: certificateDetail(found(CertificateArn, call), call),
});

/** Without a filter only RSA keys of up to 2048 bits are listed (API reference, Filters.keyTypes). */
export function listCertificates(input: ListCertificatesCommandInput, call: Call) {
  const types: string[] = input.Includes?.keyTypes ?? ['RSA_1024', 'RSA_2048'];
  const rows = certificates
    .in(call)
    .values()
    .filter(
      ({ keyAlgorithm, status }) =>
        types.includes(keyAlgorithm) && (!input.CertificateStatuses || input.CertificateStatuses.includes(status)),
    );
  const { items, next } = page(rows, {
    size: input.MaxItems ?? 1000,
    token: input.NextToken,
    refuse: () => {
      throw new AwsFault('ValidationException', 'The nextToken is not valid.');
    },
  });
  return {
    CertificateSummaryList: items.map((row) => certificateSummary(row, call)),
    ...(next !== undefined && { NextToken: next }),
  };
}

export function deleteCertificate(
  { CertificateArn }: DeleteCertificateCommandInput,
  call: Call,
): Record<string, never> {
  const { arn } = found(CertificateArn, call);
  if (usersOf(arn, call).length > 0)
    throw new AwsFault('ResourceInUseException', `Certificate ${arn} in account ${call.account} is in use.`);
  certificates.in(call).delete(arn);
  return {};
}

export const listTagsForCertificate = ({ CertificateArn }: ListTagsForCertificateCommandInput, call: Call) => ({
  Tags: found(CertificateArn, call).tags.map((tag) => ({ ...tag })),
});

export function addTagsToCertificate(input: AddTagsToCertificateCommandInput, call: Call): Record<string, never> {
  const { arn } = found(input.CertificateArn, call);
  certificates.in(call).update(arn, (draft) => {
    const merged = new Map(draft.tags.map((tag) => [tag.Key, tag]));
    for (const { Key = '', Value } of input.Tags ?? []) merged.set(Key, { Key, ...(Value !== undefined && { Value }) });
    draft.tags = [...merged.values()];
  });
  return {};
}

export function removeTagsFromCertificate(
  input: RemoveTagsFromCertificateCommandInput,
  call: Call,
): Record<string, never> {
  const { arn } = found(input.CertificateArn, call);
  const gone = (input.Tags ?? []).map(({ Key }) => Key);
  certificates.in(call).update(arn, (draft) => {
    draft.tags = draft.tags.filter(({ Key }) => !gone.includes(Key));
  });
  return {};
}
