import { byCodePoint } from '../kernel/order.js';
import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import { parseAmountFen } from '../law/money.js';
import type { BasisStatus } from './citation.js';
import { type CsvRow, readCsv } from './csv.js';
import { shorten, unknownWord } from './nearest.js';
import type { Place, Problems, RuleFile } from './source.js';
import type { ParameterWord, Vocabulary } from './vocabulary.js';

/** A published number and when it is in force; `value` is absent where a row declares that it is 未查明. */
export interface ParameterRow {
  readonly parameter: ParameterWord;
  /** 全国, a province's short name, or a court code. */
  readonly area: string;
  readonly value?: bigint | number;
  readonly validFrom: PlainDate;
  readonly validTo?: PlainDate;
  /** The day, or only the month, on which it was published; absent where that is not known. */
  readonly published?: string;
  readonly documentNo: string;
  readonly source: string;
  readonly status: BasisStatus;
  readonly note: string;
  readonly place: Place;
}

const COLUMNS = ['参数', '适用', '值', '施行', '失效', '公布', '文号', '来源', '效力', '说明'] as const;

/** 全国, a province's short form, or a court code; whether there is such a court is not known here. */
const AREA = /^(?:[\u4e00-\u9fff]{1,3}(?<![省市区])|[\u4e00-\u9fff](?:\d{2}|\d{4}))$/;

/** 苏高法电〔2024〕9号, 法释〔2022〕11号第七十五条. */
const DOCUMENT_NO = /^[\p{Script=Han}]+〔\d{4}〕\d+号(?:第[\p{Script=Han}]+条.*)?$/u;

/** The word of a row whose number is not known: declared, so that nobody takes silence for a value. */
export const NOT_FOUND = '未查明';

/**
 * Reads a parameter table: half-open rows [施行, 失效), each with its source.
 * Refuses unknown parameters, malformed numbers and dates, and two rows of one parameter and area that overlap.
 */
export function parseParameters(
  files: readonly RuleFile[],
  vocabulary: Vocabulary,
  problems: Problems,
): readonly ParameterRow[] {
  const rows: ParameterRow[] = [];
  for (const file of files) {
    for (const row of readCsv(file, COLUMNS, problems)) {
      const parsed = parseRow(row, vocabulary, problems);
      if (parsed) rows.push(parsed);
    }
  }
  rows.sort((a, b) => byCodePoint(a.validFrom, b.validFrom));
  const previous = new Map<string, ParameterRow>();
  for (const row of rows) {
    const key = `${row.parameter.id}\u0000${row.area}`;
    const before = previous.get(key);
    if (before && (before.validTo === undefined || before.validTo > row.validFrom)) {
      problems.add(
        row.place,
        'PARAMETER_OVERLAP',
        `「${row.parameter.word}」在${row.area}从 ${row.validFrom} 起有两行同时有效(另一行在 ${before.place.file}:${before.place.line});请给前一行填「失效」`,
      );
    }
    previous.set(key, row);
  }
  return rows;
}

