/** Units of clocks as they follow a number. */
export const UNITS = { day: '日', working_day: '个工作日', month: '个月' } as const;
