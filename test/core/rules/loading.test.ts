import { describe, expect, it } from 'vitest';
import { COURT, load, placeOf, refused, SMALL } from './support.js';

const PATH = 'national/small.yaml';

/** One mistake: what was written for what, where it is reported (the text that stands there), and what cures it. */
type Trap = readonly [name: string, from: string, to: string, at: string, code: string, cure: RegExp];

const YAML_TRAPS: readonly Trap[] = [
  [
    'a full-width colon makes a key and its value one text',
    '名称: 测试',
    '名称：测试',
    '名称：测试',
    'YAML_MULTILINE_IMPLICIT_KEY',
    /全角的「：」.*半角/,
  ],
  [
    'a full-width colon in the middle of a map',
    '  案件类别: 民事',
    '  案件类别：民事',
    '案件类别：民事',
    'YAML_MULTILINE_IMPLICIT_KEY',
    /全角的「：」.*半角/,
  ],
  [
    'a full-width colon in braces',
    '{ 程序: 普通程序 }',
    '{ 程序：普通程序 }',
    '程序：普通程序',
    'YAML_FULL_WIDTH',
    /改成半角/,
  ],
  [
    'a full-width colon in a condition',
    '- 事实清楚: 是',
    '- 事实清楚：是',
    '事实清楚：是',
    'YAML_FULL_WIDTH',
    /半角冒号加一个空格/,
  ],
  [
    'a full-width colon in a key',
    '    结果: { 程序: 普通',
    '    结果：{ 程序: 普通',
    '结果：{',
    'YAML_FULL_WIDTH',
    /改成半角/,
  ],
  [
    'a full-width comma makes a list one item',
    '[合同纠纷, 离婚纠纷]',
    '[合同纠纷，离婚纠纷]',
    '合同纠纷，离婚纠纷',
    'YAML_FULL_WIDTH',
    /改成半角「,」/,
  ],
  [
    'a full-width comma in braces',
    '{ 案件类别: 民事, 审级: 一审 }',
    '{ 案件类别: 民事，审级: 一审 }',
    '民事，审级',
    'YAML_BLOCK_IN_FLOW',
    /全角的「，」.*改成半角/,
  ],
  [
    'full-width brackets',
    '[合同纠纷, 离婚纠纷]',
    '［合同纠纷, 离婚纠纷］',
    '离婚纠纷］',
    'YAML_FULL_WIDTH',
    /「］」.*改成半角/,
  ],
  [
    'full-width braces',
    '{ 程序: 普通程序 }',
    '｛ 程序: 普通程序 ｝',
    '｛ 程序',
    'YAML_BLOCK_AS_IMPLICIT_KEY',
    /全角的「｛」.*改成半角/,
  ],
  ['Chinese quotation marks', '名称: 测试', '名称: “测试”', '“测试”', 'YAML_FULL_WIDTH', /英文双引号/],
  [
    '「见 #165」 would be cut to 「见」',
    '说明模板: 适用普通程序',
    '说明模板: 见 #165',
    '见 #165',
    'YAML_HASH',
    /加上引号/,
  ],
  ['a leading zero', '标的额: 20000', '标的额: 020000', '020000', 'TYPE', /半角数字/],
  ['5万', '标的额: 20000', '标的额: 5万', '5万', 'TYPE', /不写「万」/],
  ['50,000', '标的额: 20000', '标的额: 50,000', '50,000', 'TYPE', /不写.*逗号/],
  ['50,000 in braces', '{ 标的额: 40000 }', '{ 标的额: 50,000 }', '000 }', 'YAML_NO_VALUE', /数字里不要写逗号/],
  ['full-width digits', '标的额: 20000', '标的额: ２００００', '２００００', 'TYPE', /半角数字/],
  ['full-width digits in a key', '名: 刑事', '名１: 刑事', '名１', 'YAML_FULL_WIDTH', /改成半角/],
  [
    'a key that stands twice',
    '层: 程序',
    '层: 程序\n层: 审判组织',
    '层: 审判组织',
    'YAML_DUPLICATE_KEY',
    /合并或者删去/,
  ],
  [
    'a key that stands twice in braces',
    '{ 程序: 普通程序 }',
    '{ 程序: 普通程序, 程序: 简易程序 }',
    '程序: 简易程序 }',
    'YAML_DUPLICATE_KEY',
    /合并或者删去/,
  ],
  ['an anchor', '  - 编号: T-PT', '  - &甲\n    编号: T-PT', '编号: T-PT', 'YAML_ANCHOR', /删去/],
  ['an alias', '名称: 普通程序', '名称: *甲', '*甲', 'YAML_ALIAS', /写出来/],
  ['a tag', '名称: 普通程序', '名称: !secret 普通程序', '!secret', 'YAML_TAG_RESOLVE_FAILED', /删去/],
  ['a tag of YAML itself', '名称: 普通程序', '名称: !!str 普通程序', '普通程序\n    适用', 'YAML_TAG', /删去/],
  ['a merge key', '基准:\n', '基准:\n  <<: { 审级: 一审 }\n', '<<', 'FACT_UNKNOWN', /没有事实「<<」/],
  ['several documents', '规则:\n', '---\n规则:\n', '---', 'YAML_DOCUMENTS', /删去 ---/],
  ['a directive', '名称: 测试', '%YAML 1.1\n---\n名称: 测试', '%YAML', 'YAML_DIRECTIVE', /删去/],
  ['a tab', '  案件类别: 民事', '\t案件类别: 民事', '\t', 'YAML_TAB', /半角空格/],
  ['a byte order mark', '名称: 测试', '\ufeff名称: 测试', '\ufeff', 'YAML_INVISIBLE', /不带 BOM/],
  ['a full-width space', '  审级: 一审', '\u3000审级: 一审', '\u3000', 'YAML_INVISIBLE', /U\+3000.*删去/],
  ['a bidirectional mark', '名称: 测试', '名称: 测\u202e试', '\u202e', 'YAML_INVISIBLE', /U\+202E.*删去/],
  ['a NUL', '名称: 测试', '名称: 测\u0000试', '\u0000', 'YAML_INVISIBLE', /U\+0000.*删去/],
  ['a zero-width space', '名称: 测试', '名称: 测\u200b试', '\u200b', 'YAML_INVISIBLE', /U\+200B.*删去/],
  ['no space after the colon', '层: 程序', '层:程序', '层:程序', 'YAML_MULTILINE_IMPLICIT_KEY', /后面留一个空格/],
  ['a key without a value', '层: 程序', '层:', '层:', 'YAML_NO_VALUE', /没有内容/],
  [
    'keys that do not line up',
    '    名称: 普通程序',
    '   名称: 普通程序',
    '   名称: 普通程序',
    'YAML_MISSING_CHAR',
    /半角/,
  ],
  ['a brace that is not closed', '{ 程序: 普通程序 }', '{ 程序: 普通程序', '依据:', 'YAML_BAD_INDENT', /对齐/],
];

