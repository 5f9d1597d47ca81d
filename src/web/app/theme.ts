import type { ThemeConfig } from 'antd/es/config-provider';

/**
 * The colours and sizes of base.css for the controls of antd. Nothing moves: it is a tool that is looked at all day.
 */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1f4e8c',
    // Darker, where antd would take a lighter one: the key on the button has to be read there too.
    colorPrimaryHover: '#183f73',
    colorInfo: '#1f4e8c',
    colorSuccess: '#17683b',
    colorWarning: '#8a5200',
    colorError: '#a8231b',
    colorText: '#1b2430',
    colorTextSecondary: '#465365',
    colorTextPlaceholder: '#66727f',
    colorBorder: '#b9c4d1',
    colorBgLayout: '#f3f5f8',
    borderRadius: 3,
    borderRadiusLG: 4,
    fontSize: 14,
    controlHeight: 32,
    fontFamily: 'var(--font)',
    motion: false,
    wireframe: false,
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', paddingInline: 13 },
    Modal: { titleFontSize: 16 },
  },
};

/** The nonce that the server puts into the page, by which the page's policy lets styles in. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
