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
  'ep-endpoints-without-service': ['warning NL246 Endpoints shop/db-external'],
  'ep-slice-family-mismatch': ['error NL244 EndpointSlice shop/db-1'],
  'gw-cert-other-namespace-no-grant': ['error NL441 Gateway infra/gw'],
  'gw-class-absent': ['error NL434 Gateway infra/gw'],
  'gw-http-with-tls': ['error NL430 Gateway infra/gw'],
  'gw-route-backend-port-absent': ['error NL440 HTTPRoute shop/web'],
  'gw-route-backend-port-missing': ['error NL431 HTTPRoute shop/web'],
  'gw-route-hostname-no-intersection': ['error NL438 HTTPRoute shop/web'],
  'gw-route-not-allowed-namespace': ['error NL437 HTTPRoute shop/web'],
  'ing-backend-externalname': ['warning NL416 Ingress shop/web', 'info NL408 Ingress shop/web'],
  'ing-class-annotation-and-field': ['error NL409 Ingress shop/web', 'info NL408 Ingress shop/web'],
  'ing-defaultbackend-absent': ['warning NL402 Ingress shop/web'],
  'ing-duplicate-path-one-object': ['warning NL417 Ingress shop/web', 'info NL408 Ingress shop/web'],
  'ing-nginx-snippet': ['warning NL414 Ingress shop/web', 'info NL408 Ingress shop/web'],
  'ing-no-tls': ['info NL408 Ingress shop/web'],
  'ing-path-relative': ['error NL406 Ingress shop/web', 'info NL408 Ingress shop/web'],
  'ing-portname-absent': ['error NL403 Ingress shop/web', 'info NL408 Ingress shop/web'],
  'ing-service-absent': ['error NL402 Ingress shop/web', 'info NL408 Ingress shop/web'],
  'ing-service-other-namespace': ['error NL402 Ingress shop/web', 'info NL408 Ingress shop/web'],
  'ing-tls-secret-two-hosts': ['warning NL412 Ingress shop/web'],
  'ing-two-same-host-path': [
    'error NL401 Ingress shop/web',
    'info NL408 Ingress shop/api',
    'info NL408 Ingress shop/web',
  ],
  'ing-v1beta1': ['error NL413 Ingress shop/web'],
  'ip-clusterip-duplicate': [
    'error NL201 Service shop/web',
    'warning NL206 Service api/api',
    'warning NL206 Service shop/web',
  ],
  'ip-clusterip-ipv4-mapped-ipv6': ['warning NL240 Service shop/web'],
  'ip-clusterip-leading-zeros': ['warning NL240 Service shop/web'],
  'ip-clusterip-outside-servicecidr': ['error NL204 Service shop/web'],
  'ip-dualstack-on-singlestack-cluster': ['error NL241 Service shop/web'],
  'ip-dualstack-same-family': ['error NL239 Service shop/web', 'error NL239 Service shop/web'],
  'ip-externalip-in-podcidr': ['error NL209 Service shop/web', 'warning NL221 Service shop/web'],
  'ip-externalips-duplicate': [
    'error NL212 Service shop/web',
    'warning NL221 Service shop/api',
    'warning NL221 Service shop/web',
  ],
  'ip-externalips-loopback': ['error NL236 Service shop/web', 'warning NL221 Service shop/web'],
  'ip-lb-outside-any-pool': ['error NL208 Service shop/web', 'info NL632 IPAddressPool metallb-system/public'],
  // Its Service sends UDP to a port that the pods declare for TCP.
  'ip-lb-shared-no-sharing-key': ['error NL203 Service shop/web', 'error NL211 Service shop/dns'],
  'ippool-blocksize-range': ['error NL605 IPPool p'],
  'ippool-crd-apiversion': ['warning NL606 IPPool p'],
  'ippool-host-bits': ['error NL604 IPPool p'],
  'ippool-overlap-disabled': ['warning NL601 IPPool new'],
  'metallb-pool-overlaps-nodes': [
    'error NL130 IPAddressPool metallb-system/a',
    'info NL632 IPAddressPool metallb-system/a',
  ],
  'metallb-pools-overlap': [
    'error NL631 IPAddressPool metallb-system/b',
    'info NL632 IPAddressPool metallb-system/a',
    'info NL632 IPAddressPool metallb-system/b',
  ],
  'np-and-or-confusion': ['warning NL511 NetworkPolicy shop/web'],
  'np-egress-rules-not-in-policytypes': ['error NL507 NetworkPolicy shop/web', 'info NL540 NetworkPolicy shop/web'],
  'np-egress-without-dns': ['warning NL515 NetworkPolicy shop/web'],
  'np-ipblock-bare-ip': ['error NL503 NetworkPolicy shop/web'],
  'np-ipblock-with-podselector': ['error NL502 NetworkPolicy shop/web'],
  'np-matchexpressions-exists-values': ['error NL506 NetworkPolicy shop/web'],
  'np-matchexpressions-operator': ['error NL506 NetworkPolicy shop/web'],
  'np-namespace-omitted': ['warning NL501 NetworkPolicy default/web'],
  'np-no-podselector': ['warning NL508 NetworkPolicy shop/web'],
  'np-service-port-not-container-port': ['error NL512 NetworkPolicy shop/web'],
  'np-wrong-namespace': ['warning NL501 NetworkPolicy default/web'],
  'pod-hostport-clash': ['error NL530 DaemonSet shop/b'],
  'pod-hostport-multi-replica': ['info NL531 Deployment shop/web'],
  'sts-servicename-absent': ['warning NL304 StatefulSet shop/db'],
  'sts-servicename-not-headless': ['warning NL304 StatefulSet shop/db'],
  'svc-duplicate-port-protocol': ['error NL233 Service shop/web'],
  'svc-externalname-clusterip': ['error NL234 Service shop/db'],
  'svc-externalname-dangling-internal': ['warning NL303 Service shop/db'],
  'svc-externalname-loop': ['error NL302 Service shop/a'],
  'svc-externalname-url': ['error NL301 Service shop/db'],
  'svc-externalname-with-port': ['error NL301 Service shop/db'],
  'svc-externaltrafficpolicy-on-clusterip': ['error NL234 Service shop/web'],
  'svc-multiport-unnamed': ['error NL232 Service shop/web', 'error NL232 Service shop/web'],
  'svc-name-starts-with-digit': ['error NL230 Service shop/3scale'],
  'svc-name-too-long': [`error NL230 Service shop/${'a'.repeat(64)}`],
  'svc-name-uppercase': ['error NL230 Service shop/Web'],
  'svc-nodeport-out-of-range': ['error NL207 Service shop/web'],
  'svc-protocol-lowercase': ['error NL231 Service shop/web'],
  'svc-selector-partial-match': ['error NL210 Service shop/web'],
  'svc-selectorless-no-endpoints': ['info NL248 Service shop/db'],
  'svc-sourceranges-on-nodeport': ['error NL234 Service shop/web'],
  'svc-targetport-number-mismatch': ['warning NL249 Service shop/web'],
  'yaml-anchors-aliases': ['warning NL210 Service shop/web'],
  'yaml-bom': ['error NL231 Service shop/web'],
  'yaml-crlf': ['error NL231 Service shop/web'],
  'yaml-default-namespace-duplicate': ['error NL910 Service default/web', 'warning NL210 Service default/web'],
  'yaml-duplicate-object-across-formats': ['error NL910 Service shop/web'],
  'yaml-label-key-invalid': ['error NL921 Service shop/web', 'error NL921 Service shop/web'],
  'yaml-list-kind': ['error NL910 Service shop/web'],
  // The namespace is lost in the white space, so that the selector looks for pods in another one.
  'yaml-nbsp': ['warning NL210 Service default/web'],
};

/**
 * Where our severity is another one: what is missing may be made by manifests outside of the input, which is never an error; a target port
 * beside the only one that the pods declare is more than a remark.
 */
const WARNINGS: ReadonlySet<string> = new Set([
  'ing-defaultbackend-absent',
  'svc-targetport-number-mismatch',
  'yaml-anchors-aliases',
  'yaml-nbsp',
]);

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
    expect(found.severity).toBe(WARNINGS.has(name) ? 'warning' : bad.severity);
  });
});