const WORD_TRAPS: readonly Trap[] = [
  ['an unknown fact', '- 事实清楚: 是', '- 事实清除: 是', '事实清除', 'FACT_UNKNOWN', /是不是「事实清楚」/],
  ['an unknown operator', '不超过:', '不大于:', '不大于', 'OPERATOR', /是不是「不/],
  ['an operator that is a word of the program', '不超过:', 'constructor:', 'constructor', 'OPERATOR', /没有运算/],
  ['an unknown word of a fact', '  审级: 一审', '  审级: 一申', '一申', 'WORD_UNKNOWN', /是不是「一审」/],
  ['an unknown cause', '[合同纠纷, 离婚纠纷]', '[合同, 离婚纠纷]', '合同, 离婚', 'CAUSE_UNKNOWN', /是不是「合同纠纷」/],
  [
    'an unknown parameter',
    '{ 参数: 小额诉讼法定限额 }',
    '{ 参数: 小额诉讼法定限度 }',
    '小额诉讼法定限度',
    'PARAMETER_UNKNOWN',
    /是不是「小额诉讼法定限额」/,
  ],
  ['an unknown rule', '例外于: [T-PT]', '例外于: [T-PP]', 'T-PP', 'EXCEPTION_TARGET', /是不是「T-PT」/],
  ['an unknown layer', '层: 程序', '层: 程式', '程式', 'WORD_UNKNOWN', /是不是「程序」/],
  ['an unknown conclusion', '{ 程序: 普通程序 }', '{ 程序: 普通 }', '普通 }', 'WORD_UNKNOWN', /是不是「普通程序」/],
  [
    'a conclusion of another layer',
    '{ 程序: 普通程序 }',
    '{ 审判组织: 合议 }',
    '审判组织: 合议',
    'CONCLUSION',
    /属于「审判组织」/,
  ],
  [
    'two conclusions',
    '{ 程序: 普通程序 }',
    '{ 程序: 普通程序, 审判组织: 合议 }',
    '{ 程序: 普通程序, 审判',
    'CONCLUSION',
    /分成几条规则/,
  ],
  ['an unknown key', '说明模板: 适用普通', '说明模版: 适用普通', '说明模版', 'FIELD_UNKNOWN', /是不是「说明模板」/],
  ['an unknown delegation', '下级可细化: [例外]', '下级可细化: [列外]', '列外', 'WORD_UNKNOWN', /是不是「例外」/],
  ['an unknown result of an example', '得: 普通程序', '得: 普通', '普通 }', 'EXAMPLE', /是不是「普通程序」/],
  ['an empty list', '[合同纠纷, 离婚纠纷]', '[]', '[]', 'CONDITION_EMPTY', /空的/],
  [
    'an empty 任一, which engines take for true',
    '- 事实清楚: 是',
    '- 任一: []',
    '[]',
    'CONDITION_EMPTY',
    /空的「任一」/,
  ],
  ['an empty 全部', '- 事实清楚: 是', '- 全部: []', '[]', 'CONDITION_EMPTY', /不能是空的/],
  ['an empty 适用', '{ 案件类别: 民事, 审级: 一审 }\n    结果', '{}\n    结果', '{}', 'CONDITION_EMPTY', /空的/],
  [
    'a cause without 属于',
    '案由: { 属于: [合同纠纷, 离婚纠纷] }',
    '案由: [合同纠纷]',
    '[合同纠纷]',
    'OPERATOR',
    /属于/,
  ],
  ['是 written otherwise', '- 事实清楚: 是', '- 事实清楚: true', 'true', 'TYPE', /「是」或者「否」/],
  ['a threshold of a word', '标的额: { 不超过', '审级: { 不超过', '不超过: {', 'OPERATOR', /不是数字/],
  [
    'a parameter of another type',
    '{ 参数: 小额诉讼法定限额 }',
    '{ 参数: 人数众多 }',
    '{ 参数: 人数众多 }',
    'TYPE',
    /类型不同/,
  ],
  ['a fact of a later step', '- 事实清楚: 是', '- 关联种类: 反诉', '关联种类', 'FACT_LAYER', /还不知道/],
  ['a date written out', '施行: 2022-01-01', '施行: 2022年1月1日', '2022年1月1日', 'TYPE', /请写成 2026-01-01/],
  ['a day that does not exist', '施行: 2022-01-01', '施行: 2022-02-30', '2022-02-30', 'TYPE', /不是日期/],
  ['an end before the beginning', '失效: 无', '失效: 2021-01-01', '2021-01-01', 'TYPE', /晚于/],
  ['no basis', '    依据:\n      - { 法规: 测试法, 条: 165, 效力: 本地 }\n', '', '编号: T-PT', 'BASIS_MISSING', /依据/],
  [
    'a national basis without its words',
    '条: 165, 效力: 本地',
    '条: 165, 效力: 国家',
    '{ 法规: 测试法, 条: 165',
    'BASIS_QUOTE',
    /「原文」/,
  ],
  ['an article in Chinese figures', '条: 165', '条: 一百六十五', '一百六十五', 'TYPE', /条: 165/],
  ['an id that is only digits', '编号: T-PT', '编号: 0123', '0123', 'RULE_ID', /大写字母开头/],
  [
    'an id that stands twice',
    '编号: T-JY',
    '编号: T-PT',
    '编号: T-PT\n    名称: 简易',
    'RULE_TWICE',
    /national\/small.yaml:12/,
  ],
  [
    'a rule that is an exception to itself',
    '例外于: [T-PT]',
    '例外于: [T-JY]',
    '编号: T-JY',
    'EXCEPTION_CYCLE',
    /删去其中一处/,
  ],
  [
    'a rule that concludes nothing and blocks nothing',
    '结果: { 程序: 普通程序 }',
    '结果: 不适用',
    '不适用',
    'CONCLUSION',
    /例外于/,
  ],
];

