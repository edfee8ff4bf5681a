import { portProblems, readAddress, readCidr, type ObjectProblem } from '../objects/object-problem';

export function cidrProblems(field: string, cidrs: readonly string[] | undefined): ObjectProblem[] {
  return (cidrs ?? []).flatMap((cidr, index) => readCidr(`${field}[${index}]`, cidr).problems);
}

/** `192.0.2.1`, `192.0.2.1:179`, `2001:db8::1` or `[2001:db8::1]:179`. */
export function peerIpProblems(peerIp: string): ObjectProblem[] {
  const groups = /^(?:\[(?<bracketed>.*)\]|(?<plain>[^:]*))(?::(?<port>\d+))?$/.exec(peerIp)?.groups as
    Partial<Record<'bracketed' | 'plain' | 'port', string>> | undefined;
  return [
    ...readAddress('peerIp', groups?.bracketed ?? groups?.plain ?? peerIp).problems,
    ...(groups?.port === undefined ? [] : portProblems('the port of peerIp', Number(groups.port))),
  ];
}
