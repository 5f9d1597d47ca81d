/** The id of the element that opens a filing, by which it gets the focus back. */
export const rowButtonId = (filing: string): string => `row-${filing}`;
