import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconKeyboard, IconPlus, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { fewFound, placeOf } from '../search/search-data.ts';
import { useQuickCreate } from '../tasks/quick-data.ts';
import { useDestinations } from './destinations.ts';
import { FoundAction } from './found-action.tsx';

const t = texts.palette;
const [store, control] = createSpotlight();
const MAX_FOUND = 7;
const MAX_PLACES = 6;
const TYPING_MS = 150;
/** As many as a search takes. */
const MAX_WORDS = 200;

interface PaletteProps {
  onClose: () => void;
  onHelp: () => void;
}

/** What has these words, and whether the answer is that to the words as they are now. */
function useFound(words: string) {
  const wanted = words.trim().slice(0, MAX_WORDS);
  const [q] = useDebouncedValue(wanted, TYPING_MS);
  const found = useQuery({ ...fewFound(q, MAX_FOUND), enabled: q !== '', placeholderData: keepPreviousData });
  const isSettled = q === wanted && (q === '' || !found.isFetching);
  return { hits: wanted === '' ? [] : (found.data?.items ?? []), isSettled, wanted };
}

const fits = (words: string) => {
  const wanted = words.trim().toLowerCase();
  return ({ label }: { label: string }) => label.toLowerCase().includes(wanted);
};

/** Goes anywhere, finds everything, adds a task: by a few letters from everywhere. */
export function Palette({ onClose, onHelp }: PaletteProps) {
  const [words, setWords] = useState('');
  const [isEntered, setEntered] = useState(false);
  const navigate = useNavigate();
  const { hits, isSettled, wanted } = useFound(words);
  const create = useQuickCreate();
  const fitting = useDestinations().filter(fits(words)).slice(0, MAX_PLACES);
  useEffect(() => control.open(), []);

  // The palette is gone when the answer comes, and callbacks of `mutate` with it.
  const add = () =>
    void create.mutateAsync({ text: words.trim(), isLiteral: false, dueDate: null }).then(
      ({ title }) => toastDone(texts.tasks.added(title)),
      (error) => toastFailed(texts.tasks.addFailed, error),
    );
  const entries = [
    ...fitting.map(({ to, label, Icon }) => ({
      key: to as string,
      label,
      Icon,
      act: () => void navigate({ to }),
    })),
    ...(fits(words)({ label: t.help })
      ? [{ key: 'help', label: t.help, Icon: IconKeyboard, act: onHelp }]
      : []),
    ...hits.map((hit) => ({
      key: `${hit.type} ${hit.id}`,
      hit,
      act: () => void navigate(placeOf(hit)),
    })),
    ...(hits.length === 0
      ? []
      : [
          {
            key: 'all',
            label: texts.search.all(wanted),
            Icon: IconSearch,
            act: () => void navigate({ to: '/search', search: { q: wanted } }),
          },
        ]),
    // Not before it is known what there is: Enter would add what was meant to be found.
    ...(words.trim() === '' || !isSettled
      ? []
      : [{ key: 'add', label: t.add(words.trim()), Icon: IconPlus, act: add }]),
  ];
  /**
   * Enter takes what was chosen by arrow, else the first as soon as it is known what there is. In place of Spotlight's own
   * Enter, which knows nothing of answers that are still to come.
   */
  const onEnter = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const list = event.currentTarget.closest('[role="dialog"]');
    const chosen = list?.querySelector<HTMLElement>('[data-selected]');
    if (chosen) chosen.click();
    else setEntered(true);
  };
  const first = entries[0];
  useEffect(() => {
    if (!isEntered || !isSettled) return;
    setEntered(false);
    control.close();
    first?.act();
  }, [isEntered, isSettled, first]);
  return (
    <Spotlight.Root
      store={store}
      attributes={{ content: { 'aria-label': t.open } }}
      query={words}
      onQueryChange={(typed) => {
        setEntered(false);
        setWords(typed);
      }}
      shortcut={null}
      onSpotlightClose={onClose}
      radius="lg"
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
      scrollable
      maxHeight={420}
    >
      <div onKeyDownCapture={onEnter}>
        <Spotlight.Search
          placeholder={t.placeholder}
          aria-label={t.placeholder}
          leftSection={<IconSearch size={20} stroke={1.75} aria-hidden />}
        />
      </div>
      <Spotlight.ActionsList>
        {entries.map((entry) =>
          'hit' in entry ? (
            <FoundAction key={entry.key} hit={entry.hit} onClick={entry.act} />
          ) : (
            <Spotlight.Action
              key={entry.key}
              label={entry.label}
              leftSection={<entry.Icon size={20} stroke={1.75} aria-hidden />}
              onClick={entry.act}
            />
          ),
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
