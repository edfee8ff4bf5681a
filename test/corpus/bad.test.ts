import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareFindings, type Finding, objectText } from '../../lib/finding/finding';
import { networkModel } from '../../lib/model';
import { NETWORK_RULES, runRules } from '../../lib/rules';
import { facts } from '../rules/expectations';
import { CORPUS, describeCorpus, manifests } from './corpus';

/** What a case says about itself. */
interface BadCase {
  readonly problem: string;
  /** `Kind/namespace/name` */
  readonly object: string;
  readonly severity: string;
  readonly context?: {
    readonly serviceCIDRs?: readonly string[];
    readonly podCIDRs?: readonly string[];
    readonly nodeCIDRs?: readonly string[];
    readonly nodePortRange?: string;
  };
}

/** What the rules say about each case; about all others they say nothing. The first line of each case is its problem. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'ing-defaultbackend-absent': ['warning NL402 Ingress shop/web'],
  'ing-portname-absent': ['error NL403 Ingress shop/web'],
  'ing-service-absent': ['error NL402 Ingress shop/web'],
  'ing-service-other-namespace': ['error NL402 Ingress shop/web'],
  'ing-two-same-host-path': ['error NL401 Ingress shop/web'],
  'ip-clusterip-duplicate': [
    'error NL201 Service shop/web',
    'warning NL206 Service api/api',
    'warning NL206 Service shop/web',
  ],
  'ip-clusterip-outside-servicecidr': ['error NL204 Service shop/web'],
  'ip-externalip-in-podcidr': ['error NL209 Service shop/web'],
  'ip-externalips-duplicate': ['error NL212 Service shop/web'],
  // Its Service sends UDP to a port that the pods declare for TCP.
  'ip-lb-shared-no-sharing-key': ['error NL203 Service shop/web', 'error NL211 Service shop/dns'],
  'ippool-overlap-disabled': ['warning NL601 IPPool new'],
  'np-namespace-omitted': ['warning NL501 NetworkPolicy default/web'],
  'np-wrong-namespace': ['warning NL501 NetworkPolicy default/web'],
  'svc-nodeport-out-of-range': ['error NL207 Service shop/web'],
  'svc-protocol-lowercase': ['error NL211 Service shop/web'],
  'svc-selector-partial-match': ['error NL210 Service shop/web'],
  'yaml-anchors-aliases': ['warning NL210 Service shop/web'],
  'yaml-default-namespace-duplicate': ['error NL910 Service default/web', 'warning NL210 Service default/web'],
  'yaml-duplicate-object-across-formats': ['error NL910 Service shop/web'],
  'yaml-list-kind': ['error NL910 Service shop/web'],
  // The namespace is lost in the white space, so that the selector looks for pods in another one.
  'yaml-nbsp': ['warning NL210 Service default/web'],
};

/** Where our severity is another one: what is missing may be made by manifests outside of the input, which is never an error. */
const MILDER: ReadonlySet<string> = new Set(['ing-defaultbackend-absent', 'yaml-anchors-aliases', 'yaml-nbsp']);

describeCorpus('manifests with one known defect', () => {
  const folder = join(CORPUS, 'bad');
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []));

  function read(name: string): { bad: BadCase; findings: Finding[] } {
    const bad = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as BadCase;
    const model = networkModel(
      manifests(join(folder, `${name}.yaml`)),
      facts({
        serviceCidrs: bad.context?.serviceCIDRs?.join(','),
        podCidrs: bad.context?.podCIDRs?.join(','),
        nodeCidrs: bad.context?.nodeCIDRs?.join(','),
        nodePortRange: bad.context?.nodePortRange,
      }),
    );
    return { bad, findings: [...runRules(NETWORK_RULES, model).findings].sort(compareFindings) };
  }

  test('every case that is expected is there', () => {
    expect(Object.keys(EXPECTED).filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each(names)('%s', (name) => {
    const texts = read(name).findings.map(({ severity, code, object }) => `${severity} ${code} ${objectText(object)}`);
    expect(texts).toEqual(EXPECTED[name] ?? []);
  });

  test.each(Object.keys(EXPECTED))('%s: on the right object, with the right severity', (name) => {
    const {
      bad,
      findings: [found],
    } = read(name);
    // A conflict has two parties. Which of them comes first must not depend on the order of reading: by name, not by place.
    const parties = [found.object, ...found.related.map(({ object }) => object)].map(objectText);
    const [kind, namespace, object] = bad.object.split('/');
    expect(parties).toContain(kind === 'IPPool' ? `${kind} ${object}` : `${kind} ${namespace || 'default'}/${object}`);
    expect(found.severity).toBe(MILDER.has(name) ? 'warning' : bad.severity);
  });
});
