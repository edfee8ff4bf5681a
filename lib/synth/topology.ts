import type { IConstruct } from 'constructs';

/** What stands in an order: a construct, or a virtual one which stands for several dependencies at once. */
export interface Vertex {
  readonly construct: IConstruct | undefined;
  /** What it depends on. */
  readonly next: Vertex[];
  /** Whether a construct depends on it. */
  awaited: boolean;
}

export function realVertex(construct: IConstruct): Vertex {
  return { construct, next: [], awaited: false };
}

export function virtualVertex(next: Vertex[]): Vertex {
  return { construct: undefined, next, awaited: false };
}

/** Lets a construct depend on what the target stands for. */
export function link(source: Vertex, target: Vertex): void {
  source.next.push(target);
  markAwaited(target);
}

function markAwaited(vertex: Vertex): void {
  if (vertex.awaited) return;
  vertex.awaited = true;
  if (vertex.construct === undefined) vertex.next.forEach(markAwaited);
}

/**
 * Dependencies first; otherwise in the given order, beginning with what nothing depends on.
 *
 * @throws Error that names the constructs of a circle
 */
export function topology(vertices: readonly Vertex[]): IConstruct[] {
  const order: IConstruct[] = [];
  const states = new Map<Vertex, 'open' | 'done'>();
  // What is still left after the first part is reached from circles alone.
  for (const root of [...vertices.filter(({ awaited }) => !awaited), ...vertices]) visit(root);
  return order;

  // A chain of dependencies can be longer than the stack is deep.
  function visit(root: Vertex): void {
    if (states.has(root)) return;
    states.set(root, 'open');
    const path = [{ vertex: root, position: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = top.vertex.next.at(top.position++);
      if (target === undefined) {
        states.set(top.vertex, 'done');
        if (top.vertex.construct !== undefined) order.push(top.vertex.construct);
        path.pop();
      } else if (!states.has(target)) {
        states.set(target, 'open');
        path.push({ vertex: target, position: 0 });
      } else if (states.get(target) === 'open') {
        throw circle(path.slice(path.findIndex(({ vertex }) => vertex === target)).map(({ vertex }) => vertex));
      }
    }
  }
}

/** In the words of cdk8s. */
function circle(vertices: readonly Vertex[]): Error {
  const paths = vertices.flatMap(({ construct }) => (construct === undefined ? [] : [construct.node.path]));
  return new Error(`Dependency cycle detected: ${[...paths, ...paths.slice(0, 1)].join(' => ')}`);
}
