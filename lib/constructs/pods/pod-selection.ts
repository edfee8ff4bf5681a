import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../finding/problem';
import type { LabelSelector } from './label-selector';
import { PODS_NOT_CHOSEN } from '../objects/object-rules';
import { own } from '../../syntax/own-member';

/** What a choice of pods comes to once the app is complete. */
export interface PodSelection {
  readonly selector: LabelSelector;
  readonly problems: readonly Problem[];
}

/** The same for a choice by labels alone. */
export interface LabelSelection {
  readonly labels: { [key: string]: string };
  readonly problems: readonly Problem[];
}

/** A condition on a label, as users write it. */
export interface LabelCondition {
  readonly key: string;
  readonly operator: string;
  readonly values?: string[];
}

/** The object that a construct stands for; undefined for a construct that only groups others. */
export function apiObjectOf(construct: IConstruct): ApiObject | undefined {
  try {
    return ApiObject.of(construct);
  } catch {
    return undefined;
  }
}

export function podsOfObject(object: ApiObject): LabelSelection {
  const what = `Pods.of() was given ${object.kind} ${object.name}`;
  let manifest: unknown;
  try {
    manifest = object.toJson();
  } catch {
    // Why it cannot be rendered is reported for the object itself.
    return {
      labels: {},
      problems: [
        { rule: PODS_NOT_CHOSEN, message: `${what}, which cannot be rendered`, help: 'correct that object first' },
      ],
    };
  }
  const labels = podLabels(manifest);
  if (Object.keys(labels).length > 0) return { labels, problems: [] };
  return {
    labels,
    problems: [
      {
        rule: PODS_NOT_CHOSEN,
        message: `${what}, which has no pod template with labels`,
        help: 'give a workload whose pods have labels, or choose the pods with Pods.labelled()',
      },
    ],
  };
}

export function podsOfNothing(path: string): LabelSelection {
  return {
    labels: {},
    problems: [
      {
        rule: PODS_NOT_CHOSEN,
        message: `Pods.of() was given ${path}, which is no Kubernetes object and has none as its default child`,
        help: 'give a workload, such as a Deployment, or choose the pods with Pods.labelled()',
      },
    ],
  };
}

export function podsLabelled(labels: { [key: string]: string }): LabelSelection {
  if (Object.keys(labels).length > 0) return { labels, problems: [] };
  return {
    labels,
    problems: [
      {
        rule: PODS_NOT_CHOSEN,
        message: 'Pods.labelled() was given no label, which would choose every pod',
        help: 'give at least one label; where every pod of a namespace is meant, a NetworkPolicy takes Pods.all()',
      },
    ],
  };
}

export function podsMatching(labels: { [key: string]: string }, expressions: readonly LabelCondition[]): PodSelection {
  const selector: LabelSelector = {
    ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
    ...(expressions.length > 0 && {
      matchExpressions: expressions.map(({ key, operator, values }) => ({
        key,
        operator,
        ...(values !== undefined && values.length > 0 && { values }),
      })),
    }),
  };
  if (Object.keys(selector).length > 0) return { selector, problems: [] };
  return {
    selector,
    problems: [
      {
        rule: PODS_NOT_CHOSEN,
        message: 'Pods.matching() was given no condition, which would choose every pod',
        help: 'give labels or expressions, or say Pods.all() where every pod of the namespace is meant',
      },
    ],
  };
}

/**
 * The labels by which the pods of an object are known. The selector of a controller is preferred to the labels of its
 * template, because it cannot change, unless it says more than labels can.
 */
export function podLabels(manifest: unknown): { [key: string]: string } {
  const spec = member(manifest, 'spec');
  const selector = member(spec, 'selector');
  switch (member(manifest, 'kind')) {
    case 'Pod':
      return textMap(member(member(manifest, 'metadata'), 'labels'));
    case 'Service':
    case 'ReplicationController':
      return textMap(selector);
    default: {
      const selected = textMap(member(selector, 'matchLabels'));
      const complete = Object.keys(selected).length > 0 && member(selector, 'matchExpressions') === undefined;
      const template = member(spec, 'template') ?? member(member(member(spec, 'jobTemplate'), 'spec'), 'template');
      if (template === undefined) return {};
      return complete ? selected : textMap(member(member(template, 'metadata'), 'labels'));
    }
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? own(value as Readonly<Record<string, unknown>>, key) : undefined;
}

function textMap(value: unknown): { [key: string]: string } {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
