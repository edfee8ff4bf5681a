import { formatCidr } from '../../../address';
import { readIpAddress, readMaskedCidr, text } from '../../../model';
import { isDnsSubdomain, isPortName } from '../../../syntax/name-syntax';
import { inRightCase, isSet, oneOf, setTo, shown } from '../../field-problem';
import { all, nameOf, textThat, type ValueForm } from '../../value-form';

/** What the validator of libcalico-go asks of values in several kinds (lib/validator/v3/validator.go). */

/** Numbers may be written as text here; 1.10 without quotes is neither a whole number nor the text that was meant. */
export function textOf(value: unknown): string {
  return Number.isInteger(value) ? String(value) : (text(value) ?? '');
}

/** `name` of the validator: a DNS name. */
export const NAME = textThat(
  (value) => value.length <= 253 && isDnsSubdomain(value),
  'a name of lower-case letters, digits, hyphens and dots',
);

/** `portName` of the validator: what Kubernetes takes as the name of a port. */
export const PORT_NAME = textThat(
  isPortName,
  'the name of a port: at most 15 lower-case letters, digits and single hyphens',
);

/** `net` of the validator: what it names has no bits behind the prefix. */
export function canonicalCidr(form: ValueForm): ValueForm {
  return all(form, (value, path) => {
    const cidr = readMaskedCidr(text(value));
    if (cidr === undefined) return [];
    const [address] = String(value).split('/');
    if (readIpAddress(address)?.value === cidr.base) return [];
    return [
      {
        field: path,
        message: `${nameOf(path)} is ${String(value)}, which has bits behind its prefix: Calico refuses it here`,
        help: `write ${formatCidr(cidr)}`,
        ...setTo(path, formatCidr(cidr)),
      },
    ];
  });
}

const PROTOCOLS = ['TCP', 'UDP', 'ICMP', 'ICMPv6', 'SCTP', 'UDPLite'];

/** A number from 1 to 255, or a name. Felix reads names in any case, and the validator asks for this one. */
function protocol(names: readonly string[], isNumber: (number: number) => boolean, numbers: string): ValueForm {
  return (value, path) => {
    if (!isSet(value) || names.some((name) => name === value)) return [];
    if (/^[0-9]{1,3}$/.test(textOf(value)) && isNumber(Number(value))) return [];
    const mending = inRightCase(path, value, names);
    return [
      {
        field: path,
        message: `${String(path.at(-1))} is ${shown(value)}`,
        help:
          mending.fix === undefined
            ? `write ${names.join(', ')}, or ${numbers}`
            : `write ${oneOf(names)}: case matters`,
        ...mending,
      },
    ];
  };
}

export const PROTOCOL = protocol(PROTOCOLS, (number) => number >= 1 && number <= 255, 'a number from 1 to 255');

export const PROTOCOL_WITH_PORTS = protocol(
  ['TCP', 'UDP', 'SCTP'],
  (number) => [6, 17, 132].includes(number),
  'their numbers 6, 17 and 132: no other protocol has ports',
);
