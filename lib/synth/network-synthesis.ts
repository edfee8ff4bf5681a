import { existsSync } from 'node:fs';
import { type ApiObject, Lazy } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { clusterTextsOf, type DnsTexts } from '../config/cluster-options';
import { type Config, EMPTY_CONFIG, type ReadConfig, withSeverities } from '../config/config';
import type { Finding } from '../finding/finding';
import type { RuledProblem } from '../finding/problem';
import type { Runbook } from '../migration';
import type { SourceObject } from '../model';
import { findingTexts } from '../output/text/finding-text';
import type { Expectation } from '../reach';
import { EMPTY_LOCK, isInShard, planAddresses, readFleetSpec, type Shard } from '../plan';
import { type AppOrder, appOrder } from './app-order';
import { type Analysis, analyse, type ClaimValues, expectationsOf, type IsWanted } from './analysis';
import {
  type AppState,
  clusterOf,
  emptyState,
  type PlannedClaim,
  type PlannedCluster,
  type PlannedFleet,
} from './app-state';
import { callSiteOf } from './call-site';
import { clusterFacts } from './cluster-facts';
import { CLUSTER_RECORD_NAME } from './cluster-record';
import { readConfigFile } from './config-file';
import type { FieldMap } from './field-map';
import { folderOfFiles, renderFiles, writeFiles } from './files';
import { LOCK_FILE_NAME, type LockFile, readLockFile } from './lock-file';
import { isPiped, isUnitTest, lockFileOf, outdirOf } from './output-folder';
import { type AppClusterManifests, appendPlanReport, type PlanRequest, planRequest } from './plan-report';
import { clusterRecord } from './record-clusters';
import { explainRepeatedIds, rememberSite } from './repeated-ids';
import { settleLock } from './settle-lock';
import { SHARD_NEEDS_OWN_APP, shardOfProcess } from './shard-of-process';
import { today } from '../system/today';

const KEY = Symbol.for('netloom.NetworkSynthesis');

/**
 * What Netloom knows about one app while it is built and synthesized. There is one for each root, found by a symbol,
 * so that the stock `App` needs no subclass.
 */
export class NetworkSynthesis {
  public static of(scope: IConstruct): NetworkSynthesis {
    const root: IConstruct & { [KEY]?: NetworkSynthesis } = scope.node.root;
    return (root[KEY] ??= new NetworkSynthesis(root));
  }

  private readonly state: AppState = emptyState();
  private readonly request = planRequest();
  private lockFile: LockFile | undefined;
  private configFile: ReadConfig | undefined;
  private analysis: Analysis | undefined;
  private analysedNodes = 0;
  /** Whether the app can leave out what is of another shard. */
  private writesShards = false;
  private order: AppOrder | undefined;
  private concluded: { readonly analysis: Analysis; readonly errors: string[] } | undefined;
  /** Set while an analysis renders; otherwise claims are answered from the finished one. */
  private claimValues: ClaimValues | undefined;

  /** cdk8s prints problems as `[path] problem`: a construct of our own says whose problems they are. */
  private readonly hook: IConstruct;

  private constructor(private readonly root: IConstruct) {
    explainRepeatedIds();
    this.hook = new Construct(root, 'Netloom');
    this.hook.node.addValidation({ validate: () => this.validate() });
  }

  /**
   * Validates the app once, all of its constructs, for an app that writes itself: what will be written of each object.
   *
   * @throws Error with all that is wrong
   */
  public validatedManifests(): ReadonlyMap<ApiObject, unknown> {
    this.writesShards = true;
    this.order = undefined;
    const others = this.errorsOfOthers();
    this.analysis = undefined;
    const analysis = this.analyse();
    const errors = this.conclude(analysis, () => others.length === 0);
    if (errors.length + others.length > 0) throw this.validationError(errors, others);
    return analysis.manifests;
  }

  /** The order of what was validated last. @throws Error if constructs depend on one another in a circle */
  public validatedOrder(): AppOrder {
    return (this.order ??= appOrder(this.root));
  }

