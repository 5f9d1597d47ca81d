/**
 * How many characters have to be put in, taken out or exchanged to make one text of the other (Levenshtein).
 *
 * @param exchange what an exchange counts for; 2 favours texts that keep every character of the other
 */
export function editDistance(a: string, b: string, exchange = 1): number {
  const left = [...a];
  const right = [...b];
  let previous = right.map((_, index) => index + 1);
  previous.unshift(0);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : exchange);
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution));
    }
    previous = row;
  }
  return previous[right.length] ?? 0;
}
