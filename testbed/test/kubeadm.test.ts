import { distClusters } from '../dist-objects';
import { run } from '../control-plane';
import { type Release, testbedProgram } from '../program';

interface Generated {
  readonly strict: readonly string[];
  readonly error?: string;
  readonly commands: { readonly [component: string]: readonly string[] };
}

const files = distClusters().flatMap(({ name, serviceCidrs, objects }) => {
  const documents = objects.filter(({ apiVersion }) =>
    /^(kubeadm|kubelet\.config|kubeproxy\.config)\.k8s\.io\//.test(apiVersion),
  );
  return documents.length === 0 ? [] : [{ name, serviceCidrs, documents }];
});

test('dist has files for kubeadm', () => {
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['production', 'flannel']));
});

// The program of the oldest release has no kubeadm.
describe.each<Release>(['newest'])('kubeadm of the %s Kubernetes', (release) => {
  test.each(files)('takes the file of $name, strictly decoded', ({ documents, serviceCidrs }) => {
    const input = documents.map((document) => JSON.stringify(document)).join('\n---\n');
    const { stdout } = run(testbedProgram(release), ['kubeadm', 'init'], input);
    const { strict, error, commands } = JSON.parse(stdout) as Generated;
    expect({ strict, error }).toEqual({ strict: [], error: undefined });
    expect(commands['kube-apiserver']).toContain(`--service-cluster-ip-range=${serviceCidrs.join(',')}`);
  });
});
