import { Refusal } from '../refusal.js';
import { PASSWORD } from './limits.js';

/** The most common passwords of at least twelve characters; shorter ones are refused for their length. */
const COMMON: ReadonlySet<string> = new Set(
  `
  000000000000 111111111111 123123123123 123456123456 1234567890ab 123456789012 1234567890123 12345678901234
  123456789abc 123456789123 1234567890qwerty 123456qwerty 1234qwer1234 123qwe123qwe 147258369147 1q2w3e4r5t6y
  1q2w3e4r5t6y7u 1q2w3e4r1q2w3e4r 1qaz1qaz1qaz 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 5201314520131 520131452013
  987654321098 abc123abc123 abc123456789 abcd12345678 abcdefg12345 abcdefghijkl admin1234567 admin12345678
  admin123456789 adminadmin123 administrator administrator1 asdfghjkl123 asdfghjkl1234 changeme1234 court1234567
  fayuan123456 helloworld123 iloveyou1234 iloveyou1314 letmein12345 p@ssw0rd1234 p@ssword1234 passw0rd1234
  password1234 password12345 password123456 passwordpassword q1w2e3r4t5y6 qazwsx123456 qazwsxedcrfv qwe123456789
  qweasdzxc123 qwer12345678 qwerty123456 qwerty12345678 qwertyuiop12 qwertyuiop123 qwertyuiop[] shouze123456
  test12345678 welcome12345 woaini123456 woaini1314520 woaini5201314 zaq12wsxcde3 zhongguo1234 zxcvbnm12345
  zxcvbnm123456 zxcvbnmasdfg
  `
    .trim()
    .split(/\s+/),
);

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** What is wrong with a password, in words for whoever chose it; undefined where nothing is. */
export function passwordWeakness(password: string, login: string): string | undefined {
  const text = plain(password);
  const characters = [...text];
  if (characters.length < PASSWORD.leastCharacters)
    return `密码太短：至少要 ${PASSWORD.leastCharacters} 个字符，可以用几个不相干的词连起来`;
  if (text.includes(plain(login))) return '密码里不能有登录名，请换一个';
  if (new Set(characters).size < PASSWORD.leastDifferent)
    return `密码的重复太多：至少要有 ${PASSWORD.leastDifferent} 个不同的字符`;
  if (COMMON.has(text)) return '这是最常见的密码之一，很容易被猜到，请换一个';
  return undefined;
}

/** @throws Refusal PASSWORD_WEAK */
export function demandStrong(password: string, login: string): void {
  const message = passwordWeakness(password, login);
  if (message !== undefined)
    throw new Refusal('PASSWORD_WEAK', message, [{ path: '/next', code: 'PASSWORD_WEAK', message }]);
}
