import { App } from 'cdk8s';
import { calico } from './calico';
import { cilium } from './cilium';
import { flannel } from './flannel';
import { fleet } from './fleet';
import { onlineBoutique } from './online-boutique';
import { production } from './production';
import { quickstart } from './quickstart';

const app = new App();
quickstart(app);
production(app);
fleet(app);
onlineBoutique(app);
calico(app);
cilium(app);
flannel(app);
app.synth();
