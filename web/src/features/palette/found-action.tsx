import { Text } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import { IconChecklist, IconFileText, IconMessage } from '@tabler/icons-react';
import type { SearchHit } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { Marked } from '../search/marked.tsx';
import classes from './found-action.module.css';

const ICONS = { task: IconChecklist, doc: IconFileText, comment: IconMessage };

/** Something that was found, with the words where they stand. */
export function FoundAction({ hit, onClick }: { hit: SearchHit; onClick: () => void }) {
  const Icon = ICONS[hit.type];
  return (
    <Spotlight.Action onClick={onClick}>
      <Icon size={20} stroke={1.75} className={classes.icon} aria-label={texts.search.kinds[hit.type]} />
      <span className={classes.text}>
        <span className={`${classes.title} break-words`}>
          <Marked html={hit.titleHtml} />
        </span>
        {hit.snippetHtml !== '' && (
          <Text size="xs" component="span" lineClamp={1} className={classes.snippet}>
            <Marked html={hit.snippetHtml} />
          </Text>
        )}
      </span>
    </Spotlight.Action>
  );
}
