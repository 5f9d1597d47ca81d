import { as, nameOnly } from '../people.js';
import { KIN } from './court.js';
import { CLEAR, type Desk, DISPUTED, MONEY, versus } from './desk.js';

/** Filings that come back to an earlier case, and those whose earlier judge cannot take them. */
export function fileCivilLinks(desk: Desk): void {
  const { past, file, someone, company } = bound(desk);
  {
    const [dealer, buyer] = [company(), someone()];
    const suit = past('民初', '买卖合同纠纷', versus(dealer, buyer), {
      judge: 'M01',
      filedOn: '2026-02-10',
      amount: '58000.00',
    });
    file((no) => ({
      cause: '买卖合同纠纷',
      amount: '36000.00',
      parties: versus(buyer, dealer),
      origin: { relation: 'counterclaim', caseNo: no(suit) },
    }));
  }
  {
    const sides = versus(someone(), someone());
    const handlers = [
      { judge: 'T02', from: '2025-09-02', to: '2025-10-10', reason: '岗位调整' },
      { judge: 'M01', from: '2025-10-10' },
    ];
    past('民初', '民间借贷纠纷', sides, {
      judge: 'M01',
      handlers,
      filedOn: '2025-09-02',
      closedOn: '2025-11-14',
      closure: 'withdrawn',
      amount: '20000.00',
    });
    file(() => ({
      cause: '民间借贷纠纷',
      amount: '20000.00',
      parties: sides,
      claims: ['判令被告归还借款本金 20000 元', '诉讼费用由被告负担'],
    }));
  }
  {
    const [bank, borrower, guarantor] = [company('示例县禾川农村信用社'), someone(), someone()];
    const loan = past('民初', '金融借款合同纠纷', versus(bank, borrower, guarantor), {
      judge: 'M02',
      filedOn: '2025-03-11',
      closedOn: '2025-05-20',
      closure: 'judgment',
      amount: '86000.00',
    });
    file((no) => ({
      cause: '追偿权纠纷',
      amount: '86000.00',
      parties: versus(guarantor, borrower),
      citedCases: [no(loan)],
    }));
  }
  {
    const [wife, husband] = [someone(), someone()];
    past('民初', '离婚纠纷', versus(wife, husband), {
      judge: 'T01',
      filedOn: '2025-04-15',
      closedOn: '2025-06-18',
      closure: 'mediation',
      amount: null,
    });
    file(() => ({
      cause: '离婚后财产纠纷',
      amount: '150000.00',
      parties: versus(husband, wife),
      facts: { ...MONEY, titleConfirmation: false },
    }));
  }
  {
    const developer = company('示例桐溪置业有限公司');
    past('民初', '房屋买卖合同纠纷', versus(someone(), developer), {
      judge: 'M09',
      filedOn: '2025-08-04',
      closedOn: '2025-12-12',
      closure: 'judgment',
      amount: '320000.00',
      modelCase: true,
    });
    file(() => ({
      cause: '房屋买卖合同纠纷',
      amount: '298000.00',
      parties: versus(someone(), developer),
      facts: { ...DISPUTED, ...MONEY },
    }));
  }
  const bank = company('示例县岚谷商业银行股份有限公司');
  for (const amount of ['12480.36', '23900.00', '8765.20']) {
    file(() => ({ cause: '信用卡纠纷', amount, parties: versus(bank, someone()) }));
  }
  {
    const manager = company('示例枫桥物业服务有限公司');
    past('民初', '物业服务合同纠纷', versus(manager, someone()), {
      judge: 'S03',
      filedOn: '2026-03-05',
      amount: '3120.00',
    });
    file(() => ({ cause: '物业服务合同纠纷', amount: '2860.00', parties: versus(manager, someone()), facts: MONEY }));
  }
  {
    const sides = versus(someone(), someone());
    const claims = ['判令被告支付劳务费 18000 元', '本案诉讼费由被告承担'];
    past('民初', '劳务合同纠纷', sides, { judge: 'S04', filedOn: '2025-12-15', amount: '18000.00', claims });
    file(() => ({
      cause: '劳务合同纠纷',
      amount: '18000.00',
      parties: sides,
      claims: ['本案诉讼费由被告承担。', '判令被告支付劳务费18000元；'],
      facts: MONEY,
    }));
  }
  {
    const sides = versus(someone(), someone());
    past(
      '民初',
      '民间借贷纠纷',
      sides,
      { judge: '川1502-3', filedOn: '2025-07-01', closedOn: '2025-08-20', closure: 'withdrawn', amount: '45000.00' },
      { court: '川1502' },
    );
    file(() => ({ cause: '民间借贷纠纷', amount: '45000.00', parties: sides }));
  }
  {
    const [lender, borrower] = [nameOnly(someone()), nameOnly(someone())];
    past('民初', '民间借贷纠纷', versus(lender, borrower), {
      judge: 'T04',
      filedOn: '2025-05-06',
      closedOn: '2025-06-03',
      closure: 'withdrawn',
      amount: '30000.00',
    });
    file(() => ({ cause: '民间借贷纠纷', amount: '52000.00', parties: versus(lender, borrower) }));
  }
  {
    const sides = versus(someone(), someone());
    past('民初', '离婚纠纷', sides, {
      judge: 'M07',
      filedOn: '2025-09-08',
      closedOn: '2025-11-20',
      closure: 'judgment',
      amount: null,
    });
    file(() => ({ cause: '离婚纠纷', parties: sides }));
  }
}

