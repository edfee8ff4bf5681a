import { existsSync, readFileSync } from 'node:fs';
import { CONFIG_FILE_NAME, EMPTY_CONFIG, readConfig, type ReadConfig } from '../config/config';
import { INVALID_CONFIG } from '../config/rules';
import { finding } from '../finding/finding';
import { readLocatedDocument } from '../manifests/located-document';
import { ALL_RULES } from './rule-catalogue';

/** `netloom.yaml` of the working directory, if there is one. */
export function loadConfig(): ReadConfig {
  if (!existsSync(CONFIG_FILE_NAME)) return { config: EMPTY_CONFIG, findings: [] };
  const { value, problems, locate } = readLocatedDocument(readFileSync(CONFIG_FILE_NAME, 'utf8'), CONFIG_FILE_NAME);
  if (problems.length > 0) {
    const findings = problems.map(({ message, origin }) =>
      finding(INVALID_CONFIG, { message, origin, help: `${CONFIG_FILE_NAME} must be one YAML document` }),
    );
    return { config: EMPTY_CONFIG, findings };
  }
  const known = new Map(
    ALL_RULES.flatMap(({ code, slug }): [string, string][] => [
      [code, code],
      [slug, code],
    ]),
  );
  return readConfig(value, known, locate);
}
