import type { Finding } from '../../lib/finding/finding';
import { objectText } from '../../lib/finding/finding';
import { readManifests, type ReadManifests } from '../../lib/manifests';

export function readText(text: string, path = 'a.yaml'): ReadManifests {
  return readManifests([{ path, bytes: Buffer.from(text) }]);
}

/** `NL932 error a.yaml:3:3 Service shop/web: message` */
export function findingLine({ code, severity, origin, object, message }: Finding): string {
  const place = origin === null ? '-' : [origin.file, origin.line, origin.column].map(String).join(':');
  return `${code} ${severity} ${place} ${object === null ? '-' : objectText(object)}: ${message}`;
}

export function findingLines({ findings }: ReadManifests): string[] {
  return findings.map(findingLine);
}

export function manifestsOf({ objects }: ReadManifests): unknown[] {
  return objects.map(({ manifest }) => manifest);
}

/** A Service with this text as its spec. */
export function serviceWith(spec: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: shop\nspec:\n${spec}\n`;
}
