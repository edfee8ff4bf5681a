import type { Problem } from '../../finding/problem';
import {
  below,
  type ClusterFacts,
  concat,
  type FieldPath,
  flatMap,
  isDnsLabel,
  isDnsSubdomain,
  list,
  member,
} from '../../model';
import { checkEach, isSet, oneOf, shown } from '../field-problem';
import { isAtLeast } from '../kubernetes-version';
import type { NetworkRule } from '../network-rule';
import { nodeNameProblems } from '../node-name';
import { readIpText } from '../services/ip-text';
import { nearestWord } from '../../plan';
import { type PodSpec, podSpecs } from '../pods/pod-specs';

const POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];
/** MaxDNSNameservers, MaxDNSSearchPaths and MaxDNSSearchListChars of pkg/apis/core/validation. */
const MOST_SERVERS = 3;
const MOST_SEARCHES = 32;
const LONGEST_SEARCH_LIST = 2048;

/** validateDNSPolicy, validatePodDNSConfig, validateHostAliases and ValidatePodSpec of pkg/apis/core/validation. */
export const podDnsSettingsInvalid: NetworkRule = {
  code: 'NL310',
  slug: 'pod-dns-settings-invalid',
  fixable: true,
  severity: 'error',
  title: 'Pods have DNS settings, host names or a node name that the API server refuses',
  layer: 'object',
  check: checkEach(podSpecs, podProblems),
};

function podProblems({ path, spec }: PodSpec, facts: ClusterFacts): readonly Problem[] {
  const policy = member(spec, 'dnsPolicy');
  return concat(
    policyProblems(policy, below(path, 'dnsPolicy')),
    configProblems(member(spec, 'dnsConfig'), policy, path, facts),
    flatMap(['hostname', 'subdomain'], (name) => labelProblems(name, member(spec, name), below(path, name))),
    nodeNameProblems(member(spec, 'nodeName') === '' ? undefined : member(spec, 'nodeName'), below(path, 'nodeName')),
    overrideProblems(spec, below(path, 'hostnameOverride'), facts),
    flatMap(list(member(spec, 'hostAliases')), (alias, index) =>
      aliasProblems(alias, below(path, 'hostAliases', index), facts),
    ),
  );
}

function policyProblems(policy: unknown, field: FieldPath): readonly Problem[] {
  if (!isSet(policy) || policy === '' || POLICIES.some((known) => known === policy)) return [];
  const near = typeof policy === 'string' ? nearestWord(policy, POLICIES) : null;
  return [
    {
      field,
      message: `dnsPolicy is ${shown(policy)}, and must be ${oneOf(POLICIES)}`,
      help: near === null ? 'leave it out for ClusterFirst' : `write ${near}`,
    },
  ];
}

function configProblems(config: unknown, policy: unknown, path: FieldPath, facts: ClusterFacts): readonly Problem[] {
  const under = below(path, 'dnsConfig');
  const servers = list(member(config, 'nameservers'));
  const searches = list(member(config, 'searches'));
  if (policy === 'None' && servers.length === 0) {
    return [
      {
        field: isSet(config) ? under : below(path, 'dnsPolicy'),
        message: 'dnsPolicy is None, and there are no nameservers',
        help: 'give dnsConfig.nameservers, or leave dnsPolicy out for the DNS of the cluster',
      },
    ];
  }
  return concat(
    limit(servers.length, MOST_SERVERS, 'nameservers', below(under, 'nameservers')),
    limit(searches.length, MOST_SEARCHES, 'search domains', below(under, 'searches')),
    limit(searches.join(' ').length, LONGEST_SEARCH_LIST, 'characters in its search domains', below(under, 'searches')),
    flatMap(
      servers,
      (server, index) => readIpText('nameserver', server ?? '', below(under, 'nameservers', index), facts).problems,
    ),
    flatMap(searches, (search, index) =>
      isSearchDomain(search, facts)
        ? []
        : [
            {
              field: below(under, 'searches', index),
              message: `the search domain ${shown(search)} is not a DNS name`,
              help: 'write a DNS name such as svc.example.com',
            },
          ],
    ),
    flatMap(list(member(config, 'options')), (option, index) =>
      isSet(member(option, 'name')) && member(option, 'name') !== ''
        ? []
        : [
            {
              field: below(under, 'options', index),
              message: 'the DNS option has no name',
              help: 'give name, such as ndots',
            },
          ],
    ),
  );
}

/** A dot alone is the root; underscores are taken since Kubernetes 1.34 (KEP-4427). */
function isSearchDomain(value: unknown, facts: ClusterFacts): boolean {
  if (typeof value !== 'string') return false;
  const domain = value.replace(/\.$/, '');
  return value === '.' || isDnsSubdomain(isAtLeast(facts, 34) ? domain.replaceAll('_', 'x') : domain);
}

function limit(count: number, most: number, what: string, field: FieldPath): readonly Problem[] {
  if (count <= most) return [];
  return [{ field, message: `dnsConfig has ${count} ${what}, and may have ${most}`, help: 'remove the others' }];
}

function labelProblems(name: string, value: unknown, field: FieldPath): readonly Problem[] {
  if (!isSet(value) || value === '' || (typeof value === 'string' && isDnsLabel(value))) return [];
  return [
    {
      field,
      message: `${name} ${shown(value)} is not a DNS label`,
      help: 'use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last',
    },
  ];
}

/** What the kernel takes for the name of a host. */
const LONGEST_HOST_NAME = 64;

/** The first minor version that has the feature HostnameOverride on by default. */
const OVERRIDE_SINCE = 35;

function tooNew(field: FieldPath): Problem {
  return {
    field,
    severity: 'warning',
    message: `hostnameOverride is dropped before Kubernetes 1.${OVERRIDE_SINCE}`,
    help: 'use hostname, subdomain and setHostnameAsFQDN',
  };
}

/** KEP-4762: the name that the pod sees, whatever DNS says. */
function overrideProblems(spec: unknown, field: FieldPath, facts: ClusterFacts): readonly Problem[] {
  const name = member(spec, 'hostnameOverride');
  if (!isSet(name) || name === '') return [];
  if (typeof name !== 'string' || !isDnsSubdomain(name) || name.length > LONGEST_HOST_NAME) {
    return [
      {
        field,
        message: `hostnameOverride ${shown(name)} is not a host name`,
        help: `use a DNS name in lower case of at most ${LONGEST_HOST_NAME} characters`,
      },
    ];
  }
  const other = ['hostNetwork', 'setHostnameAsFQDN'].find((setting) => member(spec, setting) === true);
  if (other === undefined) return isAtLeast(facts, OVERRIDE_SINCE) ? [] : [tooNew(field)];
  return [
    {
      field,
      message: `hostnameOverride is set together with ${other}, and the pods have one host name`,
      help: `leave ${other} or hostnameOverride out`,
    },
  ];
}

function aliasProblems(alias: unknown, path: FieldPath, facts: ClusterFacts): readonly Problem[] {
  return concat(
    readIpText('ip of a host alias', member(alias, 'ip') ?? '', below(path, 'ip'), facts).problems,
    flatMap(list(member(alias, 'hostnames')), (hostname, index) =>
      typeof hostname === 'string' && isDnsSubdomain(hostname)
        ? []
        : [
            {
              field: below(path, 'hostnames', index),
              message: `the host alias ${shown(hostname)} is not a host name`,
              help: 'use a DNS name in lower case',
            },
          ],
    ),
  );
}
