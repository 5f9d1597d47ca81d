const two = (value: number): string => String(value).padStart(2, '0');

/** The month `by` months after another: 2026-12 and 1 give 2027-01. */
export function monthAfter(month: string, by: number): string {
  const at = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + by, 1));
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}`;
}

const DAYS_A_WEEK = 7;

/** The days of a month in weeks from Monday to Sunday; places outside of it are undefined. */
export function daysOfMonth(month: string): (string | undefined)[][] {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  const first = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + DAYS_A_WEEK - 1) % DAYS_A_WEEK;
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const weeks = Math.ceil((first + length) / DAYS_A_WEEK);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: DAYS_A_WEEK }, (__, weekday) => {
      const day = week * DAYS_A_WEEK + weekday - first + 1;
      return day >= 1 && day <= length ? `${month}-${two(day)}` : undefined;
    }),
  );
}
