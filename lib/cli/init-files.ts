/** A file that `netloom init` writes where there is none. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

export type Ci = 'github' | 'gitlab';

/** What a repository shows. */
export interface RepositoryFacts {
  /** Whether it is a cdk8s app. */
  readonly isApp: boolean;
  /** The clusters that its folders show, by name; none where there is but one. */
  readonly clusters: readonly string[];
  /** Folders of Helm charts. */
  readonly charts: readonly string[];
  /** How many files are no manifests. */
  readonly skipped: number;
}

const SCHEMA = '# yaml-language-server: $schema=node_modules/netloom/schema/netloom.schema.json';

/** Says what is known, and where to say what is not: a wrong range would be worse than none. */
export function configFile({ clusters, charts }: RepositoryFacts): NewFile {
  const shown =
    clusters.length === 0
      ? ['# The repository is checked as one cluster.']
      : [
          '# The folders show these clusters, each checked by itself (netloom config):',
          ...clusters.map((name) => `#   ${JSON.stringify(name)}`),
          '# "clusters:" says it otherwise, with the paths and the facts of each.',
        ];
  const rendered = charts.map(
    (folder) => `# ${JSON.stringify(folder)} is a chart: helm template renders what can be checked.`,
  );
  return {
    path: 'netloom.yaml',
    text: [
      SCHEMA,
      ...shown,
      ...rendered,
      '',
      '# What is known of the cluster. Rules that need a fact which is missing are skipped, and the check says so.',
      'cluster:',
      '  # serviceCidrs: [10.96.0.0/12]',
      '  # podCidrs: [10.244.0.0/16]',
      '  # loadBalancerCidrs: [192.0.2.0/26]',
      "  # kubernetesVersion: '1.33'",
      '',
    ].join('\n'),
  };
}

/** A job that finds what is wrong. In an app what is checked is what it writes. */
export function ciFiles(ci: Ci, facts: RepositoryFacts | undefined): readonly NewFile[] {
  const isApp = facts?.isApp ?? true;
  const install = isApp ? ['npm ci', 'npx cdk8s synth'] : [];
  const check = isApp ? 'npx netloom check dist' : 'npx --yes netloom check .';
  if (ci === 'github') {
    const steps = [...install, `${check} -o github --output-file sarif=netloom.sarif`].map(
      (line) => `      - run: ${line}`,
    );
    return [
      {
        path: '.github/workflows/netloom.yaml',
        text: `name: netloom
on: pull_request
permissions: { contents: read, security-events: write }
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
${steps.join('\n')}
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with: { sarif_file: netloom.sarif }
`,
      },
    ];
  }
  const script = [...install, `${check} --output-file gitlab=gl-code-quality-report.json`].map(
    (line) => `    - ${line}`,
  );
  return [
    {
      // Where there is a .gitlab-ci.yml, it includes this one.
      path: '.gitlab/netloom.gitlab-ci.yml',
      text: `# In .gitlab-ci.yml: include: { local: .gitlab/netloom.gitlab-ci.yml }
netloom:
  image: node:22
  script:
${script.join('\n')}
  artifacts:
    when: always
    reports: { codequality: gl-code-quality-report.json }
`,
    },
  ];
}

/** A cdk8s app with one cluster, whose ranges are planned. */
export function appFiles(version: string): readonly NewFile[] {
  const dependencies = {
    cdk8s: '^2.70.0',
    'cdk8s-cli': '^2.200.0',
    'cdk8s-plus-28': '^2.5.0',
    constructs: '^10.4.0',
    netloom: `^${version}`,
    tsx: '^4.20.0',
  };
  const manifest = { name: 'network', private: true, scripts: { synth: 'cdk8s synth' }, dependencies };
  return [
    { path: 'package.json', text: `${JSON.stringify(manifest, null, 2)}\n` },
    { path: 'cdk8s.yaml', text: 'language: typescript\napp: npx tsx main.ts\n' },
    { path: '.gitignore', text: 'node_modules/\n' },
    {
      path: 'main.ts',
      text: `import { App, Chart } from 'cdk8s';
import { Cluster } from 'netloom';

const app = new App();

// One cluster: what it needs, and where its addresses come from. The plan is kept in netloom.lock.json, which belongs in git.
const cluster = new Cluster(app, 'prod', {
  supernets: ['10.0.0.0/8'],
  nodes: 10,
  services: 100,
});

// What is built in the cluster goes into charts: services, policies and whatever else cdk8s has.
new Chart(cluster, 'network', { namespace: 'default' });

app.synth();
`,
    },
  ];
}
