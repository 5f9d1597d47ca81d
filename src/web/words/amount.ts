/** Yuan with thousands separators for reading: 1250000.50 → 1,250,000.50; what is no amount is shown as it is. */
export function amountText(amount: string): string {
  const parts = /^(\d+)(\.\d{1,2})?$/.exec(amount);
  return parts === null ? amount : `${(parts[1] ?? '').replace(/\B(?=(\d{3})+$)/g, ',')}${parts[2] ?? ''}`;
}

/** What a person types for an amount, in the form of the service: separators, spaces and the unit are left out. */
export const amountTyped = (text: string): string => text.replace(/[,，\s]|元$/g, '').replace(/^0+(?=\d)/, '');
