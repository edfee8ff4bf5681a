import { AddressError, type Cidr, cidrContains, formatCidr, parseCidr } from '../../address';
import { type FieldPath, type IpBlock, type NetworkPolicy, readIpAddress, readMaskedCidr } from '../../model';
import { maskedText } from '../address-problem';
import { setTo, shown } from '../field-problem';
import { isStrict } from '../kubernetes-version';
import type { NetworkRule, Report } from '../network-rule';

/**
 * `except` lists parts of the block, so that each lies inside of it and is smaller (ValidateIPBlock). Host bits and leading
 * zeros were accepted before KEP-4858 and still are where an object had them: a warning, unless the version is known.
 */
export const policyIpBlockInvalid: NetworkRule = {
  code: 'NL503',
  slug: 'policy-ip-block-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An ipBlock of a NetworkPolicy is not a CIDR, or its exceptions are not parts of it',
  check(model, report) {
    const strict = isStrict(model.facts);
    for (const policy of model.networkPolicies) {
      for (const { peers } of policy.rules) {
        for (const { ipBlock, path } of peers) {
          if (ipBlock !== undefined) checkBlock(policy, ipBlock, [...path, 'ipBlock'], strict, report);
        }
      }
    }
  },
};

function checkBlock(
  { object }: NetworkPolicy,
  { cidr, except }: IpBlock,
  path: FieldPath,
  strict: boolean,
  report: Report,
): void {
  const block = readReported(cidr, [...path, 'cidr']);
  except.forEach((value, index) => {
    const field = [...path, 'except', index];
    const exception = readReported(value, field);
    if (block === undefined || exception === undefined) return;
    if (cidrContains(block, exception) && exception.prefix > block.prefix) return;
    report({
      on: object,
      field,
      message: `the exception ${formatCidr(exception)} is not a part of the block ${formatCidr(block)}`,
      help:
        cidrContains(exception, block) && block.family === exception.family
          ? 'nothing of the block would be left: leave the peer out'
          : 'except only narrows its own block: leave out what lies outside of it',
    });
  });

  function readReported(value: unknown, field: FieldPath): Cidr | undefined {
    if (typeof value !== 'string' || value === '') {
      report({
        on: object,
        field,
        message:
          value === undefined || value === null || value === ''
            ? 'the ipBlock has no cidr'
            : `${shown(value)} is not a CIDR`,
        help: 'write a CIDR such as 192.0.2.0/24 or 2001:db8::/32',
      });
      return undefined;
    }
    try {
      return parseCidr(value);
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      const meant = readAsBefore(value);
      const masked = maskedText(value);
      report({
        on: object,
        field,
        message: error.reason,
        help: meant === undefined ? withoutPrefix(value, error.help) : `write ${formatCidr(meant)}`,
        ...(meant !== undefined && !strict && { severity: 'warning' }),
        ...(masked !== undefined && setTo(field, masked)),
      });
      return meant;
    }
  }
}

/** As API servers without strict validation read it. */
function readAsBefore(value: string): Cidr | undefined {
  return readMaskedCidr(value.replace(/(^|\.)0+(?=[0-9])/g, '$1'));
}

function withoutPrefix(value: string, help: string): string {
  const address = readIpAddress(value);
  if (address === undefined) return help;
  return `write ${value}/${address.family === 'IPv4' ? 32 : 128} for this one address`;
}
