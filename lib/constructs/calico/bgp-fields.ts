import { readAddress, readCidr, shown, type ObjectProblem } from '../object-problem';

export function cidrProblems(field: string, cidrs: readonly string[] | undefined): ObjectProblem[] {
  return (cidrs ?? []).flatMap((cidr, index) => readCidr(`${field}[${index}]`, cidr).problems);
}

/** `192.0.2.1`, `192.0.2.1:179`, `2001:db8::1` or `[2001:db8::1]:179`. */
export function peerIpProblems(peerIp: string): ObjectProblem[] {
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(peerIp) ?? [];
  const { problems } = readAddress('peerIp', bracketed ?? plain ?? peerIp);
  const portNumber = Number(port ?? 179);
  return [
    ...problems,
    ...(portNumber >= 1 && portNumber <= 65535
      ? []
      : [
          {
            message: `peerIp ${shown(peerIp)} has no port from 1 to 65535`,
            help: 'write the port of the router, usually 179, or none',
          },
        ]),
  ];
}
