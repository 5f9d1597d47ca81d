/** Full width to half width and compatibility forms to plain ones (NFKC); white space and invisible characters dropped. */
export const withoutSpaces = (text: string): string => text.normalize('NFKC').replace(/[\s\p{Cf}]+/gu, '');
