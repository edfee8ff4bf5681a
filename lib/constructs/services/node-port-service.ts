import { NodeService } from './node-service';

/** A Service that is reached at a port of every node, besides its cluster address (`type: NodePort`). */
export class NodePortService extends NodeService {
  /** @internal */
  public _type(): string {
    return 'NodePort';
  }
}
