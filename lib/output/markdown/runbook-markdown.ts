import type { Disruption, Runbook, Stage, Step, StepKind } from '../../migration';
import { codeBlock, inline } from './escape';

const KINDS: Record<StepKind, string> = { apply: 'Apply', command: 'Do', check: 'Check', wait: 'Wait' };

const DISRUPTIONS: Record<Disruption, string> = {
  none: 'none',
  'control-plane': 'the control plane restarts',
  traffic: 'traffic between nodes',
  restart: 'pods restart',
  'node-replacement': 'nodes are replaced',
  'address-change': 'clients have to use other addresses',
};

/** A runbook for people: what to type, what to see before going on, how to get back. */
export function runbookMarkdown(runbook: Runbook): string {
  const { title, summary, coexistence, notes, stages } = runbook;
  return [
    `# ${inline(title)}`,
    ...summary.map(inline),
    `Commands run in the folder of this file. Go on only when a check shows what is expected; between two stages one can stop.`,
    table(
      ['Stage', 'What', 'Disruption', 'Way back'],
      stages.map((stage) => [
        `[${stage.folder}](#${anchor(stage)})`,
        inline(stage.title),
        DISRUPTIONS[stage.disruption],
        wayBack(stage),
      ]),
    ),
    ...(coexistence === null
      ? []
      : [
          `**Both are needed** from stage ${coexistence.from} to stage ${coexistence.until}: ${coexistence.ranges.map(inline).join(', ')}. That takes ${inline(coexistence.duration)}.`,
        ]),
    '## What no stage does for you',
    notes.map((note) => `- ${inline(note)}`).join('\n'),
    ...stages.flatMap(stageParts),
  ]
    .join('\n\n')
    .concat('\n');
}

function stageParts(stage: Stage): string[] {
  const { title, purpose, disruption, effects, steps, undo } = stage;
  return [
    `## ${heading(stage)}`,
    `**${inline(title)}.** ${inline(purpose)}`,
    ...(effects.length === 0
      ? []
      : [
          [
            `**Disruption: ${DISRUPTIONS[disruption]}.**`,
            ...effects.map(({ text, source }) => `- ${inline(text)} (${inline(source)}).`),
          ].join('\n'),
        ]),
    ...fileList(stage),
    ...numberedSteps(steps),
    '### Way back',
    ...(undo.kind === 'rollback'
      ? numberedSteps(undo.steps)
      : [undo.kind === 'irreversible' ? `**Irreversible:** ${inline(undo.because)}.` : 'Nothing has changed.']),
  ];
}

function fileList({ folder, files }: Stage): string[] {
  if (files.length === 0) return [];
  return [`Files: ${files.map(({ path }) => `[${folder}/${path}](${folder}/${path})`).join(', ')}`];
}

function numberedSteps(steps: readonly Step[]): string[] {
  return steps.map(({ kind, title, commands, expected }, index) => {
    const marker = `${index + 1}. `;
    const lines = [
      `**${KINDS[kind]}:** ${inline(title)}.`,
      ...(commands.length === 0 ? [] : ['', ...codeBlock('sh', commands)]),
      ...(expected === null ? [] : ['', `Expected: ${inline(expected)}.`]),
    ];
    // What belongs to an item of a list is as far to the right as its text.
    return marker + lines.join('\n').replace(/\n(?=.)/g, `\n${' '.repeat(marker.length)}`);
  });
}

function wayBack({ undo }: Stage): string {
  return undo.kind === 'rollback' ? 'yes' : undo.kind === 'irreversible' ? '**no**' : 'nothing to take back';
}

function heading({ folder }: Stage): string {
  return `Stage ${folder}`;
}

/** As GitHub and GitLab make them. */
function anchor(stage: Stage): string {
  return heading(stage).toLowerCase().replaceAll(' ', '-');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
