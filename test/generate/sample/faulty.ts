import { as, type Invented } from '../people.js';
import { type Desk, versus } from './desk.js';

/** The number with its last character changed: the check digit no longer fits. */
const misread = (number = ''): string => number.slice(0, -1) + (number.endsWith('1') ? '2' : '1');

/** Filings that have to go back to whoever filled in the table; between them every sort of mistake. */
export function fileFaulty(desk: Desk): void {
  const sides = () => versus(desk.someone(), desk.someone());
  desk.file(() => ({ cause: '民间借贷纠纷', receivedOn: '2026-02-30', amount: '两万元', parties: sides() }));
  desk.file(() => ({ cause: '追偿权纠纷', amount: '33000.00', parties: sides(), citedCases: ['（2025）川1599民初'] }));
  desk.file(() => {
    const [person, firm] = [desk.someone(), desk.company()];
    const slip = { ...person, idNumber: misread(person.idNumber) } as Invented;
    return {
      cause: '买卖合同纠纷',
      amount: '15600.00',
      parties: [as('plaintiff', { ...firm, uscc: misread(firm.uscc) } as Invented), as('defendant', slip)],
    };
  });
  desk.file(() => ({ cause: '民间借贷纠纷', amount: '18000.00', parties: sides() }), {
    cells: [{ party: 1, header: '身份证号', value: Number('511599198001010000') }],
  });
  desk.file(() => ({ cause: '民间借款纠纷', amount: '27000.00', parties: sides() }));
  desk.file(() => ({ court: '川1527', cause: '离婚纠纷', parties: sides() }));
  desk.file(() => ({ cause: '信用卡纠纷', amount: '5200.00', parties: sides() }), { id: '2026-0001' });
  desk.file(() => ({ cause: '劳务合同纠纷', amount: '7400.00', parties: sides() }), {
    cells: [{ party: 0, header: '审级', value: '初审' }],
  });
}
