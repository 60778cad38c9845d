// The lint rules that are ours: small, and each one a rule of the house that no ready-made rule can say.
import { relative, sep } from 'node:path';
import { root } from '../set-up.mjs';
import { brokenArrow } from './arrows.mjs';

/** ESLint plugin with the rule `ddbx/arrows`: imports follow scripts/lint/arrows.mjs. */
export const ddbx = {
  rules: {
    arrows: {
      meta: { type: 'problem', schema: [], messages: { broken: '{{reason}}.' } },
      create(context) {
        const file = relative(root, context.filename).split(sep).join('/');
        const check = (node, source, typeOnly) => {
          if (typeof source?.value !== 'string') return;
          const reason = brokenArrow(file, source.value, typeOnly);
          if (reason !== undefined) context.report({ node, messageId: 'broken', data: { reason } });
        };
        return {
          ImportDeclaration: node => check(node, node.source, node.importKind === 'type'),
          ExportNamedDeclaration: node => check(node, node.source, node.exportKind === 'type'),
          ExportAllDeclaration: node => check(node, node.source, node.exportKind === 'type'),
          ImportExpression: node => check(node, node.source, false),
          TSImportType: node => check(node, node.source ?? node.argument?.literal, true),
        };
      },
    },
  },
};