describe.each([
  ['YAML 的陷阱', YAML_TRAPS],
  ['词和类型的错误', WORD_TRAPS],
])('%s', (_, traps) => {
  it.each(traps)('%s', (_name, from, to, at, code, cure) => {
    const problems = refused(from, to);
    const changed = SMALL.replace(from, to);
    const problem = problems.find((each) => each.code === code);
    expect(problems.map((each) => `${each.code} ${each.message}`)).toContainEqual(expect.stringContaining(code));
    expect(problem?.message).toMatch(cure);
    expect(problem?.message).toMatch(/\p{Script=Han}/u);
    expect({ file: problem?.file, line: problem?.line, column: problem?.column }).toEqual({
      file: PATH,
      ...placeOf(changed, at),
    });
  });
});

describe('装载', () => {
  it('the small file itself is in order', () => {
    const { book, problems } = load({ [PATH]: SMALL });
    expect(problems).toEqual([]);
    expect(book.national.map(({ id }) => id)).toEqual(['T-PT', 'T-JY']);
  });

  it.each([
    ['nothing', '', /空的/],
    ['only a comment', '# 说明\n', /空的/],
    ['a list', '- 甲\n', /「键: 值」/],
    ['a text', '随便写写', /「键: 值」/],
  ])('a file of %s is refused', (_, text, cure) => {
    const { problems } = load({ [PATH]: text });
    expect(problems[0]).toMatchObject({ file: PATH, line: 1, column: 1 });
    expect(problems[0]?.message).toMatch(cure);
  });

  it('exceptions that point at each other in a circle are refused', () => {
    const cycle = SMALL.replace('    名称: 普通程序', '    例外于: [T-JY]\n    名称: 普通程序');
    expect(load({ [PATH]: cycle }).problems.map(({ code }) => code)).toContain('EXCEPTION_CYCLE');
  });

  it('a rule that could not be read is not missed by those that name it', () => {
    const { problems } = load({ [PATH]: SMALL.replace('{ 程序: 普通程序 }', '{ 程序: 普通 }') });
    expect(problems.map(({ code }) => code)).toEqual(['WORD_UNKNOWN']);
  });

  it('several mistakes are all reported at once', () => {
    const text = SMALL.replace('- 事实清楚: 是', '- 事实清除: 是')
      .replace('审级: 一审 }', '审级: 一申 }')
      .replace('施行: 2022', '施行: 2０22');
    expect(new Set(load({ [PATH]: text }).problems.map(({ line }) => line)).size).toBe(3);
  });

  it('a cause written with spaces means the official cause', () => {
    const { book, problems } = load({ [PATH]: SMALL.replace('[合同纠纷, 离婚纠纷]', '[合同 纠纷, 离婚纠纷]') });
    expect(problems).toEqual([]);
    expect(JSON.stringify(book.national[1]?.condition)).toContain('["合同纠纷","离婚纠纷"]');
  });
});

