import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Stage } from '../lib/migration';
import type { ApiServer, Output } from './control-plane';

/** A shell on a control plane node, with the folder of a runbook: `kubectl` asks the API server, files of the machine are in a folder. */
export interface RunbookShell {
  readonly folder: string;
  /** Puts the files of the stage where its commands look for them. */
  readonly unpack: (stage: Stage) => void;
  readonly run: (line: string) => Output;
  /** Writes a static pod as kubeadm writes it. */
  readonly writeStaticPod: (component: string, pod: object) => void;
  /** The flags of a static pod as its file says now. */
  readonly staticPodFlags: (component: string) => readonly string[];
  /** The commands that are no part of a control plane: they were not run. */
  readonly notRun: () => readonly string[];
}

/** What asks nodes, the network plugin or people, none of which there are here. */
const ELSEWHERE = ['calicoctl', 'helm', 'ip', 'ping', 'conntrack', 'kubeadm', 'netloom'];

export function runbookShell({ testbed, kubeconfig }: ApiServer, folder: string): RunbookShell {
  const [programs, manifests, home] = ['programs', 'manifests', 'root'].map((name) => join(folder, name));
  for (const path of [programs, manifests, home]) mkdirSync(path, { recursive: true });
  const script = (name: string, text: string): void => {
    writeFileSync(join(programs, name), `#!/bin/bash\n${text}\n`);
    chmodSync(join(programs, name), 0o755);
  };
  const log = join(folder, 'not-run.txt');
  writeFileSync(log, '');
  script('kubectl', `exec "${testbed.program}" kubectl "--kubeconfig=${kubeconfig}" "$@"`);
  script('sudo', 'exec "$@"');
  for (const name of ELSEWHERE) script(name, `echo "${name} $*" >> "${log}"`);
  const fileOf = (component: string): string => join(manifests, `${component}.yaml`);
  return {
    folder,
    unpack: ({ folder: stage, files }) => {
      for (const { path, documents, text } of files) {
        const file = join(folder, stage, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text ?? documents.map((document) => stringify(document)).join('---\n'));
      }
    },
    run: (line) => {
      const here = line.replaceAll('/etc/kubernetes/manifests', manifests).replaceAll('/root/', `${home}/`);
      const { status, stdout, stderr } = spawnSync('bash', ['-c', here], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, PATH: `${programs}:${process.env.PATH ?? ''}` },
      });
      return { status: status ?? -1, stdout, stderr };
    },
    // kubeadm indents lists as Go's libraries do, and sed counts on it.
    writeStaticPod: (component, pod) => {
      writeFileSync(fileOf(component), stringify(pod, { indentSeq: false, lineWidth: 0 }));
    },
    staticPodFlags: (component) =>
      [...readFileSync(fileOf(component), 'utf8').matchAll(/^ {4}- (--\S+)$/gm)].map(([, flag]) => flag),
    notRun: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
  };
}