/** Filings whose earlier judge is named in the reasons with why he cannot take them. */
export function fileUnableOwners(desk: Desk): void {
  const { past, file, someone, company } = bound(desk);
  const again = (
    cause: string,
    amount: string,
    closure: 'withdrawn' | 'deemed_withdrawn' | 'dismissed' | 'rejected',
    judge: string,
    plaintiff = someone(),
  ) => {
    const sides = versus(plaintiff, someone());
    past('民初', cause, sides, { judge, filedOn: '2025-02-18', closedOn: '2025-04-02', closure, amount });
    file(() => ({ cause, amount, parties: sides, facts: MONEY }));
  };
  again('民间借贷纠纷', '15000.00', 'withdrawn', 'M03');
  again('房屋租赁合同纠纷', '26000.00', 'deemed_withdrawn', 'M07');
  again('买卖合同纠纷', '73500.00', 'dismissed', 'X05');
  again('民间借贷纠纷', '64000.00', 'rejected', 'M12', KIN.inLaw);
  {
    const [client, builder] = [company(), company()];
    const tried = past('民初', '承揽合同纠纷', versus(client, builder), {
      judge: 'M05',
      filedOn: '2025-05-12',
      closedOn: '2025-09-10',
      closure: 'judgment',
      amount: '45000.00',
    });
    file((no) => ({
      cause: '承揽合同纠纷',
      amount: '21000.00',
      parties: versus(client, builder),
      citedCases: [no(tried)],
    }));
  }
  {
    const sides = versus(company(), someone());
    past('民初', '买卖合同纠纷', sides, {
      judge: 'S02',
      filedOn: '2025-03-03',
      closedOn: '2025-04-11',
      closure: 'judgment',
      amount: '60000.00',
    });
    file(() => ({ cause: '买卖合同纠纷', amount: '300000.00', parties: sides }));
  }
}

/** Filings in which a judge is related to somebody. */
export function fileRecusals(desk: Desk): void {
  const { file, someone, company } = bound(desk);
  file(() => ({ cause: '民间借贷纠纷', amount: '92000.00', parties: versus(someone(), KIN.spouse) }));
  file(() => ({ cause: '房屋租赁合同纠纷', amount: '48000.00', parties: versus(nameOnly(KIN.sibling), company()) }));
  file(() => {
    const client = someone();
    return {
      cause: '机动车交通事故责任纠纷',
      amount: '186000.00',
      parties: [...versus(client, someone()), as('agent', KIN.lawyer, { represents: client.name })],
    };
  });
  file(() => ({ cause: '买卖合同纠纷', amount: '66000.00', parties: versus(company(), KIN.firm) }));
}

/** Filings that need an answer before the law can be applied. */
export function fileQuestions(desk: Desk): void {
  const { file, someone, company } = bound(desk);
  file(() => ({
    cause: '物业服务合同纠纷',
    amount: '3200.00',
    parties: versus(company(), someone()),
    facts: { ...MONEY, appraisalNeeded: null },
  }));
  file(() => ({ cause: '排除妨害纠纷', parties: versus(someone(), someone()) }));
  file(() => ({ cause: '民间借贷纠纷', amount: null, parties: versus(someone(), someone()), facts: CLEAR }));
  file(() => ({
    cause: '劳务合同纠纷',
    amount: '9600.00',
    parties: [as('plaintiff', someone()), as('defendant', someone(), { whereabouts: null })],
    facts: MONEY,
  }));
}

/** Filings that nobody has seen before, one for each procedure. */
export function fileNewCivil(desk: Desk): void {
  const { file, someone, company } = bound(desk);
  file(() => ({
    cause: '买卖合同纠纷',
    amount: '90000.00',
    parties: versus(company(), someone()),
    facts: { ...CLEAR, ...MONEY, agreeSmallClaims: true },
  }));
  file(() => ({ cause: '民间借贷纠纷', amount: '480000.00', parties: versus(someone(), someone()) }));
  file(() => ({
    cause: '劳务合同纠纷',
    amount: '36000.00',
    parties: versus(someone(), company()),
    facts: { groupDispute: true },
  }));
  file(() => ({ cause: '申请宣告自然人失踪', parties: [as('applicant', someone())] }));
  file(() => ({
    cause: '申请支付令',
    amount: '28000.00',
    parties: [as('applicant', company()), as('respondent', someone())],
  }));
}

const bound = (desk: Desk) => ({
  past: desk.past.bind(desk),
  file: desk.file.bind(desk),
  someone: desk.someone,
  company: desk.company,
});