  /** Remembers the line of user code that called `callee`, the constructor of `construct`. */
  public register(construct: IConstruct, callee: NewableFunction): void {
    const site = callSiteOf(callee);
    this.state.callSites.set(construct, site);
    rememberSite(construct, site);
    this.analysis = undefined;
  }

  /** Lets findings on an object speak of the props of the construct that made it. */
  public describe(object: ApiObject, fields: FieldMap): void {
    this.state.fields.set(object, fields);
  }

  /** Looks at the construct when the app is complete. What is wrong with it is reported together with everything else. */
  public check(construct: IConstruct, problems: () => readonly RuledProblem[]): void {
    this.state.checks.push({ construct, problems });
    this.analysis = undefined;
  }

  /** Checks the expectation against the policies of the cluster when the app is complete. */
  public expect(cluster: IConstruct, expectation: Expectation): void {
    this.state.expectations.push({ cluster, expectation, callSite: callSiteOf() });
    this.analysis = undefined;
  }

  /** Rehearses the runbook when the app is complete, with all rules and expectations of its cluster. */
  public rehearse(construct: IConstruct, name: string, runbook: Runbook): void {
    this.state.rehearsals.push({ construct, name, runbook });
    this.analysis = undefined;
  }

  /** Plans the fleet now: from here on the addresses of its clusters are plain strings. */
  public addFleet(construct: IConstruct, spec: unknown): PlannedFleet {
    const fleet = { construct, ...this.plannedSpec(spec) };
    this.state.fleets.push(fleet);
    this.analysis = undefined;
    return fleet;
  }

  /**
   * Plans the fleet anew, with what its spec has become.
   * @returns the allocations that are elsewhere than before, which code may have read by now
   */
  public changeFleet(fleet: PlannedFleet, spec: unknown): readonly string[] {
    const before = fleet.plan.allocations;
    Object.assign(fleet, this.plannedSpec(spec));
    this.analysis = undefined;
    const after = new Map(fleet.plan.allocations.map(({ key, cidr }) => [key, cidr]));
    return before.flatMap(({ key, cidr }) => (after.get(key) === cidr ? [] : [key]));
  }

  private plannedSpec(input: unknown): Omit<PlannedFleet, 'construct'> {
    const { spec, findings } = readFleetSpec(input);
    const plan = planAddresses(spec, this.lockOfApp().lock, { renumber: this.renumber() });
    return { input, spec, plan, findings: [...findings, ...plan.findings] };
  }

  public addCluster(construct: IConstruct, name: string, fleet: PlannedFleet, dns?: DnsTexts): PlannedCluster {
    const spec = fleet.spec.clusters.find((cluster) => cluster.name === name);
    const cluster = { construct, name, spec, fleet, dns };
    this.state.clusters.set(construct, cluster);
    this.analysis = undefined;
    return cluster;
  }

  public fleetOf(construct: IConstruct): PlannedFleet | undefined {
    return this.state.fleets.find((fleet) => fleet.construct === construct);
  }

  public clusterOf(construct: IConstruct): PlannedCluster | undefined {
    return clusterOf(this.state, construct);
  }

  /** A value that is assigned during synth, for a field of an ApiObject. */
  public planned(claim: PlannedClaim): Lazy {
    this.state.claims.push(claim);
    this.analysis = undefined;
    const produce = (): unknown =>
      this.claimValues ? this.claimValues(claim) : (this.analysis ?? this.analyse()).assigned.get(claim);
    return Lazy.any({ produce }) as Lazy;
  }

  /**
   * A file that `kubectl apply -f` on the output folder must not read, because it is no Kubernetes object: written below
   * that folder when a synth succeeds.
   * @param path relative, in a folder, with `/` between its parts: `kubeadm/prod.yaml`
   * @param render called when the app is complete
   */
  public addFile(construct: IConstruct, path: string, render: () => string): void {
    this.state.files.push({ construct, path, render });
    this.analysis = undefined;
  }

  /** The text of each file by path, as the app stands now. */
  public files(): ReadonlyMap<string, string> {
    return renderFiles(this.state).files;
  }

