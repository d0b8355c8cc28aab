import type { Failure } from '../failure.ts';

/** CloudFront, functions at the edge, sites. */
export const SITE_FAILURES: readonly Failure[] = [
  {
    id: 'F-109',
    stage: 'pre',
    handling: 'ASK',
    title: 'the certificate of the distribution is not in us-east-1, or not issued',
  },
  {
    id: 'F-110',
    stage: 'pre',
    handling: 'TELL',
    title: 'the domain belongs to another distribution',
    noScenario: 'it takes a certificate and a distribution of somebody else',
  },
  {
    id: 'F-111',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the function cannot run at the edge as it is',
    noScenario: 'functions of ours at the edge are made as CloudFront takes them',
  },
  {
    id: 'F-112',
    stage: 'run',
    handling: 'TELL',
    title: 'the edge function fails for viewers',
  },
  {
    id: 'F-113',
    stage: 'run',
    handling: 'AUTO',
    title: 'the logs of the edge function are in the viewers’ regions',
  },
  {
    id: 'F-114',
    stage: 'del',
    handling: 'AUTO',
    title: 'the edge function still has replicas',
    noScenario: 'every site that is destroyed shows it',
  },
  {
    id: 'F-115',
    stage: 'pre',
    handling: 'AUTO',
    title: 'errors of the API come back as the site’s page',
    noScenario: 'prevented: pages are answered by the default behaviour alone',
  },
  {
    id: 'F-116',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the function’s URL needs a second permission',
    noScenario: 'URLs of functions of ours are made with both permissions',
  },
  {
    id: 'F-117',
    stage: 'pre',
    handling: 'ASK',
    title: 'requests with a body are not signed as the function’s URL wants it',
    noScenario: 'a function of ours at the edges tells the hash of every body',
  },
  {
    id: 'F-118',
    stage: 'run',
    handling: 'AUTO',
    title: 'viewers get the old site, or a page without its parts',
    noScenario: 'prevented: pages are never cached, and files of the release before are kept',
  },
  {
    id: 'F-119',
    stage: 'run',
    handling: 'ASK',
    title: 'the distribution may not read the bucket',
    noScenario: 'policies of buckets stand with the sites that read them',
  },
  {
    id: 'F-120',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the firewall is of the wrong scope, or the origin’s header differs',
    noScenario: 'firewalls are made where CloudFront takes them, and the header changes in both places',
  },
  {
    id: 'F-121',
    stage: 'del',
    handling: 'AUTO',
    title: 'the distribution has to be disabled first',
    noScenario: 'CloudFormation switches it off first, and waits',
  },
];
