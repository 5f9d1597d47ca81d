import type { CourtView } from '../api/types.js';

/** A desk that somebody may open, by its address and its name. */
export interface DeskOf {
  readonly to: '/desk/$court' | '/review/$court' | '/mine/$court' | '/rules/$court';
  readonly word: string;
}

/** What the desk of those who decide is called where one works: for the enforcement command centre alone it is that. */
export const reviewWord = ({ roles }: Pick<CourtView, 'roles'>): string =>
  roles.includes('command_centre') && !roles.includes('reviewer') && !roles.includes('supervisor')
    ? '执行指挥中心'
    : '复核台';

/** Whose own desk is the one where decisions are made. */
const DECIDES: readonly CourtView['roles'][number][] = ['reviewer', 'command_centre'];
const FILES: readonly CourtView['roles'][number][] = ['filing_clerk', 'supervisor'];

/** The desks that somebody may open in a court; the first is the one that they work at. */
export function desksOf(court: CourtView): DeskOf[] {
  const { roles, may } = court;
  const mine: DeskOf[] = may.includes('mine.read') ? [{ to: '/mine/$court', word: '法官工作台' }] : [];
  const rules: DeskOf[] = may.includes('release.read') ? [{ to: '/rules/$court', word: '规则工作台' }] : [];
  if (!may.includes('filing.list')) return [...mine, ...rules];
  const filing: DeskOf = { to: '/desk/$court', word: '立案分流台' };
  const review: DeskOf = { to: '/review/$court', word: reviewWord(court) };
  const isDecider = roles.some((role) => DECIDES.includes(role)) && !roles.some((role) => FILES.includes(role));
  return [...(isDecider ? [review, filing] : [filing, review]), ...mine, ...rules];
}