  /** cdk8s validates an app once for each chart, in one go: the analysis is kept until the go is over or the tree has grown. */
  private analyse(): Analysis {
    const nodes = this.root.node.findAll().length;
    if (this.analysis !== undefined && this.analysedNodes === nodes) return this.analysis;
    const analysis = analyse(
      this.root,
      this.state,
      this.lockOfApp().lock,
      this.renumber(),
      this.configOfApp().config,
      today(),
      (values, render) => {
        this.claimValues = values;
        try {
          return render();
        } finally {
          this.claimValues = undefined;
        }
      },
      this.isWanted,
    );
    this.analysis = analysis;
    this.analysedNodes = nodes;
    queueMicrotask(() => (this.analysis = undefined));
    return analysis;
  }

  /** What is of another shard, or of another cluster than a command asks about, is left alone. */
  private readonly isWanted: IsWanted = (cluster) => {
    const only = this.request?.cluster;
    return (only === undefined || cluster === only) && (this.shard === undefined || isInShard(cluster, this.shard));
  };

  /** Whether this run looks at the object, or at any other construct. */
  public isLookedAt(construct: IConstruct): boolean {
    return this.isWanted(this.clusterOf(construct)?.name);
  }

  /** Whether this run synthesizes the charts of the cluster. */
  public isInShard(cluster: string): boolean {
    return this.shard === undefined || isInShard(cluster, this.shard);
  }

  /** Which part of the app is synthesized; undefined for all of it. A unit test is of the whole. @throws Error */
  public get shard(): Shard | undefined {
    return isUnitTest(this.root) ? undefined : shardOfProcess();
  }

  private validate(): string[] {
    if (this.shard !== undefined && this.request === undefined && !this.writesShards) {
      throw this.validationError([SHARD_NEEDS_OWN_APP], this.errorsOfOthers());
    }
    const analysis = this.analyse();
    if (this.concluded?.analysis !== analysis) {
      this.order = undefined;
      // A synth that fails for another reason must not save the lock either.
      this.concluded = { analysis, errors: this.conclude(analysis, () => this.errorsOfOthers().length === 0) };
    }
    const { errors } = this.concluded;
    if (errors.length > 0) throw this.validationError(errors, this.errorsOfOthers());
    return [];
  }

  /** What cdk8s would throw, all errors of other constructs included, but without the frames of cdk8s and of ours: the problem lies in neither. */
  private validationError(errors: readonly string[], others: readonly string[]): Error {
    const all = [...errors.map((text) => `[${this.hook.node.path}] ${text}`), ...others];
    const error = new Error(`Validation failed with the following errors:\n  ${all.join('\n  ')}`);
    error.stack = `${error.name}: ${error.message}`;
    return error;
  }

  /** A validation may add constructs: they are validated, too. */
  private errorsOfOthers(): string[] {
    const constructs = this.root.node.findAll();
    const errors = this.errorsOf(constructs);
    const grown = this.root.node.findAll();
    return errors.length > 0 || grown.length === constructs.length ? errors : this.errorsOf(grown);
  }

  private errorsOf(constructs: readonly IConstruct[]): string[] {
    return constructs
      .filter((construct) => construct !== this.hook)
      .flatMap(({ node }) => node.validate().map((text) => `[${node.path}] ${text}`));
  }

  /** Prints warnings, saves the lock and the files if nothing is wrong, and returns what is. */
  private conclude(analysis: Analysis, othersAreValid: () => boolean): string[] {
    const { request } = this;
    const rendered = renderFiles(this.state, (construct) => this.isLookedAt(construct));
    const lockFindings = this.lockOfApp().findings;
    const findings = withSeverities(
      [...lockFindings, ...this.configFindings(), ...analysis.findings, ...rendered.findings],
      this.configOfApp().config,
    );
    if (request !== undefined) {
      this.redirectOutput(request.outdir);
      appendPlanReport(request, this.planReport(request, analysis, findings));
      // Whatever netloom.yaml says: a lock that could not be understood is not overwritten.
    } else if (!hasErrors([...lockFindings, ...findings]) && othersAreValid()) {
      findings.push(...this.settleLock(analysis));
      if (!hasErrors(findings)) findings.push(...this.settleFiles(rendered.files));
    }
    const warnings = findings.filter(({ severity }) => severity === 'warning');
    if (request === undefined) for (const text of findingTexts(warnings)) process.stderr.write(`${text}\n`);
    const errors = findings.filter(({ severity }) => severity === 'error');
    return findingTexts(errors).map((text) => text.replaceAll('\n', '\n    '));
  }

