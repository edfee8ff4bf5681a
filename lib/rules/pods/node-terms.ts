import { concat, type LabelExpression, type Workload } from '../../model';

/** What the API server would refuse to look through; more pairs of terms are not compared. */
const MOST_TERMS = 32;

/** Whether no node can satisfy the node selectors and the required node affinities of both. */
export function areApart(one: Workload, two: Workload): boolean {
  const ofOne = termsOf(one);
  const ofTwo = termsOf(two);
  if (ofOne.length > MOST_TERMS || ofTwo.length > MOST_TERMS) return false;
  return ofOne.every((a) => ofTwo.every((b) => a.some((left) => b.some((right) => contradicts(left, right)))));
}

/** Fields of a node, of which there is its name, are told apart from labels by a dot in front. */
const NODE_NAME = '.metadata.name';

function termsOf({ nodeName, nodeSelector, nodeTerms }: Workload): readonly (readonly LabelExpression[])[] {
  const wanted = nodeName === undefined ? nodeSelector : new Map([...nodeSelector, [NODE_NAME, nodeName]]);
  const labels = [...wanted].map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  return nodeTerms.length === 0 ? [labels] : nodeTerms.map((term) => concat(labels, term));
}

function contradicts(left: LabelExpression, right: LabelExpression): boolean {
  return left.key === right.key && (excludes(left, right) || excludes(right, left));
}

function excludes(left: LabelExpression, right: LabelExpression): boolean {
  switch (left.operator) {
    case 'In':
      return (
        right.operator === 'DoesNotExist' ||
        (right.operator === 'In' && !left.values.some((value) => right.values.includes(value))) ||
        (right.operator === 'NotIn' && left.values.every((value) => right.values.includes(value)))
      );
    case 'Exists':
    case 'Gt':
    case 'Lt':
      return right.operator === 'DoesNotExist';
    default:
      return false;
  }
}
