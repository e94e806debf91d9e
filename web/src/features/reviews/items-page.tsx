import { Button, Group, NativeSelect, Paper } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconRepeat } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Review } from '../../shared/api.ts';
import { MoreList } from '../../shared/more-list.tsx';
import { Empty } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { reviewListQuery } from './review-data.ts';
import { AddReviewDialog } from './review-dialogs.tsx';
import { ReviewForecast } from './review-forecast.tsx';
import { ReviewFrame } from './review-frame.tsx';
import { ReviewRow } from './review-row.tsx';

const t = texts.reviews;
const STATES = ['new', 'learning', 'review', 'relearning'] as const satisfies Review['state'][];
const FILTERS = [
  { value: '', label: t.filters.all },
  ...STATES.map((value) => ({ value, label: t.filters[value] })),
];
const DAYS_SHOWN = 14;

export function ItemsPage() {
  const [isAdding, { open, close }] = useDisclosure(false);
  const [state, setState] = useState<Review['state'] | undefined>();
  const now = useNow();
  const list = useInfiniteQuery(reviewListQuery(state));
  const isEmpty = list.data?.pages[0]?.items.length === 0;
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
      {t.addItem}
    </Button>
  );
  return (
    <ReviewFrame title={t.tabs.items}>
      {isEmpty && state === undefined ? (
        <Empty
          icon={<IconRepeat size={36} stroke={1.5} aria-hidden />}
          title={t.firstTitle}
          text={t.firstText}
        >
          <div style={{ marginTop: 16 }}>{add}</div>
        </Empty>
      ) : (
        <>
          <ReviewForecast days={DAYS_SHOWN} title={t.forecast} hint={t.forecastText} />
          <Group justify="space-between" align="flex-end" gap="sm">
            <NativeSelect
              label={t.filter}
              data={FILTERS}
              value={state ?? ''}
              onChange={({ currentTarget: { value } }) => setState(STATES.find((one) => one === value))}
            />
            {add}
          </Group>
          <Paper p="lg">
            <MoreList query={list} empty={t.emptyFilterText} label={t.itemsList}>
              {(review) => <ReviewRow key={review.id} review={review} now={now} />}
            </MoreList>
          </Paper>
        </>
      )}
      {isAdding && <AddReviewDialog onClose={close} />}
    </ReviewFrame>
  );
}
