import { texts } from './texts.ts';

/** The mark: moments of one task, spaced further apart each time. */
export function LogoMark(props: { size?: number }) {
  const size = props.size ?? 28;
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--mantine-color-spruce-7)" />
      <g fill="#fff">
        <circle cx="8" cy="21" r="2.5" />
        <circle cx="13.6" cy="17" r="2.5" />
        <circle cx="23.4" cy="10.5" r="3.6" />
      </g>
      <path d="M7 26h18" stroke="#fff" strokeOpacity=".45" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}

export function Logo() {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 10, fontWeight: 700, fontSize: 18 }}>
      <LogoMark />
      {texts.app.name}
    </span>
  );
}
