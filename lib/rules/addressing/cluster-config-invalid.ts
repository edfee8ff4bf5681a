import type { Problem } from '../../finding/problem';
import {
  at,
  below,
  concat,
  type ConfigDocument,
  extraArgument,
  type FieldPath,
  flatMap,
  isDnsSubdomain,
  list,
  member,
  type ModelObject,
  nonEmpty,
  readCidr,
  readIpAddress,
  readMaskedCidr,
  staticPodArgument,
  text,
} from '../../model';
import { addressProblem } from '../address-problem';
import { isSet, oneOf, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

const COMPONENTS = ['apiServer', 'controllerManager', 'scheduler'];
const PROXY_MODES = ['iptables', 'ipvs', 'nftables', 'kernelspace'];
const LOCAL_MODES = ['ClusterCIDR', 'NodeCIDR', 'BridgeInterface', 'InterfaceNamePrefix'];
const NODE_PORTS = 'service-node-port-range';
const LAST_PORT = 65535;

/** kubeadm decodes strictly; `validateProxyMode` and `validateDetectLocalMode` of kube-proxy; `ParsePortRange` of apimachinery. */
export const clusterConfigInvalid: NetworkRule = {
  code: 'NL160',
  slug: 'cluster-config-invalid',
  severity: 'error',
  layer: 'object',
  title: 'A component of the cluster does not start with its configuration',
  check(model, report) {
    for (const config of model.configs) {
      for (const { field = [], ...problem } of problemsOf(config)) {
        report({ on: config.object, field: config.fieldOf(field), ...problem });
      }
    }
    for (const object of model.ofKind('Pod')) {
      for (const problem of apiServerProblems(object)) report({ on: object, ...problem });
    }
  },
};

/** The options of kube-apiserver that exclude each other (cmd/kube-apiserver/app/options/validation.go). */
function apiServerProblems(object: ModelObject): readonly Problem[] {
  const argument = (name: string): ReturnType<typeof staticPodArgument> =>
    staticPodArgument(object, 'kube-apiserver', name);
  const ranges = argument(NODE_PORTS);
  return concat(
    flatMap(ranges, ({ path, content }) => portRangeProblems(path, content)),
    flatMap(argument('kubernetes-service-node-port'), ({ path, content }) =>
      ownPortProblems(path, Number(content), ranges.at(0)?.content ?? USUAL_NODE_PORTS),
    ),
    flatMap(argument('advertise-address'), ({ path, content }) =>
      argument('endpoint-reconciler-type').at(0)?.content === 'none'
        ? []
        : familyProblems(path, content, argument('service-cluster-ip-range').at(0)?.content ?? ''),
    ),
  );
}

const USUAL_NODE_PORTS = '30000-32767';

function ownPortProblems(field: FieldPath, port: number, range: string): readonly Problem[] {
  const bounds = /^([0-9]+)-([0-9]+)$/.exec(range.trim());
  if (bounds === null || port === 0 || (Number(bounds[1]) <= port && port <= Number(bounds[2]))) return [];
  return [
    {
      field,
      message: `kubernetes-service-node-port ${port} is outside of the node ports, ${range}`,
      help: 'choose a port of the range, or 0 for none',
    },
  ];
}

function familyProblems(field: FieldPath, advertised: string, ranges: string): readonly Problem[] {
  const address = readIpAddress(advertised);
  const primary = readCidr(ranges.split(',')[0].trim());
  if (address === undefined || primary === undefined || address.family === primary.family) return [];
  return [
    {
      field,
      message: `advertise-address ${advertised} is ${address.family}, and the first range of service-cluster-ip-range is ${primary.family}`,
      help: `advertise an ${primary.family} address, or name the ${address.family} range first`,
    },
  ];
}

function problemsOf(config: ConfigDocument): readonly Problem[] {
  if (config.kind === 'ClusterConfiguration') {
    return concat(
      argumentProblems(config),
      endpointProblems(config),
      certificateNameProblems(config),
      flatMap(extraArgument(config, 'apiServer', NODE_PORTS), ({ path, content }) => portRangeProblems(path, content)),
    );
  }
  if (config.kind === 'KubeProxyConfiguration') {
    return concat(
      wordProblems(config, 'mode', PROXY_MODES),
      wordProblems(config, 'detectLocalMode', LOCAL_MODES),
      addressProblems(config, ['bindAddress']),
      nodePortAddressProblems(config),
    );
  }
  if (config.kind === 'InitConfiguration' || config.kind === 'JoinConfiguration') {
    const path = config.kind === 'InitConfiguration' ? API_ENDPOINT : ['controlPlane', ...API_ENDPOINT];
    return concat(
      addressProblems(config, below(path, 'advertiseAddress')),
      portProblems(config, below(path, 'bindPort')),
    );
  }
  return config.kind === 'K3sConfig'
    ? portRangeProblems([NODE_PORTS], text(member(config.value, NODE_PORTS)) ?? '')
    : [];
}

/** A map until v1beta3, a list of names and values since v1beta4. */
function argumentProblems({ value }: ConfigDocument): readonly Problem[] {
  const version = /\/v1beta([0-9]+)$/.exec(text(member(value, 'apiVersion')) ?? '')?.[1];
  if (version === undefined) return [];
  const isList = Number(version) >= 4;
  return flatMap(COMPONENTS, (component): readonly Problem[] => {
    const field = [component, 'extraArgs'];
    const given = at(value, ...field);
    if (!isSet(given) || Array.isArray(given) === isList) return [];
    return [
      {
        field,
        message: `extraArgs of v1beta${version} is ${isList ? 'a list of names and values' : 'a map'}, and this is ${shown(given)}`,
        help: isList ? 'write a list of { name: …, value: … }' : 'write a map of names and values, or use v1beta4',
      },
    ];
  });
}

const API_ENDPOINT = ['localAPIEndpoint'];

function addressProblems({ value }: ConfigDocument, field: FieldPath): readonly Problem[] {
  const given = nonEmpty(at(value, ...field));
  const problem = given === undefined ? undefined : addressProblem(given);
  if (problem === undefined) return [];
  return [{ field, message: `${String(field.at(-1))}: ${problem.message}`, help: problem.help }];
}

function portProblems({ value }: ConfigDocument, field: FieldPath): readonly Problem[] {
  const given = at(value, ...field);
  // 0 is the usual port.
  if (!isSet(given) || given === 0 || isPort(given)) return [];
  return [
    {
      field,
      message: `${String(field.at(-1))} is ${shown(given)}, which is no port`,
      help: `write a port from 1 to ${LAST_PORT}`,
    },
  ];
}

function isPort(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LAST_PORT;
}

/** kubeadm `ParseHostPort`. */
function endpointProblems({ value }: ConfigDocument): readonly Problem[] {
  const given = nonEmpty(at(value, 'controlPlaneEndpoint'));
  if (given === undefined || isEndpoint(given)) return [];
  return [
    {
      field: ['controlPlaneEndpoint'],
      message: `controlPlaneEndpoint is ${shown(given)}, which is no host with or without a port`,
      help: 'write an address or a DNS name, and after a colon the port: api.example.com:6443',
    },
  ];
}

function isEndpoint(written: string): boolean {
  const [, inBrackets, plain, port] = (/^(?:\[([^\]]*)\]|([^:]*))(?::([0-9]{1,5}))?$/.exec(written) ?? []) as readonly (
    string | undefined
  )[];
  const host = inBrackets ?? plain ?? written;
  const isHost = readIpAddress(host) !== undefined || (inBrackets === undefined && isDnsSubdomain(host));
  return isHost && (port === undefined || isPort(Number(port)));
}

