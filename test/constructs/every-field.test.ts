import { Yaml } from 'cdk8s';
import { CONSTRUCT_KINDS, objectsOfKind } from './every-field';

test.each(CONSTRUCT_KINDS)('%s', (name) => {
  expect(`\n${Yaml.stringify(...objectsOfKind(name))}`).toMatchSnapshot();
});
