import { Chart } from 'cdk8s';
import { type IConstruct, Node } from 'constructs';
import { finding, type Finding, type Origin } from '../finding/finding';
import { findingText } from '../output/text/finding-text';
import { type CallSite, callSiteOf, codeLocation } from './call-site';
import { LOCK_FILE_NAME } from './lock-file';
import { appendPlanReport, planRequest } from './plan-report';
import { CONSTRUCT_ID_REUSED } from './rules';

type AddChild = (this: Node, child: IConstruct, id: string) => void;

/** What `constructs` calls for each construct. It is private there: where it is gone, its own error is thrown. */
const methods = Node.prototype as unknown as { addChild?: AddChild };

const sites = new WeakMap<IConstruct, CallSite>();
let isInstalled = false;

/**
 * Lets the error for an id that is there already name both lines. `constructs` throws in the constructor of the second one, which no validation
 * can see: so that its method is wrapped, once for each process.
 */
export function explainRepeatedIds(): void {
  const addChild = methods.addChild;
  if (isInstalled || addChild === undefined) return;
  isInstalled = true;
  // A place costs more than an object: in a synth only charts, and what registers itself, have one.
  const remembersAll = planRequest() !== undefined;
  methods.addChild = function (child, id) {
    try {
      addChild.call(this, child, id);
    } catch (error) {
      const first = this.tryFindChild(id);
      throw first === undefined ? error : repeatedId(error, first, callSiteOf());
    }
    if (remembersAll || isChart(child)) sites.set(child, callSiteOf());
  };
}

/** `instanceof` and `Chart.isChart` know a chart only when it is complete. */
function isChart(construct: IConstruct): boolean {
  return Object.prototype.isPrototypeOf.call(Chart.prototype, construct);
}

/** Remembers where a construct was made. */
export function rememberSite(construct: IConstruct, site: CallSite): void {
  sites.set(construct, site);
}

function repeatedId(error: unknown, first: IConstruct, second: CallSite): unknown {
  if (!(error instanceof Error)) return error;
  const { path } = first.node;
  const found = finding(CONSTRUCT_ID_REUSED, {
    message: error.message.charAt(0).toLowerCase() + error.message.slice(1),
    help: 'give one of them another id: it is part of the names of their objects and files',
    origin: originOf(second, path),
    related: [{ message: 'first used here', object: null, origin: originOf(sites.get(first), path) }],
  });
  const explained = new Error(findingText(found));
  explained.stack = `${explained.name}: ${explained.message}`;
  reportIfUncaught(explained, found);
  return explained;
}

function originOf(site: CallSite | undefined, construct: string): Origin {
  return { file: null, line: null, column: null, ...(site && codeLocation(site)), construct };
}

/** A command that asks for a report gets the finding in one; code that catches the error goes on without. */
function reportIfUncaught(thrown: Error, found: Finding): void {
  const request = planRequest();
  if (request === undefined) return;
  process.on('uncaughtExceptionMonitor', (error) => {
    if (error !== thrown) return;
    appendPlanReport(request, {
      clusters: [],
      allocations: [],
      free: [],
      changes: [],
      findings: [found],
      skipped: [],
      suppressed: 0,
      objects: 0,
      manifests: [],
      rehearsals: [],
      fleets: [],
      lockFile: request.lockFile ?? LOCK_FILE_NAME,
      lock: [],
    });
  });
}
