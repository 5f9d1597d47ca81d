import { expect, it } from 'vitest';
import { buildLawbook } from '../../../src/core/routing/lawbook.js';
import { Problems } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { RULES } from '../../support/court.js';

it('a period counted in days does not take its length from a parameter in working days', () => {
  const files = readRuleFiles(RULES).map(({ path, text }) => ({
    path,
    text: path === 'modules/shouze/deadlines.yaml' ? text.replace('参数: 首执分流期限', '参数: 人工处理期限') : text,
  }));
  const problems = new Problems();
  buildLawbook(files, problems);
  expect(problems.list.map(({ file, code }) => `${file} ${code}`)).toContain('modules/shouze/deadlines.yaml UNIT');
});
