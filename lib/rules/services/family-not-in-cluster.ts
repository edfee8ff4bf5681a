import { IP_FAMILIES, type IpFamily } from '../../address';
import type { Problem } from '../../finding/problem';
import { apiServerCidrs, at, flatMap, list, member, type Service } from '../../model';
import { cidrList } from '../addresses';
import type { NetworkRule } from '../network-rule';

/**
 * initIPFamilyFields of pkg/registry/core/service/storage/alloc.go. PreferDualStack takes what there is, and a ServiceCIDR enables no family
 * that the API server was not started with (pkg/registry/core/rest, storage_core.go).
 */
export const familyNotInCluster: NetworkRule = {
  code: 'NL241',
  slug: 'family-not-in-cluster',
  severity: 'error',
  title: 'A Service asks for an IP family that the cluster has no service CIDR for',
  needs: ['serviceCidrs'],
  concerns: ({ services }) =>
    services.some(({ object }) =>
      ['ipFamilies', 'ipFamilyPolicy'].some((field) => at(object.manifest, 'spec', field) !== undefined),
    ),
  check({ services, givenFacts, statements }, report) {
    const cidrs = apiServerCidrs(givenFacts, statements) ?? [];
    const families = new Set(cidrs.map(({ family }) => family));
    for (const { setting, object, entries } of statements.ranges) {
      if (setting !== 'ServiceCIDR') continue;
      for (const { cidr, path } of entries) {
        if (cidr === undefined || families.has(cidr.family)) continue;
        report({
          on: object,
          field: path,
          severity: 'warning',
          message: `the ServiceCIDR has ${cidr.family}, and the API server was started with ${cidrList(cidrs)}: Services get no ${cidr.family} address`,
          help: `add a range of ${cidr.family} to service-cluster-ip-range of the API server`,
        });
      }
    }
    for (const service of services) {
      // Endpoints of a headless Service without selector are somebody else's, of whatever family.
      if (service.type === 'ExternalName' || (service.headless && service.selector === undefined)) continue;
      for (const problem of familyProblems(service, families, cidrList(cidrs)))
        report({ on: service.object, ...problem });
    }
  },
};

function familyProblems(service: Service, families: ReadonlySet<IpFamily>, ranges: string): readonly Problem[] {
  const spec = member(service.object.manifest, 'spec');
  const absent = flatMap(list(member(spec, 'ipFamilies')), (value, index): readonly Problem[] => {
    const family = IP_FAMILIES.find((known) => known === value);
    if (family === undefined || families.has(family)) return [];
    return [
      {
        field: ['spec', 'ipFamilies', index],
        message: `the Service asks for an ${family} address, and the service CIDR is ${ranges}`,
        help: `remove ${family}, or give the cluster a service CIDR of that family`,
      },
    ];
  });
  if (absent.length > 0 || families.size > 1 || member(spec, 'ipFamilyPolicy') !== 'RequireDualStack') return absent;
  return [
    {
      field: ['spec', 'ipFamilyPolicy'],
      message: `ipFamilyPolicy is RequireDualStack, and the service CIDR is ${ranges}`,
      help: 'use PreferDualStack, which takes a second address where the cluster has one',
    },
  ];
}
