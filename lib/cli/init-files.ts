import type { ClusterTexts } from '../config/cluster-options';

/** A file that `netloom init` writes where there is none. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

export type Ci = 'github' | 'gitlab';

export interface ShownCluster {
  readonly name: string | null;
  readonly folders: readonly string[];
  /** What its objects say themselves. */
  readonly facts: ClusterTexts;
}

/** What a repository shows. */
export interface RepositoryFacts {
  /** Whether it is a cdk8s app. */
  readonly isApp: boolean;
  /** The clusters that its folders show; the only one has no name. */
  readonly clusters: readonly ShownCluster[];
  /** Folders of Helm charts. */
  readonly charts: readonly string[];
  /** How many files are no manifests. */
  readonly skipped: number;
}

const SCHEMA = '# yaml-language-server: $schema=node_modules/netloom/schema/netloom.schema.json';

/** What nobody has said is an example in a comment: a wrong range would be worse than none. */
const EXAMPLES = {
  serviceCidrs: '[10.96.0.0/12]',
  podCidrs: '[10.244.0.0/16]',
  loadBalancerCidrs: '[192.0.2.0/26]',
  kubernetesVersion: "'1.33'",
} as const;

type Fact = keyof typeof EXAMPLES;

/** Says what is known, and where to say what is not. It changes nothing about what is found. */
export function configFile({ clusters, charts }: RepositoryFacts): NewFile {
  const named = clusters.filter(({ name }) => name !== null);
  const rendered = charts.map(
    (folder) => `# ${JSON.stringify(folder)} is a chart: netloom check . --helm renders it, and so does helm template.`,
  );
  const body =
    named.length === 0
      ? ['# The repository is checked as one cluster.', ...rendered, '', ...clusterBlock(clusters.at(0)?.facts ?? {})]
      : [
          '# The folders show these clusters, each checked by itself (netloom config). To say it otherwise, or what is known',
          '# of each, make this a part of the file:',
          '#',
          '# clusters:',
          ...named.flatMap(shownCluster),
          ...rendered,
          '',
          ...clusterBlock({}),
        ];
  return { path: 'netloom.yaml', text: [SCHEMA, ...body, ''].join('\n') };
}

function shownCluster({ name, folders, facts }: ShownCluster): readonly string[] {
  const list = folders.map((folder) => JSON.stringify(folder)).join(', ');
  return [
    `#   ${JSON.stringify(name)}:`,
    `#     paths: [${list}]`,
    ...statedFacts(facts).map((line) => `#     # ${line}`),
  ];
}

function clusterBlock(facts: ClusterTexts): readonly string[] {
  const open = (Object.keys(EXAMPLES) as Fact[]).filter((key) => facts[key] === undefined);
  return [
    '# What is known of the cluster. Rules that need a fact which is missing are skipped, and the check says so.',
    'cluster:',
    ...statedFacts(facts).map((line) => `  # ${line}`),
    ...open.map((key) => `  # ${key}: ${EXAMPLES[key]}`),
  ];
}

/** They need not be typed again. */
function statedFacts(facts: ClusterTexts): readonly string[] {
  return (Object.keys(EXAMPLES) as Fact[]).flatMap((key) => {
    const value = facts[key];
    return value === undefined ? [] : [`the objects say ${key}: ${[value].flat().join(', ')}`];
  });
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
