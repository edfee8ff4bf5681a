/** Manifests of a cluster as teams write them: eight objects for each application, a namespace for every hundred applications. */
import type { ManifestFile } from '../lib/manifests';

/** Objects that one application has. */
const OBJECTS_OF_APPLICATION = 8;
const APPLICATIONS_OF_NAMESPACE = 100;

export type Health = 'correct' | 'defective';

/** YAML texts, one for each file, which have as many objects together as asked for. */
export function clusterTexts(objects: number, files: number, health: Health): string[] {
  const documents = Array.from({ length: Math.ceil(objects / OBJECTS_OF_APPLICATION) }, (_, index) =>
    application(index, health),
  )
    .flat()
    .slice(0, objects);
  const perFile = Math.ceil(objects / files);
  return Array.from({ length: files }, (_, file) =>
    documents.slice(file * perFile, (file + 1) * perFile).join('---\n'),
  );
}

export function manifestFiles(texts: readonly string[]): ManifestFile[] {
  return texts.map((text, index) => ({ path: `${index}.yaml`, bytes: Buffer.from(text) }));
}

/** Services with their workloads, for validators that know no networks. */
export function servicesWithWorkloads(services: number): string[] {
  return Array.from({ length: services }, (_, index) => {
    const name = `app-${index}`;
    return [service(name, 'shop', name, 'http'), deployment(name, 'shop')];
  }).flat();
}

/** A defective one has a Service without pods, a host of all, a backend that is missing, an address of another's pool. */
function application(index: number, health: Health): string[] {
  const name = `app-${index}`;
  const namespace = `team-${Math.floor(index / APPLICATIONS_OF_NAMESPACE)}`;
  const isCorrect = health === 'correct';
  return [
    service(name, namespace, isCorrect ? name : `${name}-typo`, 'http'),
    deployment(name, namespace),
    configMap(name, namespace),
    ingress(name, namespace, isCorrect ? `${name}.example.com` : 'www.example.com', 'nginx'),
    networkPolicy(name, namespace, isCorrect ? name : `${name}-typo`),
    httpRoute(name, namespace, isCorrect ? name : `${name}-missing`),
    ipPool(name, isCorrect ? index : Math.floor(index / 2)),
    service(`${name}-admin`, namespace, name, isCorrect ? 'http' : 'admin'),
  ];
}

function service(name: string, namespace: string, app: string, targetPort: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${app}
  ports:
    - name: http
      port: 80
      targetPort: ${targetPort}
`;
}

function deployment(name: string, namespace: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      containers:
        - name: main
          image: registry.example.com/shop/${name}:1.2.3
          args: ["--verbose", "--port=8080"]
          ports:
            - name: http
              containerPort: 8080
          resources: {requests: {cpu: 100m, memory: 128Mi}}
          readinessProbe:
            httpGet: {path: /ready, port: http}
`;
}

function configMap(name: string, namespace: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data:
  LOG_LEVEL: info
  application.properties: |
    server.port=8080
    upstream=http://${name}.${namespace}.svc.cluster.local
`;
}

function ingress(name: string, namespace: string, host: string, className: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  ingressClassName: ${className}
  tls:
    - hosts: [${host}]
      secretName: ${name}-tls
  rules:
    - host: ${host}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port: {name: http}
`;
}

function networkPolicy(name: string, namespace: string, app: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: ${app}
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: ${app}
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: gateways
      ports:
        - protocol: TCP
          port: 8080
`;
}

function httpRoute(name: string, namespace: string, backend: string): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  parentRefs:
    - name: edge
      namespace: gateways
  hostnames: [${name}.example.com]
  rules:
    - backendRefs:
        - name: ${backend}
          port: 80
`;
}

function ipPool(name: string, index: number): string {
  return `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: ${name}
spec:
  cidr: 10.${Math.floor(index / 256) % 256}.${index % 256}.0/24
  blockSize: 26
  nodeSelector: all()
`;
}