describe('省、法院的规则', () => {
  const overlay = (id: string, target: string, more = ''): string => `名称: 本院
层: 程序
规则:
  - 编号: ${id}
    名称: 本院例外
    例外于: [${target}]
    适用: { 案件类别: 民事 }
    结果: 不适用
    依据:
      - { 法规: 本院规定, 效力: 本地 }
    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }
    说明模板: 不适用
${more}`;
  const codes = (files: Readonly<Record<string, string>>): string[] =>
    load({ [PATH]: SMALL, ...files }).problems.map(({ code }) => code);

  it('an exception to what is delegated is taken', () => {
    expect(codes({ 'courts/9999/own.yaml': overlay('BY-1', 'T-PT') })).toEqual([]);
  });

  it('an exception to what is not delegated names both files', () => {
    const { problems } = load({ [PATH]: SMALL, 'courts/9999/own.yaml': overlay('BY-1', 'T-JY') });
    expect(problems).toMatchObject([{ code: 'NOT_DELEGATED', file: 'courts/9999/own.yaml', line: 6, column: 11 }]);
    expect(problems[0]?.message).toContain(PATH);
    expect(problems[0]?.message).toContain('下级可细化');
  });

  it('a rule of its own, an exception to nothing, is refused', () => {
    const own = overlay('BY-1', 'T-PT')
      .replace('    例外于: [T-PT]\n', '')
      .replace('结果: 不适用', '结果: { 程序: 简易程序 }');
    expect(codes({ 'courts/9999/own.yaml': own })).toEqual(['NOT_DELEGATED']);
  });

  it("a province's rule is held to the same", () => {
    expect(codes({ 'provinces/四川/own.yaml': overlay('SC-1', 'T-JY') })).toEqual(['NOT_DELEGATED']);
  });

  it("an exception to another court's rule, which is not in force here, is refused", () => {
    const files = {
      'courts/8888/court.yaml': COURT.replace('川9999', '川8888'),
      'courts/8888/own.yaml': overlay('BY-8', 'T-PT'),
      'courts/9999/own.yaml': overlay('BY-9', 'BY-8'),
    };
    expect(codes(files)).toEqual(['EXCEPTION_TARGET']);
  });

  it('an exception of another layer is refused', () => {
    const other = overlay('BY-1', 'T-PT').replace('层: 程序', '层: 审判组织');
    expect(codes({ 'courts/9999/own.yaml': other })).toContain('EXCEPTION_TARGET');
  });

  it('two folders for one court, and a module that does not exist, are refused', () => {
    expect(codes({ 'courts/9999-b/court.yaml': COURT })).toEqual(['COURT_TWICE']);
    const court = `${COURT}采用:\n  - 模块: 首则\n    施行: 2022-01-01\n    依据: { 首审: { 法规: 本院配置, 效力: 本地 } }\n`;
    expect(codes({ 'courts/9999/court.yaml': court })).toContain('MODULE_UNKNOWN');
  });
});

