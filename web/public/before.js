// Runs before the first paint: sets the colour scheme, says which of the frames of index.html is shown until the app is
// there, and asks for the files of its page. A file of its own because the server's content security policy allows no
// inline script.
(() => {
  const stored = (key, where = 'localStorage') => {
    try {
      return window[where].getItem(key);
    } catch {
      // Storage may be refused; what is usual is a good answer then.
      return null;
    }
  };
  const root = document.documentElement;

  // The key is the one Mantine stores the choice under.
  const chosen = stored('mantine-color-scheme-value');
  const usual = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  root.setAttribute('data-mantine-color-scheme', chosen === 'light' || chosen === 'dark' ? chosen : usual);

  const { pathname } = window.location;
  const forms =
    /^\/(sign-in|sign-up|forgot-password|reset-password|verify-email|cancel-change|restore-account)\b/;
  // A hint of src/shared/signed-in.ts: whoever comes back does not see the landing page first.
  const isIn = stored('spacedly.signed-in') === '1' && !forms.test(pathname);
  const frame = isIn ? 'app' : ({ '/': 'landing', '/sign-in': 'enter' }[pathname] ?? 'card');
  root.dataset.frame = frame;

  const isToday = pathname === '/' || pathname === '/today';

  // As src/shared/acting.ts keeps it: what is shown then is of somebody else than the cookies and the greeting.
  const isActing = stored('spacedly.acting', 'sessionStorage') !== null;

  // What the app begins with, asked for while it is still on its way; src/shared/asked-before.ts takes the answers.
  if (isIn && !isActing) {
    const today = isToday ? ['/v1/tasks/today'] : [];
    const ask = (path) => fetch(path, { cache: 'no-store', priority: 'low' }).catch(() => undefined);
    window.askedBefore = new Map(['/v1/users/me', ...today].map((path) => [path, ask(path)]));
  }

  // As src/shared/language.ts chooses.
  const files = document.currentScript.dataset;
  const tags = [stored('spacedly.language') ?? '', ...navigator.languages];
  const wanted = tags.map((tag) => tag.toLowerCase().split('-')[0]);
  const language = wanted.find((name) => name in files) ?? 'en';
  root.lang = language;

  // The build has written into the tag which files these are.
  for (const href of [files[language], files[frame]].join(' ').split(' ')) {
    if (href === '') continue;
    const link = document.createElement('link');
    const isStyle = href.endsWith('.css');
    link.rel = isStyle ? 'preload' : 'modulepreload';
    if (isStyle) link.as = 'style';
    link.crossOrigin = '';
    // The frame is painted first.
    link.fetchPriority = 'low';
    link.href = href;
    document.head.append(link);
  }

  // The greeting of Today, as src/shared/signed-in.ts keeps it, is the largest text of the page.
  const { zone, byHour } = JSON.parse((isIn && isToday && !isActing && stored('spacedly.greetings')) || '{}');
  if (byHour) {
    const hourIn = (timeZone) =>
      Number(new Intl.DateTimeFormat('en', { hour: '2-digit', hourCycle: 'h23', timeZone }).format());
    const greet = (_, observer) => {
      const place = document.querySelector('.first-paint .greeting');
      if (place === null) return;
      // The first use of Intl takes milliseconds, before anything is painted.
      place.textContent = byHour[zone === null ? new Date().getHours() : hourIn(zone)];
      observer.disconnect();
    };
    new MutationObserver(greet).observe(document, { childList: true, subtree: true });
  }
})();
