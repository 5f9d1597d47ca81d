import type { CaseNumberError } from './case-number-text.js';
import { COURT_CODE_PATTERN } from './court-code.js';

const RIGHT = '正确写法如（2025）川1527民初88号';
const BEGINS_WITH_COURT = new RegExp(`^(?:${COURT_CODE_PATTERN})`, 'u');

const refuse = (code: CaseNumberError['code'], what: string): CaseNumberError => ({
  code,
  message: `${what}，${RIGHT}`,
});

/**
 * What is wrong with a text, in the form that `normalMarks` gives, which is no 案号: the first fault from the left. Only to be
 * asked about a text that failed to parse.
 */
export function diagnose(plain: string): CaseNumberError {
  if (plain === '') return refuse('empty', '案号是空的');
  const year = /^\((\d+)\)/.exec(plain);
  if (year === null) return refuse('year', '案号应以括号中的收案年度开头');
  if (!/^(?:19|20)\d{2}$/.test(year[1] ?? '')) return refuse('year', '收案年度应为四位数字，如2025');
  const body = plain.slice(year[0].length);
  const court = BEGINS_WITH_COURT.exec(body);
  if (court === null && !body.includes('字')) {
    return refuse('court', '年度之后应是法院代字：“最高法”，或省级简称加两位、四位数字');
  }
  const rest = body.slice(court?.[0].length ?? 0);
  if (/^\d/.test(rest)) return refuse('court', '法院代字中的数字应为两位（中级法院）或四位（基层法院）');
  if (!rest.includes('号')) return refuse('mark', '案号应以“号”结尾');
  if (!/号(?:之[一二三四五六七八九十百\d]+)?$/.test(rest))
    return refuse('trailing', '“号”之后只能有“之一”一类的文书序号');
  if (/字第?\d/.test(rest) && court !== null && court[0].length > 1) return refuse('type', '现行案号不写“字第”');
  if (!/\d/.test(rest)) return refuse('number', '案号缺少案件编号');
  if (!/^(?:\p{Script=Han}|[()])+\d/u.test(rest)) return refuse('type', '法院代字之后应是类型代字，如民初、执恢');
  if (!/\d(?:[-~]\d+)?(?:之[一二三四五六七八九十百\d]+)?号/.test(rest)) {
    return refuse('number', '“号”之前应是案件编号，如88、182-1、14716-14736');
  }
  return refuse(/^\p{Script=Han}{6}/u.test(rest) ? 'type' : 'number', '类型代字应为一至五个字，案件编号应为数字');
}