function parseRow(row: CsvRow, vocabulary: Vocabulary, problems: Problems): ParameterRow | undefined {
  const { cells } = row;
  const fail = (column: (typeof COLUMNS)[number], message: string): undefined => {
    problems.add(row.placeOf(column), 'PARAMETER', message);
    return undefined;
  };
  const word = cells.参数 ?? '';
  const parameter = vocabulary.parameters.get(word) ?? vocabulary.parametersById.get(word);
  if (!parameter) return fail('参数', unknownWord('参数', word, vocabulary.parameters.keys()));
  const valueText = cells.值 ?? '';
  let value: bigint | number | undefined;
  if (valueText !== NOT_FOUND) {
    value = parameterValue(parameter, valueText);
    if (value === undefined) {
      return fail(
        '值',
        `「${valueText}」不是「${parameter.word}」的值:写半角数字(单位${parameter.unit}),不知道就写「${NOT_FOUND}」`,
      );
    }
  }
  const validFrom = parsePlainDate(cells.施行 ?? '');
  if (!validFrom) return fail('施行', `「${cells.施行}」不是日期,请写成 2026-01-01`);
  const endText = cells.失效 ?? '';
  const validTo = endText === '' ? undefined : parsePlainDate(endText);
  if (endText !== '' && !validTo) return fail('失效', `「${endText}」不是日期;仍然有效就留空`);
  if (validTo && validTo <= validFrom) return fail('失效', '「失效」要晚于「施行」(失效日当天已不适用)');
  const published = cells.公布 ?? '';
  if (published !== '' && !isDayOrMonth(published))
    return fail('公布', `「${shorten(published)}」不是日期:写成 2026-01-01,只知道月份写 2026-01,不知道就留空`);
  const documentNo = cells.文号 ?? '';
  if (documentNo !== '' && !DOCUMENT_NO.test(documentNo))
    return fail(
      '文号',
      `「${shorten(documentNo)}」不是文号:写成「机关简称〔年份〕某号」,用六角括号;没有文号就留空,写在「来源」里`,
    );
  const terms = vocabulary.enumerations.get('依据效力');
  const status = terms?.byWord.get(cells.效力 ?? '')?.key;
  if (!status) return fail('效力', unknownWord('依据效力', cells.效力 ?? '', terms?.byWord.keys() ?? []));
  const area = cells.适用 ?? '';
  if (!AREA.test(area))
    return fail('适用', `「${shorten(area)}」应当是「全国」、省份简称(河南,不写「省」)或者法院代字(豫1624)`);
  if ((cells.来源 ?? '') === '') return fail('来源', '每个数都要写明来源;不知道就写明「未查明」的经过');
  return {
    parameter,
    area,
    validFrom,
    documentNo,
    source: cells.来源 ?? '',
    status: status as BasisStatus,
    note: cells.说明 ?? '',
    place: row.placeOf('值'),
    ...(value !== undefined && { value }),
    ...(validTo && { validTo }),
    ...(published !== '' && { published }),
  };
}

const isDayOrMonth = (text: string): boolean =>
  parsePlainDate(text) !== undefined || parsePlainDate(`${text}-01`) !== undefined;

/** The docket's own parameters, as they were recorded, by id; what the vocabulary does not know is left out. */
export function overridesOf(
  recorded: Readonly<Record<string, string | number | boolean>>,
  { parametersById }: Pick<Vocabulary, 'parametersById'>,
): Map<string, bigint | number> {
  const overrides = new Map<string, bigint | number>();
  for (const [id, given] of Object.entries(recorded)) {
    const parameter = parametersById.get(id);
    const read = parameter && parameterValue(parameter, String(given));
    if (read !== undefined) overrides.set(id, read);
  }
  return overrides;
}

/** The value of a parameter as text, in its unit; undefined when malformed. */
export function parameterValue(parameter: ParameterWord, text: string): bigint | number | undefined {
  if (parameter.type === 'amount') return parseAmountFen(text);
  return /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : undefined;
}

/** A parameter as it stands for one court on one day; without `value` it is missing and says why. */
export interface ResolvedParameter {
  readonly id: string;
  readonly word: string;
  readonly value?: bigint | number;
  readonly origin: string;
  readonly status: BasisStatus;
  readonly documentNo: string;
}

const DECLARED = `:${NOT_FOUND}`;

/** 适用 of the row that a parameter was taken from. */
export const areaOf = (parameter: ResolvedParameter): string => parameter.origin.replace(DECLARED, '');

/** A row is in force and declares that its number is not known; otherwise no row is in force. */
export const isDeclaredMissing = (parameter: ResolvedParameter): boolean =>
  parameter.value === undefined && parameter.origin.endsWith(DECLARED);

/** The row in force on `date`: the court's own, else the province's, else the nation's. */
export function resolveParameter(
  parameter: ParameterWord,
  rows: readonly ParameterRow[],
  areas: readonly string[],
  date: PlainDate,
): ResolvedParameter {
  let expired: ParameterRow | undefined;
  for (const area of areas) {
    for (const row of rows) {
      if (row.parameter.id !== parameter.id || row.area !== area || row.validFrom > date) continue;
      if (row.validTo !== undefined && row.validTo <= date) {
        expired = row;
        continue;
      }
      const resolved = {
        id: parameter.id,
        word: parameter.word,
        origin: area,
        status: row.status,
        documentNo: row.documentNo || row.source,
      };
      return row.value === undefined
        ? { ...resolved, origin: `${area}${DECLARED}` }
        : { ...resolved, value: row.value };
    }
  }
  return {
    id: parameter.id,
    word: parameter.word,
    origin: expired ? `${expired.area}:已于 ${expired.validTo} 失效` : '没有在该日有效的一行',
    status: 'unverified',
    documentNo: expired?.documentNo ?? '',
  };
}
