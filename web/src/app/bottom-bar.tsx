import { UnstyledButton } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import { LinkPlain } from '../shared/links.tsx';
import { texts } from '../shared/texts.ts';
import classes from './bottom-bar.module.css';
import { usePlaces } from './places.ts';

/** As many as a thumb can tell apart on a narrow phone, in any language; the rest is one tap further. */
const SHOWN = 4;

/** The way around on a phone. */
export function BottomBar() {
  const places = usePlaces();
  return (
    <nav aria-label={texts.app.navigation} className={classes.bar}>
      {places.slice(0, SHOWN).map(({ to, label, Icon }) => (
        <LinkPlain key={to} to={to} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
          <Icon size={22} stroke={1.75} aria-hidden />
          <span>{label}</span>
        </LinkPlain>
      ))}
      <More places={places.slice(SHOWN)} />
    </nav>
  );
}

function More({ places }: { places: ReturnType<typeof usePlaces> }) {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const area = useClickOutside<HTMLDivElement>(() => setOpened(false));
  const { pathname } = useLocation();
  const isHere = places.some(({ to }) => pathname.startsWith(to));
  const closeOnEscape = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape' || !opened) return;
    setOpened(false);
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from wherever the focus is inside
    <div ref={area} className={classes.more} onKeyDown={closeOnEscape}>
      <UnstyledButton
        ref={button}
        className={classes.tab}
        aria-expanded={opened}
        data-here={isHere || undefined}
        onClick={() => setOpened((was) => !was)}
      >
        <IconDots size={22} stroke={1.75} aria-hidden />
        <span>{texts.app.more}</span>
      </UnstyledButton>
      {opened && (
        <div className={classes.sheet}>
          {places.map(({ to, label, Icon }) => (
            <LinkPlain
              key={to}
              to={to}
              className={classes.place}
              activeProps={{ 'aria-current': 'page' }}
              onClick={() => setOpened(false)}
            >
              <Icon size={22} stroke={1.75} aria-hidden />
              {label}
            </LinkPlain>
          ))}
        </div>
      )}
    </div>
  );
}
