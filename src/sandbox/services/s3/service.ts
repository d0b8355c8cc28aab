import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import {
  accelerate,
  cors,
  encryption,
  logging,
  notification,
  ownership,
  policy,
  publicAccessBlock,
  replication,
  requestPayment,
  tagging,
  website,
} from './bucket-configurations.ts';
import { lifecycle } from './lifecycle.ts';
import { getBucketAcl, getBucketLocation, headBucket } from './operations/bucket-reads.ts';
import { getBucketVersioning, putBucketVersioning } from './operations/bucket-versioning.ts';
import { completeMultipartUpload } from './operations/complete-multipart-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { createBucket } from './operations/create-bucket.ts';
import { abortMultipartUpload, createMultipartUpload } from './operations/create-multipart-upload.ts';
import { deleteBucket } from './operations/delete-bucket.ts';
import { deleteObject, deleteObjects } from './operations/delete-object.ts';
import { getBucketPolicyStatus } from './operations/get-bucket-policy-status.ts';
import { getObject, headObject } from './operations/get-object.ts';
import { getObjectAttributes } from './operations/get-object-attributes.ts';
import { listBuckets } from './operations/list-buckets.ts';
import { listObjectVersions } from './operations/list-object-versions.ts';
import { listObjects, listObjectsV2 } from './operations/list-objects.ts';
import { listMultipartUploads, listParts } from './operations/list-uploads.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './operations/object-tagging.ts';
import { putObject } from './operations/put-object.ts';
import { uploadPart, uploadPartCopy } from './operations/upload-part.ts';
import { bucket } from './resources/bucket.ts';
import { bucketPolicy } from './resources/bucket-policy.ts';

export const s3: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-s3'),
  client: 'S3Client',
  operations: {
    AbortMultipartUpload: abortMultipartUpload,
    CompleteMultipartUpload: completeMultipartUpload,
    CopyObject: copyObject,
    CreateBucket: createBucket,
    CreateMultipartUpload: createMultipartUpload,
    DeleteBucket: deleteBucket,
    DeleteBucketCors: cors.remove,
    DeleteBucketEncryption: encryption.remove,
    DeleteBucketLifecycle: lifecycle.remove,
    DeleteBucketOwnershipControls: ownership.remove,
    DeleteBucketPolicy: policy.remove,
    DeleteBucketReplication: replication.remove,
    DeleteBucketTagging: tagging.remove,
    DeleteBucketWebsite: website.remove,
    DeleteObject: deleteObject,
    DeleteObjects: deleteObjects,
    DeleteObjectTagging: deleteObjectTagging,
    DeletePublicAccessBlock: publicAccessBlock.remove,
    GetBucketAccelerateConfiguration: accelerate.get,
    GetBucketAcl: getBucketAcl,
    GetBucketCors: cors.get,
    GetBucketEncryption: encryption.get,
    GetBucketLifecycleConfiguration: lifecycle.get,
    GetBucketLocation: getBucketLocation,
    GetBucketLogging: logging.get,
    GetBucketNotificationConfiguration: notification.get,
    GetBucketOwnershipControls: ownership.get,
    GetBucketPolicy: policy.get,
    GetBucketPolicyStatus: getBucketPolicyStatus,
    GetBucketReplication: replication.get,
    GetBucketRequestPayment: requestPayment.get,
    GetBucketTagging: tagging.get,
    GetBucketVersioning: getBucketVersioning,
    GetBucketWebsite: website.get,
    GetObject: getObject,
    GetObjectAttributes: getObjectAttributes,
    GetObjectTagging: getObjectTagging,
    GetPublicAccessBlock: publicAccessBlock.get,
    HeadBucket: headBucket,
    HeadObject: headObject,
    ListBuckets: listBuckets,
    ListMultipartUploads: listMultipartUploads,
    ListObjects: listObjects,
    ListObjectsV2: listObjectsV2,
    ListObjectVersions: listObjectVersions,
    ListParts: listParts,
    PutBucketAccelerateConfiguration: accelerate.put,
    PutBucketCors: cors.put,
    PutBucketEncryption: encryption.put,
    PutBucketLifecycleConfiguration: lifecycle.put,
    PutBucketLogging: logging.put,
    PutBucketNotificationConfiguration: notification.put,
    PutBucketOwnershipControls: ownership.put,
    PutBucketPolicy: policy.put,
    PutBucketReplication: replication.put,
    PutBucketRequestPayment: requestPayment.put,
    PutBucketTagging: tagging.put,
    PutBucketVersioning: putBucketVersioning,
    PutBucketWebsite: website.put,
    PutObject: putObject,
    PutObjectTagging: putObjectTagging,
    PutPublicAccessBlock: publicAccessBlock.put,
    UploadPart: uploadPart,
    UploadPartCopy: uploadPartCopy,
  },
  resources: { 'AWS::S3::Bucket': bucket, 'AWS::S3::BucketPolicy': bucketPolicy },
};
