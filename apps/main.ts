import { App } from 'cdk8s';
import { fleet } from './fleet';
import { migration } from './migration';
import { onlineBoutique } from './online-boutique';
import { production } from './production';
import { quickstart } from './quickstart';

const app = new App();
quickstart(app);
production(app);
fleet(app);
onlineBoutique(app);
migration(app);
app.synth();
