import { type App, Chart } from 'cdk8s';
import { Deployment, Namespace } from 'cdk8s-plus-28';
import {
  Cluster,
  Cni,
  IpFamily,
  LoadBalancerImplementation,
  LoadBalancerIp,
  LoadBalancerService,
  Pods,
  TargetPort,
} from 'netloom';

const ZONES = ['fra-1', 'fra-2', 'fra-3'];

/** A dual-stack cluster with Calico: a pool for each zone, one on request, and services announced to the top-of-rack routers. */
export function calico(app: App): void {
  const cluster = new Cluster(app, 'calico', {
    families: [IpFamily.IPV4, IpFamily.IPV6],
    kubernetesVersion: '1.34',
    supernets: ['10.32.0.0/13', 'fd6b:21c4:8e00::/48'],
    nodes: 120,
    services: 2000,
    loadBalancers: 32,
    headroom: 2,
    cni: Cni.calico({
      version: '3.32',
      // A part for each zone, in this order; eight parts leave room for others.
      pools: [
        ...ZONES.map((zone) => ({ name: zone, zone })),
        // The firewall of the payment provider knows the addresses of this pool.
        { name: 'payment', onRequest: true },
      ],
      parts: 8,
      nodesByZone: { 'fra-1': 40, 'fra-2': 40, 'fra-3': 40 },
      loadBalancerPools: true,
      bgp: {
        asNumber: 64_520,
        // Routers tell nodes of each other.
        nodeMesh: false,
        peers: Object.fromEntries(
          ZONES.map((zone, index) => [
            `tor-${zone}`,
            {
              peerIp: `172.24.${index}.1`,
              asNumber: 64_512 + index,
              nodeSelector: `topology.kubernetes.io/zone == "${zone}"`,
            },
          ]),
        ),
      },
    }),
  });

  const chart = new Chart(cluster, 'payment', { namespace: 'payment' });
  new Namespace(chart, 'namespace', {
    metadata: {
      name: 'payment',
      annotations: {
        'cni.projectcalico.org/ipv4pools': '["payment-ipv4"]',
        'cni.projectcalico.org/ipv6pools': '["payment-ipv6"]',
      },
    },
  });
  const gateway = new Deployment(chart, 'gateway-pods', {
    metadata: { name: 'gateway' },
    containers: [{ image: 'registry.example.com/payment/gateway:2.4', portNumber: 8443 }],
  });
  new LoadBalancerService(chart, 'gateway', {
    pods: Pods.of(gateway),
    ports: [{ port: 443, targetPort: TargetPort.number(8443) }],
    loadBalancerIp: LoadBalancerIp.planned().via(LoadBalancerImplementation.CALICO),
    loadBalancerClass: 'calico',
  });
}
