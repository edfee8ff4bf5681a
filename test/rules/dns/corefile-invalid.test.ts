import { corefileInvalid } from '../../../lib/rules/dns/corefile-invalid';
import { testRule } from '../expectations';

function corefile(content: string, name = 'coredns'): string {
  return `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}, namespace: kube-system }, data: { Corefile: ${JSON.stringify(content)} } }`;
}

const DNS_SERVICE = `
      - Service kube-system/kube-dns: { clusterIP: 10.96.0.10, selector: { k8s-app: kube-dns }, ports: [{ port: 53, protocol: UDP }] }`;

const USUAL = `.:53 {
    errors
    health {
        lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
        max_concurrent 1000
    }
    cache 30 {
        disable success cluster.local
    }
    loop # detects circles
    reload
    loadbalance
}
`;

testRule(corefileInvalid, [
  {
    name: 'prometheus twice; health may be there twice',
    input: corefile(
      '.:53 {\n health\n health :8081\n prometheus :9153\n prometheus :9154\n forward . /etc/resolv.conf\n}\n',
    ),
    expected: [
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      the plugin prometheus is there twice in the server block .:53
      help: CoreDNS does not start: make one of them
      `,
    ],
  },
  {
    name: 'a plugin that is there twice, and reverse zones alone',
    input: corefile(
      'cluster.local {\n kubernetes\n kubernetes in-addr.arpa\n hosts a\n hosts b\n}\n10.in-addr.arpa {\n kubernetes\n}\n',
    ),
    expected: [
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      the plugin hosts is there twice in the server block cluster.local:53
      help: CoreDNS does not start: make one of them
      `,
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      the plugin kubernetes has no zone but those of addresses: 10.in-addr.arpa
      help: CoreDNS does not start: name the domain of the cluster first, such as cluster.local
      `,
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      the plugin kubernetes is there twice in the server block cluster.local:53
      help: CoreDNS does not start: list all zones behind one kubernetes, or give the other one a server block of its own
      `,
    ],
  },
  {
    name: 'two server blocks for one zone, of which one has the port that is usual',
    input: corefile(`${USUAL}. {\n forward . 192.0.2.53\n}\n`),
    expected: [
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      two server blocks are for .:53
      help: CoreDNS does not start: put their plugins into one
      `,
    ],
  },
  {
    name: 'zones that the plugin is never asked for, and one that another server block takes',
    input: corefile(
      'svc.example:53 {\n kubernetes svc.example cluster.local\n}\n.:1053 {\n kubernetes eu.corp.example\n}\ncorp.example:1053 {\n forward . 192.0.2.53\n}\n',
    ),
    expected: [
      `
      warning NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      the plugin kubernetes is to answer for cluster.local, and the server block is asked for svc.example:53 alone
      help: add cluster.local to the zones before the brace
      `,
      `
      warning NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      the server block corp.example:1053 answers for eu.corp.example, and not the plugin kubernetes of .:1053
      help: the longest zone around a name wins: take the server block out, or put the plugin into it
      `,
    ],
  },
  {
    name: 'forward to the cluster DNS itself, with and without the plugin that notices',
    input: `${corefile(USUAL.replace('/etc/resolv.conf', '192.0.2.53 10.96.0.10:53'))}${DNS_SERVICE}${corefile('. {\n forward . [::1]:53\n}', 'edge-coredns')}`,
    expected: [
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      the server block .:53 forwards to 10.96.0.10:53, which is CoreDNS itself
      help: the plugin loop ends the process: forward to /etc/resolv.conf, or to name servers outside of the cluster
      `,
      `
      warning NL312 corefile-invalid
      on ConfigMap kube-system/edge-coredns at data.Corefile
      the server block .:53 forwards to [::1]:53, which is CoreDNS itself
      help: lookups go around in circles: forward to /etc/resolv.conf, or to name servers outside of the cluster
      `,
    ],
  },
  {
    name: 'the cache on the nodes binds the address that it forwards to',
    input: corefile(
      'cluster.local:53 {\n bind 169.254.20.10 10.96.0.10\n loop\n forward . 10.96.0.10 {\n force_tcp\n }\n}\nip6.arpa:53 {\n bind 10.96.0.10\n forward . 10.96.0.10\n}\n',
      'node-local-dns',
    ),
    expected: [
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/node-local-dns at data.Corefile
      the server block cluster.local:53 and 1 more forwards to 10.96.0.10, which is CoreDNS itself
      help: the plugin loop ends the process: forward to /etc/resolv.conf, or to name servers outside of the cluster
      `,
    ],
  },
  {
    name: 'silent: as kubeadm writes it, stub domains, a local server at another port, and the cache on the nodes',
    input: `${corefile(
      `(common) {\n cache 30\n}\n${USUAL}corp.example:53 {\n import common\n cache 30\n forward . 127.0.0.1:5353 192.0.2.53\n}\nimport /etc/coredns/custom/*.server\n`,
    )}${DNS_SERVICE}${corefile(
      '.:53 {\n bind 169.254.20.10\n forward . 10.96.0.10\n}\n.:53 {\n bind 169.254.20.11\n forward . /etc/resolv.conf\n}\n',
      'node-local-dns',
    )}`,
    expected: [],
  },
  {
    name: 'silent: templates, variables, ranges as zones, and text that is not complete',
    input: [
      '. {\n {% if a %}\n cache 30\n {% else %}\n cache 60\n {% endif %}\n}\n',
      '{$ZONE}:53 {\n kubernetes cluster.local\n}\n',
      'cluster.local 10.96.0.0/12 {\n kubernetes\n}\n',
      '. {\n cache 30\n cache 60\n',
      '}',
    ]
      .map((content, index) => corefile(content, `dns-${index}`))
      .join(''),
    expected: [],
  },
]);
