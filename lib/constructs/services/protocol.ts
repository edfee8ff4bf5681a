/** A transport protocol of a port. */
export enum Protocol {
  /** TCP. */
  TCP = 'TCP',
  /** UDP. */
  UDP = 'UDP',
  /** SCTP: only where the network plugin and the nodes support it. */
  SCTP = 'SCTP',
}
