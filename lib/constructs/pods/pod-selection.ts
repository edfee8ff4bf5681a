import { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { labelProblems, qualifiedNameProblem } from '../objects/object-name';
import { isLabelValue, isQualifiedName } from '../../syntax/name-syntax';
import { own } from '../../syntax/own-member';
import { shown, type ObjectProblem } from '../objects/object-problem';

/** What a choice of pods comes to once the app is complete. */
export interface PodSelection {
  readonly selector: k8s.LabelSelector;
  readonly problems: readonly ObjectProblem[];
}

/** The same for a choice by labels alone. */
export interface LabelSelection {
  readonly labels: { [key: string]: string };
  readonly problems: readonly ObjectProblem[];
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
      problems: [{ message: `${what}, which cannot be rendered`, help: 'correct that object first' }],
    };
  }
  const labels = podLabels(manifest);
  if (Object.keys(labels).length > 0) return { labels, problems: [] };
  return {
    labels,
    problems: [
      {
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
        message: `Pods.of() was given ${path}, which is no Kubernetes object and has none as its default child`,
        help: 'give a workload, such as a Deployment, or choose the pods with Pods.labelled()',
      },
    ],
  };
}

export function podsLabelled(labels: { [key: string]: string }): LabelSelection {
  if (Object.keys(labels).length > 0) return { labels, problems: labelProblems('pod label', labels) };
  return {
    labels,
    problems: [
      {
        message: 'Pods.labelled() was given no label, which would choose every pod',
        help: 'give at least one label; where every pod of a namespace is meant, a NetworkPolicy takes Pods.all()',
      },
    ],
  };
}

export function podsMatching(labels: { [key: string]: string }, expressions: readonly LabelCondition[]): PodSelection {
  const selector: k8s.LabelSelector = {
    ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
    ...(expressions.length > 0 && {
      matchExpressions: expressions.map(({ key, operator, values }) => ({
        key,
        operator,
        ...(values !== undefined && values.length > 0 && { values }),
      })),
    }),
  };
  const problems = [...labelProblems('pod label', labels), ...expressions.flatMap(conditionProblems)];
  if (Object.keys(selector).length > 0) return { selector, problems };
  return {
    selector,
    problems: [
      {
        message: 'Pods.matching() was given no condition, which would choose every pod',
        help: 'give labels or expressions, or say Pods.all() where every pod of the namespace is meant',
      },
    ],
  };
}

function conditionProblems({ key, operator, values = [] }: LabelCondition): ObjectProblem[] {
  const takesValues = operator === 'In' || operator === 'NotIn';
  return [
    ...(isQualifiedName(key) ? [] : [qualifiedNameProblem('pod label key', key)]),
    ...(takesValues === values.length > 0
      ? []
      : [
          takesValues
            ? { message: `the expression ${operator} on ${key} has no values`, help: 'give at least one value' }
            : {
                message: `the expression ${operator} on ${key} has values`,
                help: 'leave the values out, or use LabelOperator.IN or NOT_IN',
              },
        ]),
    ...values
      .filter((value) => !isLabelValue(value))
      .map((value) => ({
        message: `the expression ${operator} on ${key} has the value ${shown(value)}, which is not a label value`,
        help: 'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last',
      })),
  ];
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
