import * as cdk8s from 'cdk8s';
import * as cdk8sPlus from 'cdk8s-plus-28';
import * as constructs from 'constructs';
import * as netloom from '../../lib';
import { diffModels } from '../../lib/diff';
import { DOCTOR_RULES } from '../../lib/doctor';
import { compareFindings, type Finding } from '../../lib/finding/finding';
import { fileFixes } from '../../lib/fix';
import { type ManifestFile, readLocatedDocument, readManifests } from '../../lib/manifests';
import { networkModel } from '../../lib/model';
import { parseLock, planAddresses, readFleetSpec } from '../../lib/plan';
import { NETWORK_RULES, runRules } from '../../lib/rules';
import { facts } from '../rules/expectations';
import { execute } from './markdown-examples';
import type { CodeBlock } from './rule-page';

/**
 * Manifests. What is known about the cluster stands in a comment on the first line: `# facts: serviceCidrs=10.96.0.0/16`. Remarks
 * count on the page of their own rule only, so that examples can leave out what they are not about.
 */
export function checkManifests([block]: readonly CodeBlock[], code: string): string[] {
  return codesOf(exampleFindings(block).filter((found) => found.severity !== 'info' || found.code === code));
}

/** Whether `--fix` fixes a finding of this code in the example. */
export function fixableIn(block: CodeBlock, code: string): boolean {
  return fileFixes(exampleFindings(block), [exampleFile(block)]).some(({ finding }) => finding.code === code);
}

function exampleFile({ text }: CodeBlock): ManifestFile {
  return { path: 'example.yaml', bytes: new TextEncoder().encode(text) };
}

function exampleFindings(block: CodeBlock): Finding[] {
  const known = /^# facts: (.*)$/m.exec(block.text)?.[1].split(' ') ?? [];
  const read = readManifests([exampleFile(block)]);
  const model = networkModel(read.objects, facts(Object.fromEntries(known.map(splitFact))));
  return [...read.findings, ...runRules([...NETWORK_RULES, ...DOCTOR_RULES], model).findings];
}

/** Two states of the manifests of a cluster: what the change of the one to the other is told to do. */
export function diffManifests([before, after]: readonly CodeBlock[]): string[] {
  const [old, current] = [before, after].map(({ text }) => {
    const read = readManifests([{ path: 'example.yaml', bytes: new TextEncoder().encode(text) }]);
    expect(read.findings).toEqual([]);
    return networkModel(read.objects, {});
  });
  return codesOf(diffModels(old, current).findings);
}

function splitFact(fact: string): [string, string] {
  const equals = fact.indexOf('=');
  return [fact.slice(0, equals), fact.slice(equals + 1)];
}

/** The spec of a fleet, and its lock if the example has one. */
export function planFleet(blocks: readonly CodeBlock[]): string[] {
  const [spec, lock] = ['yaml', 'json'].map((language) => blocks.find((block) => block.language === language)?.text);
  const document = readLocatedDocument(spec ?? '', 'fleet.yaml');
  expect(document.problems).toEqual([]);
  const read = readFleetSpec(document.value);
  const locked = parseLock(lock ?? '{"version": 1, "allocations": {}}');
  if (locked.findings.length > 0) return codesOf([...read.findings, ...locked.findings]);
  return codesOf([...read.findings, ...planAddresses(read.spec, locked.lock).findings]);
}

function codesOf(findings: readonly Finding[]): string[] {
  return [...new Set([...findings].sort(compareFindings).map(({ code }) => code))];
}

/** A program that makes an app: what the synth of this app says, in its error or on standard error. */
export function synthesize([block]: readonly CodeBlock[]): string[] {
  const apps: cdk8s.App[] = [];
  // A returned object is what `new` yields: an app of a unit test, which leaves no files.
  function App(): cdk8s.App {
    const app = cdk8s.Testing.app();
    apps.push(app);
    return app;
  }
  const modules = new Map<string, unknown>([
    ['netloom', netloom],
    ['cdk8s', { ...cdk8s, App }],
    ['cdk8s-plus-28', cdk8sPlus],
    ['constructs', constructs],
  ]);
  try {
    execute(block.text, (name) => {
      if (!modules.has(name)) throw new Error(`the example imports ${name}`);
      return modules.get(name);
    });
  } catch (error) {
    // What cannot be built is found at its line, and not by a synth.
    const codes = error instanceof Error ? codesIn(error.message) : [];
    if (codes.length === 0) throw error;
    return codes;
  }
  expect(apps).toHaveLength(1);
  return codesIn(messagesOf(apps[0]));
}

function messagesOf(app: cdk8s.App): string {
  const printed: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  try {
    app.synthYaml();
  } catch (error) {
    printed.push(error instanceof Error ? error.message : String(error));
  } finally {
    write.mockRestore();
  }
  return printed.join('\n');
}

function codesIn(text: string): string[] {
  return [...new Set(text.match(/\bNL\d{3}\b/g) ?? [])];
}
