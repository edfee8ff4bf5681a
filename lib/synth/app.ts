import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App as Cdk8sApp, type AppProps, type Chart } from 'cdk8s';
import { FileRefused, systemErrorCode, systemErrorText } from '../system/system-error';
import { writeWholeFile } from '../system/write-file';
import { type AppOrder, appOrder } from './app-order';
import { filesOfShard } from './app-shard';
import { NetworkSynthesis } from './network-synthesis';
import { explainRepeatedIds } from './repeated-ids';
import { chartDocuments, outputFiles, yamlTexts } from './output-files';

/**
 * An app of cdk8s that is synthesized in one pass: validated once, checked once, each object rendered once, or twice if
 * it has planned values. It writes the same files as the `App` of cdk8s, to the byte, and takes the same time for each
 * object however many charts there are.
 *
 * The `App` of cdk8s plans and checks as well, as soon as one construct of Netloom is in it; this one always does.
 */
export class App extends Cdk8sApp {
  private readonly recordsMetadata: boolean;

  public constructor(props: AppProps = {}) {
    explainRepeatedIds();
    super(props);
    this.recordsMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
  }

  /**
   * All charts, each after those that it depends on.
   *
   * @throws Error if constructs depend on one another in a circle
   */
  public get charts(): Chart[] {
    return [...appOrder(this).charts];
  }

  /**
   * Validates and checks the app, and writes its manifests below the output folder: each file whole or not at all. With
   * `NETLOOM_SHARD=2/8` these are the manifests of the clusters of the second of eight shards.
   *
   * @throws Error with all that is wrong; then nothing is written
   */
  public synth(): void {
    writing(this.outdir, () => mkdirSync(this.outdir, { recursive: true }));
    const manifestOf = this.validated();
    const order = NetworkSynthesis.of(this).validatedOrder();
    const all = outputFiles(order, this.yamlOutputType, this.outputFileExtension, manifestOf);
    const files = NetworkSynthesis.of(this).shard === undefined ? all : filesOfShard(all);
    writing(this.outdir, () => {
      for (const { folder, name, documents } of files) this.write(folder, name, yamlTexts(documents));
      if (this.recordsMetadata) this.write('', 'construct-metadata.json', [constructMetadata(order)]);
    });
  }

  /**
   * Validates and checks the app.
   *
   * @returns all of its manifests as one text of YAML
   * @throws Error with all that is wrong
   */
  public synthYaml(): string {
    const manifestOf = this.validated();
    const documents = chartDocuments(NetworkSynthesis.of(this).validatedOrder(), manifestOf).filter(
      (document) => !ApiObject.isApiObject(document),
    );
    return [...yamlTexts(documents)].join('');
  }

  private validated(): (object: ApiObject) => unknown {
    const synthesis = NetworkSynthesis.of(this);
    const manifests = synthesis.validatedManifests();
    return (object) => manifests.get(object) ?? (synthesis.isLookedAt(object) ? (object.toJson() as unknown) : object);
  }

  /** What can be made anew at any time need not outlast a loss of power. */
  private write(folder: string, name: string, texts: Iterable<string>): void {
    const directory = join(this.outdir, folder);
    mkdirSync(directory, { recursive: true });
    writeWholeFile(join(directory, name), texts, { durable: false });
  }
}

/** @throws Error in words, where the system refuses */
function writing(folder: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (systemErrorCode(error) === undefined && !(error instanceof FileRefused)) throw error;
    throw new Error(`cannot write to ${folder}: ${systemErrorText(error)}`, { cause: error });
  }
}

/** What the validations of the CLI ask for: the construct behind each name. */
function constructMetadata(order: AppOrder): string {
  const objects = order.charts.flatMap((chart) => order.objectsOf(chart));
  const resources = Object.fromEntries(objects.map(({ name, node }) => [name, { path: node.path }]));
  return JSON.stringify({ version: '1.0.0', resources });
}
