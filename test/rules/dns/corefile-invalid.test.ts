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
    name: 'silent: templates, variables, and ranges as zones',
    input: [
      '. {\n {% if a %}\n cache 30\n {% else %}\n cache 60\n {% endif %}\n}\n',
      '{$ZONE}:53 {\n kubernetes cluster.local\n}\n',
      'cluster.local 10.96.0.0/12 {\n kubernetes\n}\n',
    ]
      .map((content, index) => corefile(content, `dns-${index}`))
      .join(''),
    expected: [],
  },
  ...(
    [
      [
        'a plugin that was removed',
        'proxy . /etc/resolv.conf',
        'error',
        'CoreDNS has had no plugin proxy since 1.5',
        'CoreDNS does not start: write forward in its place: forward . /etc/resolv.conf',
      ],
      [
        'another one',
        'federation cluster.local {\n a b\n }',
        'error',
        'CoreDNS has had no plugin federation since 1.7',
        'CoreDNS does not start: remove it: federation of clusters is gone',
      ],
      [
        'a plugin that is misspelt',
        'fowrard . 192.0.2.1',
        'error',
        'CoreDNS has no plugin fowrard',
        'CoreDNS does not start: did you mean forward?',
      ],
      [
        'a plugin that an image may have',
        'unbound',
        'warning',
        'CoreDNS has no plugin unbound',
        'CoreDNS does not start, unless its image is built with this plugin: use one of the plugins of CoreDNS otherwise',
      ],
      [
        'a property that was removed',
        'kubernetes cluster.local {\n pods insecure\n upstream\n }',
        'error',
        'the plugin kubernetes has had no property upstream since CoreDNS 1.7',
        'CoreDNS does not start: remove it: names of other zones are looked up by the plugins of the server block',
      ],
      [
        'a property that is misspelt',
        'forward . 192.0.2.1 {\n max_concurent 1000\n }',
        'error',
        'the plugin forward has no property max_concurent',
        'CoreDNS does not start: did you mean max_concurrent?',
      ],
      [
        'a mode of pods',
        'kubernetes cluster.local {\n pods secure\n }',
        'error',
        'pods of kubernetes is secure',
        'CoreDNS does not start: write pods disabled, insecure, verified, one of them',
      ],
      [
        'a TTL',
        'kubernetes cluster.local {\n ttl 7200\n }',
        'error',
        'ttl of kubernetes is 7200',
        'CoreDNS does not start: write a number of seconds from 0 to 3600',
      ],
      [
        'a TTL of the cache',
        'cache 0',
        'error',
        'the TTL of cache is 0',
        'CoreDNS does not start: write a number of seconds above 0',
      ],
      [
        'a capacity',
        'cache {\n success 30s\n }',
        'error',
        'success of cache has 30s, which is no number',
        'CoreDNS does not start: write success CAPACITY [TTL [MINTTL]]',
      ],
      [
        'a rewrite of one word',
        'rewrite name shop.example.com',
        'error',
        'rewrite name shop.example.com has too few words',
        'CoreDNS does not start: write rewrite name exact FROM TO',
      ],
      [
        'a rewrite that there is not',
        'rewrite names exact a.example b.example',
        'error',
        'rewrite has no rule called names',
        'CoreDNS does not start: use one of name, class, type, edns0, ttl, cname, rcode',
      ],
      [
        'a match that there is not',
        'rewrite name regexp a.example b.example',
        'error',
        'rewrite name has no match called regexp',
        'CoreDNS does not start: use one of exact, prefix, suffix, substring, regex',
      ],
      [
        'an answer alone',
        'rewrite answer name a b',
        'error',
        'rewrite begins with answer',
        'CoreDNS does not start: begin with a name rule, and put the answer rule behind it',
      ],
      [
        'a template without a type',
        'template IN {\n rcode NXDOMAIN\n }',
        'error',
        'template has no type',
        'CoreDNS does not start: write template CLASS TYPE [ZONE…], such as template IN A example.org',
      ],
      [
        'a template with a zone first',
        'template example.org A {\n rcode NXDOMAIN\n }',
        'error',
        'template has the class example.org',
        'CoreDNS does not start: use one of IN, CS, CH, HS, NONE, ANY',
      ],
      [
        'errors to a file',
        'errors stdout debug',
        'error',
        'errors has stdout debug behind it',
        'CoreDNS does not start: errors takes stdout alone',
      ],
    ] as const
  ).map(([name, line, severity, message, help]) => ({
    name,
    input: corefile(`.:53 {\n ${line}\n}\n`),
    expected: [
      `
      ${severity} NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      ${message}
      help: ${help}
      `,
    ],
  })),
  ...(
    [
      ['hosts without fallthrough', 'hosts {\n 192.0.2.1 a.example\n }'],
      ['a hosts file without fallthrough', 'hosts /etc/coredns/hosts'],
      ['fallthrough for other zones', 'hosts {\n 192.0.2.1 a.example\n fallthrough example\n }'],
      ['a template for all addresses', 'template IN A {\n answer "{{ .Name }} 60 IN A 192.0.2.1"\n }'],
    ] as const
  ).map(([name, line]) => ({
    name: `${name} takes the names of the cluster`,
    input: corefile(`.:53 {\n kubernetes cluster.local in-addr.arpa\n ${line}\n}\n`),
    expected: [
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      the plugin ${line.split(' ')[0]} answers for every name of cluster.local before the plugin kubernetes is asked, and has no fallthrough
      help: no name of the cluster is found: write fallthrough into the braces of ${line.split(' ')[0]}, or give it zones of its own
      `,
    ],
  })),
  {
    name: 'a zone file for the zone of the cluster is never asked',
    input: corefile('.:53 {\n kubernetes cluster.local\n file /etc/coredns/db cluster.local\n}\n'),
    expected: [
      `
      warning NL312 corefile-invalid
      on ConfigMap kube-system/coredns at data.Corefile
      the plugin file is never asked for cluster.local: the plugin kubernetes comes before it, and has no fallthrough for this zone
      help: write fallthrough cluster.local into the braces of kubernetes, or give the zone a server block of its own
      `,
    ],
  },
  {
    name: 'silent: hosts that passes on, or answers for other zones; templates of other names',
    input: [
      '.:53 {\n kubernetes cluster.local\n hosts {\n 192.0.2.1 a.example\n fallthrough\n }\n}\n',
      '.:53 {\n kubernetes cluster.local\n hosts /etc/coredns/hosts a.example\n}\n',
      '.:53 {\n kubernetes cluster.local\n template ANY AAAA {\n rcode NOERROR\n }\n}\n',
      '.:53 {\n kubernetes cluster.local\n template IN A {\n match ^x\\.\n answer "{{ .Name }} 60 IN A 192.0.2.1"\n }\n}\n',
      '.:53 {\n kubernetes cluster.local\n rewrite stop {\n name regex (.*)\\.a b\n answer name b a\n }\n forward . __PILLAR__UPSTREAM__SERVERS__\n}\n',
    ]
      .map((content, index) => corefile(content, `dns-${index}`))
      .join(''),
    expected: [],
  },
  {
    name: 'braces',
    input: ['. {\n cache 30 {\n success 100\n', '. {\n cache 30\n}\n}\n']
      .map((content, index) => corefile(content, `dns-${index}`))
      .join(''),
    expected: [
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/dns-0 at data.Corefile
      the { of this line has no }
      help: CoreDNS does not start ("unexpected EOF, expecting '}'"): close the block
      `,
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/dns-1 at data.Corefile
      there is a } without a {
      help: CoreDNS does not start: remove it, or the } before it
      `,
    ],
  },
  {
    name: 'what a Corefile imports is served beside it',
    input: `
      ${corefile('.:53 {\n kubernetes cluster.local\n import custom/*.override\n}\nimport custom/*.server\n')}
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: coredns-custom, namespace: kube-system }, data: { a.server: ".:53 {\\n cache 30\\n}", b.server: "corp.example:53 {\\n proxy . 192.0.2.1\\n}", c.override: "hosts {\\n fallthrough\\n}\\nlogg" } }
    `,
    expected: [
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/coredns-custom at data.b.server
      CoreDNS has had no plugin proxy since 1.5
      help: CoreDNS does not start: write forward in its place: forward . /etc/resolv.conf
      `,
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/coredns-custom at data.c.override
      CoreDNS has no plugin logg
      help: CoreDNS does not start: did you mean log?
      `,
      `
      error NL312 corefile-invalid
      on ConfigMap kube-system/coredns-custom at data.a.server
      two server blocks are for .:53
      help: CoreDNS does not start: put their plugins into one
      `,
    ],
  },
]);
