import ts from 'typescript';

/**
 * A key that comes from outside finds in a plain object what nobody wrote there: `toString`, `constructor`, `__proto__`. Keys of type
 * `string` are looked up in a Map, with `own` of lib/syntax/own-member, or with `member` of lib/model/json; keys of a union of literals are our own.
 * @type {import('eslint').Rule.RuleModule}
 */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      lookup:
        'a key of type string finds the members of Object.prototype too: use a Map, own of lib/syntax/own-member, or member of lib/model/json',
    },
  },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const typeOf = (node) => checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(node));
    const parts = (type) => (type.isUnion() ? type.types : [type]);
    const isAnyText = (node) =>
      parts(checker.getBaseConstraintOfType(typeOf(node)) ?? typeOf(node)).some(
        ({ flags }) => flags & ts.TypeFlags.String,
      );
    const isPlainObject = (node) =>
      parts(checker.getNonNullableType(typeOf(node))).some(
        (type) => type.flags & ts.TypeFlags.Object && !checker.isArrayType(type) && !checker.isTupleType(type),
      );
    const check = (node, object, key) => {
      if (isAnyText(key) && isPlainObject(object)) context.report({ node: key, messageId: 'lookup' });
    };
    return {
      'MemberExpression[computed=true]'(node) {
        check(node, node.object, node.property);
      },
      "BinaryExpression[operator='in']"(node) {
        check(node, node.right, node.left);
      },
    };
  },
};
