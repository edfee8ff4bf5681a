import type { Construct } from 'constructs';
import { stringify } from 'yaml';
import type { RuledProblem } from '../../finding/problem';
import type { Planned, Runbook } from '../../migration';
import { MIGRATION_UNSUPPORTED, MIGRATION_VALUE, RUNBOOK_FILE } from '../../migration';
import { runbookJson } from '../../output/json/runbook-json';
import { runbookMarkdown } from '../../output/markdown/runbook-markdown';
import { declaredDistribution } from './software-of';
import { NetworkSynthesis, type PlannedCluster } from '../../synth';

/** What a construct that makes a runbook has to say of itself. */
export interface MigrationConstruct {
  readonly construct: Construct;
  readonly instantiated: NewableFunction;
  /** The folder below `migration`. */
  readonly name: string;
  /** What the planner is not asked about. */
  readonly problems?: readonly RuledProblem[];
  readonly plan: (planned: PlannedCluster) => Planned<Runbook>;
}

/**
 * Plans now and writes the runbook when the app is synthesized: into a folder that `kubectl apply -f` on the output folder does not read,
 * because its stages must not be applied at the same time. The text of the runbook, empty if there is none.
 */
export function registerMigration({
  construct,
  instantiated,
  name,
  problems: given = [],
  plan,
}: MigrationConstruct): string {
  const synthesis = NetworkSynthesis.of(construct);
  synthesis.register(construct, instantiated);
  const { value: runbook, problems } =
    given.length > 0 ? { value: null, problems: given } : planned(synthesis.clusterOf(construct), plan);
  synthesis.check(construct, () => [...problems, ...(runbook === null ? [] : otherDistribution(construct, runbook))]);
  if (runbook === null) return '';
  synthesis.rehearse(construct, name, runbook);
  const folder = `migration/${name}`;
  const text = runbookMarkdown(runbook);
  synthesis.addFile(construct, `${folder}/README.md`, () => text);
  // No ending that kubectl apply -R reads.
  synthesis.addFile(construct, `${folder}/${RUNBOOK_FILE}`, () => runbookJson(runbook));
  for (const stage of runbook.stages) {
    for (const { path, documents, text: given } of stage.files) {
      synthesis.addFile(construct, `${folder}/${stage.folder}/${path}`, () => given ?? yamlText(documents));
    }
  }
  return text;
}

function planned(
  cluster: PlannedCluster | undefined,
  plan: MigrationConstruct['plan'],
): { value: Runbook | null; problems: readonly RuledProblem[] } {
  if (cluster === undefined) {
    return {
      value: null,
      problems: [
        {
          rule: MIGRATION_VALUE,
          message: 'the migration belongs to no cluster',
          help: 'make it below a Cluster: new PodNetworkMigration(cluster, …)',
        },
      ],
    };
  }
  // The addresses of a cluster that could not be planned are not worth a second finding.
  if (cluster.fleet.findings.some(({ severity }) => severity === 'error')) return { value: null, problems: [] };
  return plan(cluster);
}

/** A configuration of RKE2 or k3s that was declared after the migration. */
function otherDistribution(construct: Construct, { cluster }: Runbook): RuledProblem[] {
  const declared: string | undefined = declaredDistribution(construct);
  const kubeadm = cluster?.kubeadm ?? null;
  if (declared === undefined || cluster === null || kubeadm === null || cluster.distribution === declared) return [];
  return [
    {
      rule: MIGRATION_UNSUPPORTED,
      message: `the cluster has a configuration of ${declared}, and the runbook was made for ${cluster.distribution}`,
      help: `say distribution: ${declared}, or take the configuration out`,
    },
  ];
}

/** As cdk8s writes manifests: YAML 1.1 reads it the same. */
function yamlText(documents: readonly unknown[]): string {
  return documents.map((document) => stringify(document, { version: '1.1', lineWidth: 0 })).join('---\n');
}
