import { compareAddresses, formatAddress, IP_FAMILIES, type IpAddress, type IpFamily } from '../../address';
import { compareText } from '../../finding/finding';
import type { Problem } from '../../finding/problem';
import type { FieldMap } from '../../synth';
import { readAddress, repeated, shown } from '../objects/object-problem';
import { CONTRADICTING_PROPS, EMPTY_PROP } from '../objects/object-rules';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';

/** EndpointSlices hold at most 1000 endpoints (discovery/v1 EndpointSlice.endpoints). */
const ENDPOINTS_PER_SLICE = 1000;

interface Endpoint {
  readonly addresses: readonly string[];
  readonly hostname?: string;
  readonly ready?: boolean;
  readonly zone?: string;
  readonly nodeName?: string;
}

interface EndpointsPort {
  readonly port: number;
  readonly name?: string;
  readonly protocol?: string;
  readonly appProtocol?: string;
  readonly targetPort?: number;
}

/** `endpoints[]` of an EndpointSlice of discovery.k8s.io/v1. */
interface EndpointSpec {
  readonly addresses: readonly string[];
  readonly conditions?: { readonly ready: boolean };
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly zone?: string;
}

/** One EndpointSlice; its name is that of the Service and the suffix. */
export interface Slice {
  readonly suffix: string;
  readonly family: IpFamily;
  readonly endpoints: readonly EndpointSpec[];
  readonly ports: readonly Omit<EndpointsPort, 'targetPort'>[];
  readonly fields: FieldMap;
}

/** One address of an endpoint, and which of the props it is. */
interface Member {
  readonly endpoint: Endpoint;
  readonly index: number;
  /** Which of its addresses. */
  readonly place: number;
  readonly written: string;
  readonly address: IpAddress | undefined;
  readonly family: IpFamily;
}

/** The slices of a Service without selector, sorted by address, so that neither the order of endpoints nor a new one moves many of them. */
export function endpointSlices(endpoints: readonly Endpoint[], ports: readonly EndpointsPort[]): Slice[] {
  const slicePorts = ports.map(({ name, port, targetPort, protocol, appProtocol }) => ({
    // The name is what joins it to the port of the Service.
    name,
    port: targetPort ?? port,
    protocol,
    appProtocol,
  }));
  const members = endpoints.flatMap(membersOf).sort(compareMembers);
  return IP_FAMILIES.flatMap((family) => {
    const own = members.filter((member) => member.family === family);
    return chunks(own, ENDPOINTS_PER_SLICE).map((chunk, index) => ({
      suffix: index === 0 ? family.toLowerCase() : `${family.toLowerCase()}-${index + 1}`,
      family,
      endpoints: chunk.map(endpointSpec),
      ports: slicePorts,
      fields: sliceFields(chunk),
    }));
  });
}

export function familiesOfEndpoints(endpoints: readonly Endpoint[]): IpFamily[] {
  const families = new Set(endpoints.flatMap(membersOf).map(({ family }) => family));
  return IP_FAMILIES.filter((family) => families.has(family));
}

function membersOf(endpoint: Endpoint, index: number): Member[] {
  return endpoint.addresses.map((written, place) => {
    const { value: address } = readAddress('address', written);
    // What is no address is put where its author may have meant it to be: the rules say what is wrong with it.
    const family = address?.family ?? (written.includes(':') ? 'IPv6' : 'IPv4');
    return { endpoint, index, place, written, address, family };
  });
}

function compareMembers(a: Member, b: Member): number {
  if (a.address !== undefined && b.address !== undefined) return compareAddresses(a.address, b.address);
  if (a.address === undefined && b.address === undefined) return compareText(a.written, b.written);
  return a.address === undefined ? 1 : -1;
}

function endpointSpec({ endpoint: { hostname, ready, zone, nodeName }, address, written }: Member): EndpointSpec {
  return {
    addresses: [address === undefined ? written : formatAddress(address)],
    conditions: ready === undefined ? undefined : { ready },
    hostname,
    nodeName,
    zone,
  };
}

function sliceFields(members: readonly Member[]): FieldMap {
  return {
    props: {
      ...METADATA_PROPS,
      addressType: 'ipFamilies',
      endpoints: 'endpoints',
      'endpoints[]': 'endpoints[]',
      'endpoints[].addresses[]': 'endpoints[].addresses[]',
      'endpoints[].hostname': 'endpoints[].hostname',
      'endpoints[].nodeName': 'endpoints[].nodeName',
      'endpoints[].zone': 'endpoints[].zone',
      ports: 'ports',
      'ports[]': 'ports[]',
      'ports[].name': 'ports[].name',
      'ports[].port': 'ports[].targetPort',
      'ports[].protocol': 'ports[].protocol',
      'ports[].appProtocol': 'ports[].appProtocol',
    },
    subjects: { 'endpoints[].addresses[]': 'address', 'endpoints[].hostname': 'the hostname', 'ports[].port': 'port' },
    help: METADATA_HELP,
    placeInProps: (field) => {
      const [list, at, ...rest] = field;
      const member = list === 'endpoints' && typeof at === 'number' ? members.at(at) : undefined;
      if (member === undefined) return field;
      return rest[0] === 'addresses' ? [list, member.index, 'addresses', member.place] : [list, member.index, ...rest];
    },
  };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** What the slices do not show: they are made of what is there. */
export function endpointsProblems(endpoints: readonly Endpoint[], headless: boolean): Problem[] {
  return [
    ...(endpoints.length > 0
      ? []
      : [
          {
            rule: EMPTY_PROP,
            message: 'the Service has no endpoints',
            help: 'give at least one endpoint with its address',
          },
        ]),
    ...endpoints.flatMap((endpoint, index) => endpointProblems(`endpoints[${index}]`, endpoint, headless)),
  ];
}

function endpointProblems(prop: string, endpoint: Endpoint, headless: boolean): Problem[] {
  const { hostname } = endpoint;
  const members = membersOf(endpoint, 0);
  const families = members.flatMap(({ address }) => address?.family ?? []);
  return [
    ...(members.length > 0 ? [] : [{ rule: EMPTY_PROP, message: `${prop} has no address`, help: 'give its address' }]),
    ...repeated(families).map((family) => ({
      rule: CONTRADICTING_PROPS,
      message: `${prop} has several ${family} addresses, of which only the first would be used`,
      help: 'write an endpoint for each machine, with at most one address of each family',
    })),
    ...(hostname === undefined || headless
      ? []
      : [
          {
            rule: CONTRADICTING_PROPS,
            message: `${prop}.hostname is ${shown(hostname)}, and only headless Services give their endpoints names`,
            help: 'set headless: true, or leave the hostname out',
          },
        ]),
  ];
}
