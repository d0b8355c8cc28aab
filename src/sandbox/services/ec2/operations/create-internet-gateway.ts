import type { CreateInternetGatewayRequest, CreateInternetGatewayResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { ensureDefaultVpc } from '../default-vpc.ts';
import { freshId } from '../ids.ts';
import { revived } from '../rows.ts';
import { internetGateways } from '../state.ts';
import { putTags, requestedTags } from '../tagging.ts';

/** As many as VPCs: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const GATEWAYS_PER_REGION = 5;

export const createInternetGateway: Operation<CreateInternetGatewayRequest, CreateInternetGatewayResult> = (
  input,
  call,
) => {
  ensureDefaultVpc(call);
  const tags = requestedTags(input.TagSpecifications, 'internet-gateway');
  if (internetGateways.in(call).size >= GATEWAYS_PER_REGION) {
    throw new AwsFault('InternetGatewayLimitExceeded', 'The maximum number of internet gateways has been reached.');
  }
  const id = freshId('igw');
  const row = internetGateways.in(call).put(id, { InternetGatewayId: id, OwnerId: call.account, Attachments: [] });
  putTags(call, id, 'internet-gateway', tags);
  return { InternetGateway: { ...revived<object>(row), Tags: tags } };
};