/** kubeadm `ValidateCertSANs`. */
function certificateNameProblems({ value }: ConfigDocument): readonly Problem[] {
  return flatMap(list(at(value, 'apiServer', 'certSANs')), (name, index) => {
    const written = text(name);
    const isName =
      written !== undefined &&
      (readIpAddress(written) !== undefined || isDnsSubdomain(written) || isDnsSubdomain(written.replace(/^\*\./, '')));
    if (isName) return [];
    return [
      {
        field: ['apiServer', 'certSANs', index],
        message: `certSANs: ${shown(name)} is neither an IP address nor a DNS name`,
        help: 'write the address or the name under which clients reach the API server, without port',
      },
    ];
  });
}

/** Since Kubernetes 1.29 the word `primary` stands for the addresses of the node. */
function nodePortAddressProblems({ value }: ConfigDocument): readonly Problem[] {
  return flatMap(list(member(value, 'nodePortAddresses')), (entry, index) => {
    const written = text(entry);
    if (written === 'primary' || readMaskedCidr(written) !== undefined) return [];
    return [
      {
        field: ['nodePortAddresses', index],
        message: `nodePortAddresses: ${shown(entry)} is no CIDR`,
        help:
          readIpAddress(written) === undefined
            ? 'write CIDRs'
            : `write ${written ?? ''}/${written?.includes(':') ? 128 : 32}`,
      },
    ];
  });
}

function wordProblems({ value }: ConfigDocument, field: string, words: readonly string[]): readonly Problem[] {
  const given = nonEmpty(member(value, field));
  if (given === undefined || words.includes(given)) return [];
  return [
    {
      field: [field],
      message: `${field} is ${shown(given)}, and must be ${oneOf(words)}`,
      help: `write ${oneOf(words)}, or leave it out`,
    },
  ];
}

function portRangeProblems(field: FieldPath, content: string): readonly Problem[] {
  const written = content.trim();
  if (written === '' || isPortRange(written)) return [];
  return [
    {
      field,
      message: `${NODE_PORTS} is ${shown(content)}, which is no range of ports`,
      help: 'write the first and the last port, such as 30000-32767',
    },
  ];
}

/** `first-last`, `first+more`, or one port. */
function isPortRange(written: string): boolean {
  if (!/^[0-9]{1,5}([-+][0-9]{1,5})?$/.test(written)) return false;
  const [first, second = first] = written.split(/[-+]/).map(Number);
  const last = written.includes('+') ? first + second : second;
  return first <= last && last <= LAST_PORT;
}
