import type { ValueForm } from '../../value-form';

/** The form of an object, by `apiVersion kind`. What another rule judges is not in it. */
export type FormsByKind = Readonly<Record<string, ValueForm>>;
