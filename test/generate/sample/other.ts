import { as, type Invented, type PartyDocument } from '../people.js';
import type { CaseDocument } from './court.js';
import { against, CLEAR, type Desk, DISPUTED, type Facts, versus } from './desk.js';
import type { Draft } from './register.js';

const PROSECUTOR: PartyDocument = { role: 'prosecutor', kind: 'organization', name: '示例县人民检察院' };
const agency = (name: string): PartyDocument => ({ role: 'defendant', kind: 'organization', name });

/** Filings that continue an earlier case of the court: a different panel, or a person who decides. */
export function fileContinued(desk: Desk): void {
  const tried = (cause: string, amount: string, fields: Pick<CaseDocument, 'judge' | 'panel'>): Draft =>
    desk.past('民初', cause, versus(desk.company(), desk.company()), {
      ...fields,
      filedOn: '2025-01-14',
      closedOn: '2025-06-20',
      closure: 'judgment',
      amount,
    });
  {
    const first = tried('建设工程施工合同纠纷', '860000.00', { judge: 'M02', panel: ['M04', 'M10'] });
    const { parties } = first.fields;
    desk.past(
      '民终',
      '建设工程施工合同纠纷',
      parties,
      {
        judge: '川15-2',
        panel: ['川15-4', '川15-5'],
        filedOn: '2025-08-05',
        closedOn: '2025-12-30',
        closure: 'remanded',
        amount: '860000.00',
      },
      { court: '川15', origin: first },
    );
    desk.file((no) => ({
      cause: '建设工程施工合同纠纷',
      amount: '860000.00',
      parties,
      origin: { relation: 'remanded', caseNo: no(first) },
    }));
  }
  {
    const first = tried('民间借贷纠纷', '240000.00', { judge: 'T04', panel: ['M01', 'G01'] });
    desk.file((no) => ({
      stage: 'retrial',
      cause: '民间借贷纠纷',
      amount: '240000.00',
      parties: first.fields.parties,
      origin: { relation: 'retrial', caseNo: no(first) },
      facts: DISPUTED,
    }));
  }
  desk.file(() => ({
    cause: '买卖合同纠纷',
    amount: '120000.00',
    parties: versus(desk.company(), desk.company()),
    origin: { relation: 'remanded', caseNo: '（2024）川1599民初9001号' },
    facts: CLEAR,
  }));
  {
    const first = tried('房屋租赁合同纠纷', '132000.00', { judge: 'M06' });
    const parties = first.fields.parties.map((party) => ({
      ...party,
      role: party.role === 'plaintiff' ? ('appellee' as const) : ('appellant' as const),
    }));
    desk.file((no) => ({
      stage: 'second_instance',
      cause: '房屋租赁合同纠纷',
      amount: '132000.00',
      parties,
      origin: { relation: 'appeal', caseNo: no(first) },
      facts: CLEAR,
    }));
  }
  {
    const first = tried('买卖合同纠纷', '410000.00', { judge: 'M11' });
    const opponents = first.fields.parties.map((party) => ({ ...party, role: 'defendant' as const }));
    desk.file((no) => ({
      cause: '第三人撤销之诉',
      parties: [as('plaintiff', desk.someone()), ...opponents],
      origin: { relation: 'third_party_revocation', caseNo: no(first) },
      facts: DISPUTED,
    }));
  }
  {
    const enforced = desk.past('执', '民间借贷纠纷', against(desk.someone(), desk.someone()), {
      judge: 'Z02',
      filedOn: '2025-06-09',
      amount: '98000.00',
    });
    const outsider = desk.someone();
    const objection = desk.past(
      '执异',
      '民间借贷纠纷',
      [as('applicant', outsider), ...enforced.fields.parties],
      { judge: 'A01', panel: ['A02', 'G01'], filedOn: '2025-12-01', closedOn: '2025-12-12', closure: 'dismissed' },
      { origin: enforced },
    );
    const others = enforced.fields.parties.map((party) => ({ ...party, role: 'defendant' as const }));
    desk.file((no) => ({
      cause: '案外人执行异议之诉',
      parties: [as('plaintiff', outsider), ...others],
      origin: { relation: 'enforcement_objection_suit', caseNo: no(objection) },
      facts: DISPUTED,
    }));
  }
}

