import { type ApiObject, Chart, Names, YamlOutputType } from 'cdk8s';
import type { AppOrder } from './app-order';
import { yamlText } from './yaml-text';

/** A file below the output folder, named as cdk8s names it. */
export interface OutputFile {
  /** Empty for the output folder itself. */
  readonly folder: string;
  readonly name: string;
  readonly documents: readonly unknown[];
}

type ManifestOf = (object: ApiObject) => unknown;

/** The files of an app, in the order of cdk8s: where two have one name, the later one stays. */
export function outputFiles(
  order: AppOrder,
  type: YamlOutputType,
  extension: string,
  manifestOf: ManifestOf,
): OutputFile[] {
  const { charts } = order;
  const nameOf = (chart: Chart, index: number): string =>
    order.dependent ? `${String(index).padStart(4, '0')}-${Names.toDnsLabel(chart)}` : Names.toDnsLabel(chart);
  switch (type) {
    case YamlOutputType.FILE_PER_APP: {
      const documents = chartDocuments(order, manifestOf);
      return charts.length === 0 ? [] : [{ folder: '', name: `app${extension}`, documents }];
    }
    case YamlOutputType.FILE_PER_CHART:
      return charts.map((chart, index) => ({
        folder: '',
        name: `${nameOf(chart, index)}${extension}`,
        documents: documentsOf(chart, order, manifestOf),
      }));
    case YamlOutputType.FILE_PER_RESOURCE:
      return chartDocuments(order, manifestOf)
        .filter((document) => document !== undefined)
        .map((document) => ({
          folder: '',
          name: `${resourceName(document as Resource)}${extension}`,
          documents: [document],
        }));
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return charts.flatMap((chart, index) =>
        order.objectsOf(chart).map((object) => ({
          folder: nameOf(chart, index),
          name: `${resourceName(object)}${extension}`,
          documents: [manifestOf(object)],
        })),
      );
    default:
      return [];
  }
}

/** What cdk8s names a file of one object after. */
interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}

function resourceName({ kind, metadata }: Resource): string {
  return `${kind}.${metadata.name}`.replace(/[^\w.-]/g, '');
}

export function chartDocuments(order: AppOrder, manifestOf: ManifestOf): unknown[] {
  return order.charts.flatMap((chart) => documentsOf(chart, order, manifestOf));
}

/** A chart may have a way of its own to render itself. */
function documentsOf(chart: Chart, order: AppOrder, manifestOf: ManifestOf): unknown[] {
  if (chart.toJson !== Chart.prototype.toJson) return Object.values(chart.toJson() as unknown[]);
  return order.objectsOf(chart).map(manifestOf);
}

/** No single text of all documents: there is a longest string. */
export function* yamlTexts(documents: readonly unknown[]): Generator<string> {
  let text = '';
  for (const [index, document] of documents.entries()) {
    text += index === 0 ? yamlText(document) : `---\n${yamlText(document)}`;
    if (text.length < LONG_TEXT) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** One write to the disk for each object would be slow. */
const LONG_TEXT = 1 << 20;
