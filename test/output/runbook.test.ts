import { runbookJson } from '../../lib/output/json/runbook-json';
import { runbookMarkdown } from '../../lib/output/markdown/runbook-markdown';
import { MOVE, planned } from '../migration/migrations';

const RUNBOOK = planned(MOVE);

test('a runbook in Markdown', () => {
  expect(runbookMarkdown(RUNBOOK)).toMatchSnapshot();
});

test('commands are code, whatever they contain, and belong to their step', () => {
  const lines = runbookMarkdown(RUNBOOK).split('\n');
  for (const command of RUNBOOK.stages.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands))) {
    const line = lines.findIndex((text) => text.trim() === command);
    expect(lines[line]).toMatch(/^ {3,4}\S/);
    const opening = lines
      .slice(0, line)
      .reverse()
      .find((text) => text.trim().startsWith('```'));
    expect(opening?.trim()).toBe('```sh');
  }
});

test('every link of the table leads to a stage', () => {
  const text = runbookMarkdown(RUNBOOK);
  const anchors = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
  const headings = [...text.matchAll(/^## (Stage .*)$/gm)].map(([, heading]) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  );
  expect(anchors).toEqual(headings);
});

test('a runbook as data', () => {
  const { version, title, stages } = JSON.parse(runbookJson(RUNBOOK)) as {
    version: number;
    title: string;
    stages: { folder: string; files: string[]; steps: { kind: string }[]; undo: { kind: string } }[];
  };
  expect([version, title]).toEqual([1, 'Pod network of prod: 10.244.0.0/16 → 10.64.0.0/14']);
  expect(stages.map(({ folder, files, undo }) => [folder, ...files, undo.kind])).toEqual([
    ['1-prepare', 'nothing-changed'],
    ['2-cluster-cidr', 'kubeadm-flags.jq', 'rollback'],
    ['3-add-pools', 'ippools.yaml', 'rollback'],
    ['4-disable-pools', 'rollback'],
    ['5-move-pods', 'rollback'],
    ['6-remove-pools', 'irreversible'],
    ['7-settle', 'rollback'],
  ]);
});
