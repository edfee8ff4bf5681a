import { changed, type ChangeRule } from '../change-rule';
import { pairsOf } from '../model-change';

export const nodePortMoves: ChangeRule = {
  code: 'NL816',
  slug: 'node-port-moves',
  severity: 'warning',
  title: 'The node port of a Service moves',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.services, after.services)) {
      const old = new Map(pair.before.ports.map((entry) => [`${entry.port}/${entry.protocol}`, entry]));
      for (const { port, protocol, nodePort, path } of pair.after.ports) {
        const earlier = old.get(`${port}/${protocol}`);
        if (earlier?.nodePort === undefined || nodePort === undefined || earlier.nodePort === nodePort) continue;
        report({
          ...changed({ before: pair.before.object, after: pair.after.object }, [...path, 'nodePort'], {
            message: `the node port of ${port}/${protocol} moves from ${earlier.nodePort} to ${nodePort}`,
            help: 'load balancers and firewalls outside of the cluster use the old port: change them together, or add a second Service',
          }),
          related: [{ on: pair.before.object, field: [...earlier.path, 'nodePort'], message: 'before the change' }],
        });
      }
    }
  },
};
