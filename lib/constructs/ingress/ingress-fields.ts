import { parseAddress } from '../../address';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import { shown, type ObjectProblem } from '../objects/object-problem';

/** A host of a rule or of a TLS entry: a DNS name, or `*.` and a DNS name (networking/v1, IngressRule.host). */
export function hostProblems(field: string, host: string): ObjectProblem[] {
  if (isDnsSubdomain(host.replace(/^\*\./, '')) && !isAddress(host)) return [];
  return [
    {
      message: `${field} ${shown(host)} is not a host name`,
      help: isAddress(host)
        ? 'an Ingress tells hosts apart by name: use a DNS name, or leave the host out for all hosts'
        : `use a DNS name in lower case, without scheme, port and path; a * may stand for its first label only${suggestion(host)}`,
    },
  ];
}

function suggestion(host: string): string {
  const bare = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:?#]+)/i.exec(host)?.[1]?.toLowerCase();
  if (bare === undefined || bare === host || !isDnsSubdomain(bare.replace(/^\*\./, ''))) return '';
  return `: did you mean ${bare}?`;
}

function isAddress(text: string): boolean {
  try {
    parseAddress(text.replace(/^\[(.*)\]$/, '$1'));
    return true;
  } catch {
    return false;
  }
}

const FORBIDDEN_IN_PATHS = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_AT_THE_END = ['/..', '/.'];

/** Paths as the API server takes them (networking validation, validateIngressPath). */
export function pathProblems(path: string, pathType: string): ObjectProblem[] {
  if (!path.startsWith('/')) {
    return [{ message: `path ${shown(path)} does not begin with /`, help: `did you mean ${shown(`/${path}`)}?` }];
  }
  if (pathType === 'ImplementationSpecific') return [];
  const forbidden = [
    ...FORBIDDEN_IN_PATHS.filter((part) => path.includes(part)),
    ...FORBIDDEN_AT_THE_END.filter((part) => path.endsWith(part)),
  ];
  return forbidden.map((part) => ({
    message: `path ${shown(path)} contains ${part}, which paths of type ${pathType} must not`,
    help: 'write the path as requests have it after normalization, or use PathType.IMPLEMENTATION_SPECIFIC',
  }));
}
