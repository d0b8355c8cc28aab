import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import {
  associateWebACL,
  disassociateWebACL,
  getWebACLForResource,
  listResourcesForWebACL,
} from './operations/associations.ts';
import { createIPSet, deleteIPSet, getIPSet, listIPSets, updateIPSet } from './operations/ip-sets.ts';
import {
  deleteLoggingConfiguration,
  getLoggingConfiguration,
  listLoggingConfigurations,
  putLoggingConfiguration,
} from './operations/loggings.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import {
  checkCapacity,
  createWebACL,
  deleteWebACL,
  getWebACL,
  listAvailableManagedRuleGroups,
  listWebACLs,
  updateWebACL,
} from './operations/web-acls.ts';
import { ipSet, loggingConfiguration, webAclAssociation } from './resources/parts.ts';
import { webAcl } from './resources/web-acl.ts';

export const wafv2: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-wafv2'),
  client: 'WAFV2Client',
  operations: {
    AssociateWebACL: associateWebACL,
    CheckCapacity: checkCapacity,
    CreateIPSet: createIPSet,
    CreateWebACL: createWebACL,
    DeleteIPSet: deleteIPSet,
    DeleteLoggingConfiguration: deleteLoggingConfiguration,
    DeleteWebACL: deleteWebACL,
    DisassociateWebACL: disassociateWebACL,
    GetIPSet: getIPSet,
    GetLoggingConfiguration: getLoggingConfiguration,
    GetWebACL: getWebACL,
    GetWebACLForResource: getWebACLForResource,
    ListAvailableManagedRuleGroups: listAvailableManagedRuleGroups,
    ListIPSets: listIPSets,
    ListLoggingConfigurations: listLoggingConfigurations,
    ListResourcesForWebACL: listResourcesForWebACL,
    ListTagsForResource: listTagsForResource,
    ListWebACLs: listWebACLs,
    PutLoggingConfiguration: putLoggingConfiguration,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateIPSet: updateIPSet,
    UpdateWebACL: updateWebACL,
  },
  resources: {
    'AWS::WAFv2::IPSet': ipSet,
    'AWS::WAFv2::LoggingConfiguration': loggingConfiguration,
    'AWS::WAFv2::WebACL': webAcl,
    'AWS::WAFv2::WebACLAssociation': webAclAssociation,
  },
};
