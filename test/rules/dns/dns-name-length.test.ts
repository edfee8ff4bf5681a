import { dnsNameLength } from '../../../lib/rules/dns/dns-name-length';
import { testRule } from '../expectations';

testRule(dnsNameLength, [
  {
    name: 'StatefulSets with long names',
    input: `
      - StatefulSet shop/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: { labels: { app: db } }
      - StatefulSet shop/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb: { replicas: 11, labels: { app: db } }
      - StatefulSet shop/ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc: { replicas: 1, ordinals: { start: 10 }, labels: { app: db } }
    `,
    expected: [
      `
      warning NL305 dns-name-length
      on StatefulSet shop/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa at metadata.name
      the name aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa has 53 characters; with a revision after it, it becomes a label value of up to 64, and 63 are allowed
      help: shorten the name of the StatefulSet to at most 52 characters
      `,
      `
      warning NL305 dns-name-length
      on StatefulSet shop/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb at metadata.name
      the pod bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-10 has a name of 64 characters, and a host name in DNS has at most 63
      help: shorten the name of the StatefulSet to at most 52 characters
      `,
      `
      warning NL305 dns-name-length
      on StatefulSet shop/ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc at metadata.name
      the pod ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc-10 has a name of 64 characters, and a host name in DNS has at most 63
      help: shorten the name of the StatefulSet to at most 52 characters
      `,
    ],
  },
  {
    name: 'a host name that Linux does not take',
    input: `
      - Pod shop/a: { hostname: a-host-of-some-length2, subdomain: a-subdomain-of-more, setHostnameAsFQDN: true }
      - Deployment shop/b: { hostname: a-host-of-some-length, subdomain: a-subdomain-of-more2, setHostnameAsFQDN: true }
      - CronJob shop/c: { hostname: a-host-of-some-length, subdomain: a-subdomain-of-more2, setHostnameAsFQDN: true }
    `,
    expected: [
      `
      warning NL305 dns-name-length
      on CronJob shop/c at spec.jobTemplate.spec.template.spec.setHostnameAsFQDN
      the host name a-host-of-some-length.a-subdomain-of-more2.shop.svc.cluster.local has 65 characters, and Linux takes 64: the pod does not start
      help: shorten hostname, subdomain or the namespace, or leave setHostnameAsFQDN out
      `,
      `
      warning NL305 dns-name-length
      on Deployment shop/b at spec.template.spec.setHostnameAsFQDN
      the host name a-host-of-some-length.a-subdomain-of-more2.shop.svc.cluster.local has 65 characters, and Linux takes 64: the pod does not start
      help: shorten hostname, subdomain or the namespace, or leave setHostnameAsFQDN out
      `,
      `
      warning NL305 dns-name-length
      on Pod shop/a at spec.setHostnameAsFQDN
      the host name a-host-of-some-length2.a-subdomain-of-more.shop.svc.cluster.local has 65 characters, and Linux takes 64: the pod does not start
      help: shorten hostname, subdomain or the namespace, or leave setHostnameAsFQDN out
      `,
    ],
  },
  {
    name: 'silent: short enough, or not the name of the host',
    input: `
      - StatefulSet shop/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: { replicas: 3, labels: { app: db } }
      - Pod shop/a: { hostname: a-host-of-some-length, subdomain: a-subdomain-of-more2 }
      - Pod shop/d: { hostname: a-host-of-some-length, subdomain: a-subdomain-of-more, setHostnameAsFQDN: true }
      - Pod shop/b: { hostname: a, subdomain: b, setHostnameAsFQDN: true }
      - Pod shop/c: { setHostnameAsFQDN: true }
    `,
    expected: [],
  },
]);
