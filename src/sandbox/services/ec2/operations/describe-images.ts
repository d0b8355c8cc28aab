import type { DescribeImagesRequest, DescribeImagesResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { type PublicImage, publicImagesOf } from '../images.ts';
import { type Fields, select } from '../select.ts';

const FIELDS: Fields<PublicImage> = {
  architecture: ({ architecture }) => architecture,
  'image-id': ({ id }) => id,
  'image-type': () => 'machine',
  'is-public': () => true,
  name: ({ name }) => name,
  'owner-alias': () => 'amazon',
  'root-device-type': () => 'ebs',
  state: () => 'available',
  'virtualization-type': () => 'hvm',
};

export const describeImages: Operation<DescribeImagesRequest, DescribeImagesResult> = (input, call) => {
  const isForeign = input.Owners?.length && !input.Owners.includes('amazon');
  const { items, NextToken } = select(call, input, {
    rows: () => (isForeign ? [] : publicImagesOf(call.region)),
    id: ({ id }) => id,
    ids: input.ImageIds,
    missing: (id) => new AwsFault('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`),
    fields: FIELDS,
  });
  return {
    Images: items.map(({ id, name, architecture }) => ({
      ImageId: id,
      Name: name,
      Architecture: architecture,
      ImageLocation: `amazon/${name}`,
      ImageOwnerAlias: 'amazon',
      ImageType: 'machine',
      OwnerId: '137112412989',
      Public: true,
      RootDeviceName: '/dev/xvda',
      RootDeviceType: 'ebs',
      State: 'available',
      VirtualizationType: 'hvm',
      CreationDate: '2026-01-01T00:00:00.000Z',
    })),
    NextToken,
  };
};
