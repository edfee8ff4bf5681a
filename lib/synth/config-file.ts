import { ALL_RULES } from '../catalogue/rule-catalogue';
import { CONFIG_FILE_NAME, EMPTY_CONFIG, readConfig, type ReadConfig } from '../config/config';
import { INVALID_CONFIG } from '../config/rules';
import { finding } from '../finding/finding';
import { readLocatedDocument } from '../manifests/located-document';
import { readTextFile } from '../system/read-file';
import { systemErrorCode, systemErrorText } from '../system/system-error';

/** `netloom.yaml` of the working directory, if there is one. Never throws: what is wrong with it is a finding. */
export function readConfigFile(): ReadConfig {
  let text: string;
  try {
    text = readTextFile(CONFIG_FILE_NAME);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return { config: EMPTY_CONFIG, findings: [] };
    const unreadable = finding(INVALID_CONFIG, {
      message: `cannot read ${CONFIG_FILE_NAME}: ${systemErrorText(error)}`,
      origin: { file: CONFIG_FILE_NAME, line: null, column: null, construct: null },
      help: 'make it a file that can be read, or remove it',
    });
    return { config: EMPTY_CONFIG, findings: [unreadable] };
  }
  const { value, problems, locate } = readLocatedDocument(text, CONFIG_FILE_NAME);
  if (problems.length > 0) {
    const findings = problems.map(({ message, origin }) =>
      finding(INVALID_CONFIG, { message, origin, help: `${CONFIG_FILE_NAME} must be one YAML document` }),
    );
    return { config: EMPTY_CONFIG, findings };
  }
  return readConfig(value, RULE_NAMES, locate);
}

const RULE_NAMES: ReadonlyMap<string, string> = new Map(
  ALL_RULES.flatMap(({ code, slug }): [string, string][] => [
    [code, code],
    [slug, code],
  ]),
);
