/** An IP family of a cluster or a Service (`spec.ipFamilies`). */
export enum IpFamily {
  /** IPv4. */
  IPV4 = 'IPv4',
  /** IPv6. */
  IPV6 = 'IPv6',
}