  private settleLock({ lock, changes }: Analysis): readonly Finding[] {
    if (isUnitTest(this.root) || this.state.fleets.length === 0) return [];
    const clusters = [...this.state.clusters.values()].map(({ name }) => name);
    const findings = settleLock(this.lockOfApp(), lock, changes, this.root, clusters);
    if (findings.length === 0) this.lockFile = undefined;
    return findings;
  }

  private settleFiles(files: ReadonlyMap<string, string>): Finding[] {
    const folder = outdirOf(this.root);
    // Whoever only asks for the YAML as text has no output folder.
    if (folder === undefined || isUnitTest(this.root) || isPiped(folder) || !existsSync(folder)) return [];
    const target = folderOfFiles(folder);
    // What a Helm chart becomes is rendered by Helm.
    const record = target === folder ? this.clusterRecord(files) : undefined;
    return writeFiles(target, record === undefined ? files : new Map([...files, [CLUSTER_RECORD_NAME, record]]));
  }

  private clusterRecord(files: ReadonlyMap<string, string>): string | undefined {
    return clusterRecord(this.root, () => this.validatedOrder(), this.state, files, this.isWanted);
  }

  private lockOfApp(): LockFile {
    return (this.lockFile ??= this.readLock());
  }

  private readLock(): LockFile {
    const path = this.request?.lockFile ?? lockFileOf(this.root) ?? LOCK_FILE_NAME;
    if (isUnitTest(this.root)) return { path, text: undefined, lock: EMPTY_LOCK, findings: [] };
    return readLockFile(path);
  }

  /** `netloom.yaml` beside `cdk8s.yaml`, where the app runs. */
  private configOfApp(): ReadConfig {
    return (this.configFile ??= isUnitTest(this.root) ? { config: EMPTY_CONFIG, findings: [] } : readConfigFile());
  }

  /** A command that asks for a plan reads the file itself, and says what is wrong with it. */
  private configFindings(): readonly Finding[] {
    return this.request === undefined ? this.configOfApp().findings : [];
  }

  private renumber(): ReadonlySet<string> {
    return new Set(this.request?.renumber);
  }

  private redirectOutput(outdir: string): void {
    Object.assign(this.root, { outdir });
  }

  private planReport(
    request: PlanRequest,
    { lock, changes, skipped, suppressed, objects }: Analysis,
    findings: readonly Finding[],
  ): Parameters<typeof appendPlanReport>[1] {
    const plans = this.state.fleets.map(({ plan }) => plan);
    return {
      clusters: plans.flatMap(({ clusters }) => [...clusters]),
      allocations: plans.flatMap(({ allocations }) => allocations),
      free: plans.flatMap(({ free }) => free),
      changes,
      findings,
      skipped,
      suppressed,
      objects: [...objects.values()].reduce((sum, { length }) => sum + length, 0),
      manifests:
        request.manifests === true
          ? [...objects].map((entry) => clusterManifests(entry, this.configOfApp().config))
          : [],
      rehearsals:
        request.manifests === true
          ? this.state.rehearsals.map(({ construct, name, runbook }) => {
              const cluster = this.clusterOf(construct);
              const expectations = expectationsOf(this.state, this.configOfApp().config, cluster);
              return { name, cluster: cluster?.name ?? null, runbook, expectations };
            })
          : [],
      fleets: this.state.fleets.map(({ input }) => input),
      lockFile: this.lockOfApp().path,
      lock: [...lock.allocations],
    };
  }
}

function clusterManifests(
  [cluster, objects]: [PlannedCluster | undefined, readonly SourceObject[]],
  config: Config,
): AppClusterManifests {
  return {
    cluster: cluster?.name ?? null,
    facts: clusterTextsOf(clusterFacts(cluster, config)),
    manifests: objects.map(({ manifest, locate }) => ({ manifest, origin: locate([]) })),
  };
}

function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