/** Criminal and administrative filings, one for each procedure and panel. */
export function fileCriminalAndAdministrative(desk: Desk): void {
  const none = {
    minorAccused: false,
    disabledAccused: false,
    majorImpact: false,
    coAccusedObjects: false,
    civilClaimUnsettled: false,
  };
  const pleads = {
    ...none,
    factsClear: true,
    evidenceSufficient: true,
    admitsGuilt: true,
    agreesFastTrack: true,
    agreesSummaryCriminal: true,
  };
  const criminal = (cause: string, facts: Facts) =>
    desk.file(() => ({ matter: 'criminal', cause, parties: [PROSECUTOR, as('accused', desk.someone())], facts }));
  criminal('危险驾驶罪', { ...pleads, maxSentenceMonths: 4 });
  criminal('盗窃罪', { ...pleads, agreesFastTrack: false, maxSentenceMonths: 18 });
  criminal('故意伤害罪', {
    ...pleads,
    admitsGuilt: false,
    agreesFastTrack: false,
    agreesSummaryCriminal: false,
    maxSentenceMonths: 60,
  });
  criminal('诈骗罪', {
    ...pleads,
    admitsGuilt: false,
    agreesFastTrack: false,
    agreesSummaryCriminal: false,
    majorImpact: true,
    maxSentenceMonths: 132,
  });
  criminal('交通肇事罪', { factsClear: true, maxSentenceMonths: 30 });
  const administrative = (cause: string, defendant: string, facts: Facts) =>
    desk.file(() => ({
      matter: 'administrative',
      cause,
      parties: [as('plaintiff', desk.someone()), agency(defendant)],
      facts,
    }));
  administrative('政府信息公开', '示例县住房和城乡建设局', {
    ...CLEAR,
    informationDisclosure: true,
    decidedOnTheSpot: false,
  });
  administrative('行政处罚', '示例县生态环境局', {
    ...DISPUTED,
    informationDisclosure: false,
    decidedOnTheSpot: false,
  });
}

/** Enforcement filings: the same instrument again, the same debtor, a new one, and an objection. */
export function fileEnforcement(desk: Desk): void {
  const instrument = (creditor: Invented, debtor: Invented, amount: string): Draft =>
    desk.past('民初', '民间借贷纠纷', versus(creditor, debtor), {
      judge: 'S01',
      filedOn: '2024-05-08',
      closedOn: '2024-06-28',
      closure: 'judgment',
      amount,
    });
  const enforce = (
    tried: Draft,
    fields: Partial<CaseDocument> & { judge: string; filedOn: string },
    instalment?: number,
  ): Draft =>
    desk.past(
      '执',
      '民间借贷纠纷',
      asEnforced(tried),
      { amount: tried.fields.amount ?? null, ...fields },
      {
        origin: tried,
        instrument: { of: tried, kind: 'judgment', ...(instalment !== undefined && { instalment }) },
      },
    );
  const apply = (tried: Draft, amount: string, more: { instalment?: number; returned?: string } = {}) =>
    desk.file((no) => ({
      matter: 'enforcement',
      stage: 'enforcement',
      cause: '民间借贷纠纷',
      amount,
      parties: asEnforced(tried),
      instrument: {
        caseNo: no(tried),
        kind: 'judgment',
        ...(more.instalment !== undefined && { instalment: more.instalment }),
      },
      ...(more.returned !== undefined && { initialMeasuresReturnedOn: more.returned }),
    }));
  const endings = [
    ['application_withdrawn', 'Z01', '2026-03-12'],
    ['settlement_terminated', 'Z03', undefined],
    ['current_enforcement_terminated', 'Z05', '2026-03-16'],
  ] as const;
  for (const [closure, judge, returned] of endings) {
    const tried = instrument(desk.someone(), desk.someone(), '52000.00');
    enforce(tried, { judge, filedOn: '2024-09-03', closedOn: '2025-01-22', closure });
    apply(tried, '52000.00', returned === undefined ? {} : { returned });
  }
  {
    const tried = instrument(desk.someone(), desk.someone(), '60000.00');
    enforce(
      tried,
      { judge: 'Z02', filedOn: '2025-01-15', closedOn: '2025-03-20', closure: 'completed', amount: '30000.00' },
      1,
    );
    apply(tried, '30000.00', { instalment: 2 });
  }
  {
    const debtor = desk.someone();
    enforce(instrument(desk.someone(), debtor, '41000.00'), { judge: 'Z07', filedOn: '2025-11-04' });
    apply(instrument(desk.someone(), debtor, '77000.00'), '77000.00');
  }
  desk.file(() => ({
    matter: 'enforcement',
    stage: 'enforcement',
    cause: '买卖合同纠纷',
    amount: '135000.00',
    parties: against(desk.company(), desk.company()),
    instrument: { caseNo: '示例仲裁委员会（2025）示仲裁字第16号', kind: 'arbitral_award' },
  }));
  {
    const handlers = [
      { judge: 'A03', from: '2025-10-09', to: '2025-11-20', reason: '借调执行局期满' },
      { judge: 'Z06', from: '2025-11-20' },
    ];
    const enforced = enforce(instrument(desk.someone(), desk.someone(), '23000.00'), {
      judge: 'Z06',
      handlers,
      filedOn: '2025-10-09',
    });
    const { parties } = enforced.fields;
    desk.file((no) => ({
      matter: 'enforcement',
      stage: 'enforcement_review',
      cause: '民间借贷纠纷',
      parties,
      origin: { relation: 'enforcement_objection', caseNo: no(enforced) },
    }));
  }
}

const asEnforced = ({ fields }: Draft): PartyDocument[] =>
  fields.parties.map((party) => ({
    ...party,
    role: party.role === 'plaintiff' ? ('creditor' as const) : ('debtor' as const),
  }));