describe('表格', () => {
  const HEAD = '参数,适用,值,施行,失效,公布,文号,来源,效力,说明\n';
  const row = (change: Readonly<Record<string, string>> = {}): string => {
    const cells = {
      参数: '系列窗口天数',
      适用: '全国',
      值: '7',
      施行: '2022-01-01',
      失效: '',
      公布: '',
      文号: '',
      来源: '配置',
      效力: '本地',
      说明: '',
      ...change,
    };
    return `${Object.values(cells).join(',')}\n`;
  };
  const problemsOf = (text: string) => load({ 'parameters/p.csv': text }).problems;

  it('a table in order is read', () => {
    expect(problemsOf(HEAD + row())).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, string>>, number, RegExp]>([
    ['an unknown parameter', { 参数: '系列窗口天' }, 1, /是不是「系列窗口天数」/],
    ['5万', { 值: '5万' }, 3, /半角数字.*未查明/],
    ['full-width digits', { 值: '７' }, 3, /半角数字/],
    ['a leading zero', { 值: '07' }, 3, /半角数字/],
    ['a date that Excel wrote', { 施行: '2022/1/1' }, 4, /2026-01-01/],
    ['an end that is not a day', { 失效: '无' }, 5, /留空/],
    ['an end on the first day', { 失效: '2022-01-01' }, 5, /晚于/],
    ['no source', { 来源: '' }, 8, /来源/],
    ['an unknown status', { 效力: '国加' }, 9, /是不是「国家」/],
    ['a province in full', { 适用: '河南省' }, 2, /不写「省」/],
    ['a court by its name', { 适用: '沈丘县人民法院' }, 2, /法院代字/],
  ])('%s is refused at its cell', (_, change, column, cure) => {
    expect(problemsOf(HEAD + row(change))).toMatchObject([{ file: 'parameters/p.csv', line: 2, column }]);
    expect(problemsOf(HEAD + row(change))[0]?.message).toMatch(cure);
  });

  it('two rows of one parameter that overlap name each other', () => {
    const [problem] = problemsOf(HEAD + row() + row({ 施行: '2023-01-01', 值: '9' }));
    expect(problem).toMatchObject({ code: 'PARAMETER_OVERLAP', line: 3 });
    expect(problem?.message).toMatch(/parameters\/p.csv:2.*「失效」/);
    expect(problemsOf(HEAD + row({ 失效: '2023-01-01' }) + row({ 施行: '2023-01-01', 值: '9' }))).toEqual([]);
  });

  it.each<[string, string, string, RegExp]>([
    ['a quote that is not closed', `${HEAD}"系列窗口天数,全国\n`, 'CSV', /双引号/],
    ['a line that is too short', `${HEAD}系列窗口天数,全国\n`, 'CSV', /2 格.*10 格/],
    ['a column misspelt', HEAD.replace('来源', '来原') + row(), 'CSV_HEADER', /是不是「来源」/],
    ['a column missing', HEAD.replace('来源,', '') + row(), 'CSV_HEADER', /缺少「来源」/],
    [
      'a column that stands twice',
      HEAD.replace('说明', '说明,值') + row().replace('\n', ',8\n'),
      'CSV_HEADER',
      /写了两次/,
    ],
    ['full-width commas', HEAD.replaceAll(',', '，') + row(), 'CSV_HEADER', /逗号是全角「，」/],
    ['a zero-width space', HEAD + row({ 适用: '河\u200b南' }), 'CSV_INVISIBLE', /U\+200B/],
    ['a NUL', HEAD + row({ 说明: '\u0000' }), 'CSV_INVISIBLE', /U\+0000/],
    ['nothing', '', 'CSV_HEADER', /缺少/],
  ])('a table with %s is refused', (_, text, code, cure) => {
    const [problem] = problemsOf(text);
    expect(problem).toMatchObject({ file: 'parameters/p.csv', code });
    expect(problem?.message).toMatch(cure);
  });

  it('a table that Excel saved with a byte order mark is read', () => {
    expect(problemsOf(`\ufeff${HEAD}${row()}`)).toEqual([]);
  });

  it('a cause that stands twice in a table is refused', () => {
    const natures = '案由,金钱给付,人身关系,财产确权,效力,说明\n离婚纠纷,否,是,,未核实,\n离婚纠纷,是,是,,未核实,\n';
    expect(load({ 'national/cause-nature.csv': natures }).problems).toMatchObject([{ code: 'ROW_TWICE', line: 3 }]);
  });

  it("a line of a 繁简识别 table without 编号, or with another's, is refused", () => {
    const head = '编号,案由,标的额超过,标的额不超过,人数不超过,事实清楚,权利义务关系明确,争议不大,效力,说明\n';
    const line = ',离婚纠纷,,,,是,,,本地,\n';
    expect(load({ 'courts/9999/triage.csv': head + line }).problems).toMatchObject([{ code: 'ROW_TWICE', line: 2 }]);
    expect(load({ 'courts/9999/triage.csv': `${head}A${line}A${line}` }).problems).toMatchObject([
      { code: 'ROW_TWICE', line: 3 },
    ]);
  });
});

describe('空的文字', () => {
  it.each([
    ['名称: 普通程序', '名称: ""', /「名称」.*这里是空的/],
    ['例外于: [T-PT]', '例外于: [T-PT, ""]', /「例外于」的每一项/],
    ['例外于: [T-PT]', '例外于: ""', /这里是空的/],
  ])('%s → %s is refused', (from, to, message) => {
    const problems = refused(from, to);
    expect(problems.map((each) => each.message)).toContainEqual(expect.stringMatching(message));
  });
});
