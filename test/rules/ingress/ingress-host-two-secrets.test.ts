import { ingressHostTwoSecrets } from '../../../lib/rules/ingress/ingress-host-two-secrets';
import { testRule } from '../expectations';

testRule(ingressHostTwoSecrets, [
  {
    name: 'in one Ingress, and in two',
    input: `
      - Ingress shop/a: { tls: [{ hosts: [a.example.com, b.example.com], secretName: one }, { hosts: [b.example.com], secretName: two }] }
      - Ingress shop/b: { tls: [{ hosts: [a.example.com], secretName: three }] }
    `,
    expected: [
      `
      warning NL418 ingress-host-two-secrets
      on Ingress shop/a at spec.tls.1.hosts.0
      b.example.com has the Secret two here and one in Ingress shop/a
      help: use one Secret for the host: which certificate clients see depends on the controller
      see Ingress shop/a at spec.tls.0.hosts.1: with one
      `,
      `
      warning NL418 ingress-host-two-secrets
      on Ingress shop/b at spec.tls.0.hosts.0
      a.example.com has the Secret three here and one in Ingress shop/a
      help: use one Secret for the host: which certificate clients see depends on the controller
      see Ingress shop/a at spec.tls.0.hosts.0: with one
      `,
    ],
  },
  {
    name: 'silent: copies of one Secret, other classes, other hosts, no Secret',
    input: `
      - Ingress shop/a: { tls: [{ hosts: [a.example.com], secretName: one }] }
      - Ingress api/b: { tls: [{ hosts: [a.example.com], secretName: one }] }
      - Ingress shop/c: { ingressClassName: internal, tls: [{ hosts: [a.example.com], secretName: two }] }
      - Ingress shop/d: { tls: [{ hosts: [d.example.com], secretName: two }, { hosts: [a.example.com] }, null] }
    `,
    expected: [],
  },
]);
