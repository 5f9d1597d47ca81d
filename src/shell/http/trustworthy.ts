import { Refusal } from '../../app/refusal.js';

const LOOPBACK = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** Whether a host name is this machine, whoever resolves it. */
export const isLocalHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || LOOPBACK.test(hostname);

/** Whether a network address is this machine. */
export const isLocalAddress = (address: string): boolean =>
  address === '::1' || LOOPBACK.test(address.replace(/^::ffff:/, ''));

/** Whether browsers hold an address for safe from listeners, and so keep `Secure` cookies that come from it. */
export const isTrustworthy = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLocalHost(hostname));

/**
 * Refuses to sign in a page that was opened at a plain http address: the browser would drop the cookie without a word.
 * The page's own `Origin` says so, whatever proxies stand between.
 *
 * @throws Refusal ORIGIN_INSECURE
 */
export function demandTrustworthy(origin: string | undefined): void {
  if (origin === undefined || !URL.canParse(origin) || isTrustworthy(new URL(origin))) return;
  throw new Refusal(
    'ORIGIN_INSECURE',
    '这个地址是不加密的 http，浏览器不会保存登录：请改用 https 地址；在本机上试用时请用 http://localhost',
  );
}
