/** The import direction of the house: main → shell → app → core; inside core the pipeline's order. No cycles. */
module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core' },
      to: { path: '^src/(app|shell|main|verify|web)' },
    },
    {
      name: 'core-uses-no-node',
      comment: 'one file of the kernel hashes; nothing else in core touches the platform',
      severity: 'error',
      from: { path: '^src/core', pathNot: '^src/core/kernel/digest\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'app-knows-no-shell',
      severity: 'error',
      from: { path: '^src/app' },
      to: { path: '^src/(shell|main|web)' },
    },
    { name: 'shell-knows-no-main', severity: 'error', from: { path: '^src/shell' }, to: { path: '^src/main' } },
    {
      name: 'shell-rooms-apart',
      comment: 'cli reads and writes through files; nothing else crosses',
      severity: 'error',
      from: { path: '^src/shell/files' },
      to: { path: '^src/shell/(?!files)' },
    },
    {
      name: 'one-importer-of-json-rules-engine',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/core/rules/engine\\.ts$' },
      to: { path: 'node_modules/json-rules-engine' },
    },
    {
      name: 'graphology-in-related',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/core/related' },
      to: { path: 'node_modules/graphology' },
    },
    {
      name: 'exceljs-in-files',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/shell/files' },
      to: { path: 'node_modules/exceljs' },
    },
    {
      name: 'kernel-is-the-floor',
      severity: 'error',
      from: { path: '^src/core/kernel' },
      to: { path: '^src/core/(?!kernel)' },
    },
    {
      name: 'law-stands-on-kernel',
      severity: 'error',
      from: { path: '^src/core/law' },
      to: { path: '^src/core/(?!kernel|law)' },
    },
    {
      name: 'documents-stand-on-kernel',
      severity: 'error',
      from: { path: '^src/core/documents' },
      to: { path: '^src/core/(?!kernel|documents)' },
    },
    {
      name: 'rules-know-no-case',
      severity: 'error',
      from: { path: '^src/core/rules' },
      to: { path: '^src/core/(related|assignment|routing)' },
    },
    {
      name: 'related-before-assignment',
      severity: 'error',
      from: { path: '^src/core/related' },
      to: { path: '^src/core/(assignment|routing)' },
    },
    {
      name: 'assignment-before-routing',
      severity: 'error',
      from: { path: '^src/core/assignment' },
      to: { path: '^src/core/routing' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js'], conditionNames: ['import', 'node', 'default'] },
  },
};
