import { AwsFault } from '../../kernel/fault.ts';

/** Codes, statuses and sentences: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and recordings. */

export const noSuchBucket = (bucket: string) =>
  new AwsFault('NoSuchBucket', 'The specified bucket does not exist', { status: 404, fields: { BucketName: bucket } });

/** A deleted key tells, in headers, of the marker that hides it. */
export const noSuchKey = (key: string, marker?: { versionId: string }) =>
  new AwsFault('NoSuchKey', 'The specified key does not exist.', {
    status: 404,
    fields: {
      Key: key,
      ...(marker ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId } : {}),
    },
  });

export const noSuchVersion = (key: string, versionId: string) =>
  new AwsFault('NoSuchVersion', 'The specified version does not exist.', {
    status: 404,
    fields: { Key: key, VersionId: versionId },
  });

export const noSuchUpload = (uploadId: string) =>
  new AwsFault(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { status: 404, fields: { UploadId: uploadId } },
  );

export const invalidArgument = (message: string, name: string, value?: string) =>
  new AwsFault('InvalidArgument', message, {
    fields: { ArgumentName: name, ...(value === undefined ? {} : { ArgumentValue: value }) },
  });

export const malformedXml = () =>
  new AwsFault(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

export const preconditionFailed = (condition: string) =>
  new AwsFault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    fields: { Condition: condition },
  });

export const notImplemented = (header: string, additionalMessage?: string) =>
  new AwsFault('NotImplemented', 'A header you provided implies functionality that is not implemented', {
    status: 501,
    fields: { Header: header, ...(additionalMessage === undefined ? {} : { additionalMessage }) },
  });

export const conditionalConflict = (condition: string, key: string) =>
  new AwsFault(
    'ConditionalRequestConflict',
    'The conditional request cannot succeed due to a conflicting operation against this resource.',
    { status: 409, fields: { Condition: condition, Key: key } },
  );

export const methodNotAllowed = (method: string, versionId?: string) =>
  new AwsFault('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    status: 405,
    fields: {
      Method: method,
      ResourceType: 'DeleteMarker',
      'x-amz-delete-marker': 'true',
      ...(versionId === undefined ? {} : { 'x-amz-version-id': versionId }),
    },
  });

export const accessDenied = () => new AwsFault('AccessDenied', 'Access Denied', { status: 403 });
