import type { k8s } from 'cdk8s-plus-28';
import { compareAddresses, formatAddress, IP_FAMILIES, type IpAddress, type IpFamily } from '../../address';
import { isDnsLabel } from '../../syntax/name-syntax';
import { repeated, shown, type ObjectProblem } from '../objects/object-problem';
import { readRoutableAddress } from './service-fields';

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

/** One EndpointSlice; its name is that of the Service and the suffix. */
export interface Slice {
  readonly suffix: string;
  readonly family: IpFamily;
  readonly endpoints: k8s.Endpoint[];
  readonly ports: k8s.EndpointPort[];
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
  return IP_FAMILIES.flatMap((family) => {
    const members = endpoints
      .flatMap((endpoint) => addressesOf(endpoint, family).map((address) => ({ endpoint, address })))
      .sort((a, b) => compareAddresses(a.address, b.address));
    return chunks(members, ENDPOINTS_PER_SLICE).map((chunk, index) => ({
      suffix: index === 0 ? family.toLowerCase() : `${family.toLowerCase()}-${index + 1}`,
      family,
      endpoints: chunk.map(({ endpoint, address }) => endpointSpec(endpoint, address)),
      ports: slicePorts,
    }));
  });
}

export function familiesOfEndpoints(endpoints: readonly Endpoint[]): IpFamily[] {
  return IP_FAMILIES.filter((family) => endpoints.some((endpoint) => addressesOf(endpoint, family).length > 0));
}

function endpointSpec({ hostname, ready, zone, nodeName }: Endpoint, address: IpAddress): k8s.Endpoint {
  return {
    addresses: [formatAddress(address)],
    conditions: ready === undefined ? undefined : { ready },
    hostname,
    nodeName,
    zone,
  };
}

function addressesOf(endpoint: Endpoint, family: IpFamily): IpAddress[] {
  return endpoint.addresses.flatMap((text) => {
    const { value } = readRoutableAddress('address', text);
    return value?.family === family ? [value] : [];
  });
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

export function endpointsProblems(endpoints: readonly Endpoint[], headless: boolean): ObjectProblem[] {
  const canonical = endpoints.flatMap(({ addresses }) =>
    addresses.flatMap((text) => {
      const { value } = readRoutableAddress('address', text);
      return value === undefined ? [] : [formatAddress(value)];
    }),
  );
  return [
    ...(endpoints.length > 0
      ? []
      : [{ message: 'the Service has no endpoints', help: 'give at least one endpoint with its address' }]),
    ...endpoints.flatMap((endpoint, index) => endpointProblems(`endpoints[${index}]`, endpoint, headless)),
    ...repeated(canonical).map((address) => ({
      message: `endpoint ${address} stands twice in endpoints`,
      help: 'name each address once',
    })),
  ];
}

function endpointProblems(field: string, { addresses, hostname }: Endpoint, headless: boolean): ObjectProblem[] {
  const readings = addresses.map((text, index) => readRoutableAddress(`${field}.addresses[${index}]`, text));
  return [
    ...(addresses.length > 0 ? [] : [{ message: `${field} has no address`, help: 'give its address' }]),
    ...readings.flatMap(({ problems }) => problems),
    ...repeated(readings.flatMap(({ value }) => (value === undefined ? [] : [value.family]))).map((family) => ({
      message: `${field} has several ${family} addresses, of which only the first would be used`,
      help: 'write an endpoint for each machine, with at most one address of each family',
    })),
    ...(hostname === undefined || isDnsLabel(hostname)
      ? []
      : [
          {
            message: `${field}.hostname ${shown(hostname)} is not a DNS label`,
            help: 'use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last',
          },
        ]),
    ...(hostname === undefined || headless
      ? []
      : [
          {
            message: `${field}.hostname is ${shown(hostname)}, and only headless Services give their endpoints names`,
            help: 'set headless: true, or leave the hostname out',
          },
        ]),
  ];
}
