import {
  type CalicoPool,
  linkLocalProblems,
  poolSelectorProblems,
  settingProblems,
  smallPoolProblems,
} from '../../syntax/calico-pool';
import { readCidr, repeated, type ObjectProblem } from '../objects/object-problem';

/** The fields of a pool that limit each other, as they come from props. */
export interface IpPoolFields extends Omit<CalicoPool, 'cidr' | 'disableBGPExport'> {
  readonly cidr: string;
  readonly disableBgpExport?: boolean;
}

export function ipPoolProblems({ cidr: written, disableBgpExport, ...fields }: IpPoolFields): ObjectProblem[] {
  const { value: cidr, problems } = readCidr('cidr', written);
  const pool = { ...fields, cidr, disableBGPExport: disableBgpExport };
  const refused = [
    ...linkLocalProblems(pool),
    ...settingProblems(pool),
    ...smallPoolProblems(pool),
    ...poolSelectorProblems(pool),
  ];
  return [...problems, ...refused.map(({ message, help }) => ({ message, help })), ...useProblems(fields)];
}

function useProblems({ allowedUses }: Pick<IpPoolFields, 'allowedUses'>): ObjectProblem[] {
  if (allowedUses === undefined) return [];
  return [
    ...(allowedUses.length > 0
      ? []
      : [
          {
            message: 'allowedUses is empty, which Calico takes for Workload and Tunnel',
            help: 'leave it out if that is meant; disabled: true gives addresses to nothing',
          },
        ]),
    ...repeated(allowedUses).map((use) => ({ message: `${use} stands twice in allowedUses`, help: 'name it once' })),
  ];
}
