import { Button, Stack, Text } from '@mantine/core';
import { IconPlus, IconSchool } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Exam } from '../../shared/api.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { Empty, LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { ReviewFrame } from '../reviews/review-frame.tsx';
import { ExamCard } from './exam-card.tsx';
import { examsQuery } from './exam-data.ts';
import { ExamDialog } from './exam-dialog.tsx';

const t = texts.exams;

export function ExamsPage() {
  const exams = useQuery(examsQuery);
  const [open, setOpen] = useState<Exam | 'new' | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen('new')}>
      {t.add}
    </Button>
  );
  const items = exams.data?.items ?? [];
  return (
    <ReviewFrame title={t.title}>
      {exams.isPending && <RowsSkeleton rows={2} height={160} />}
      {exams.isError && !exams.data && (
        <LoadFailed error={exams.error} onRetry={() => void exams.refetch()} />
      )}
      {exams.data && items.length === 0 && (
        <Empty
          icon={<IconSchool size={36} stroke={1.5} aria-hidden />}
          title={t.emptyTitle}
          text={t.emptyText}
        >
          <div style={{ marginTop: 16 }}>{add}</div>
        </Empty>
      )}
      {items.length > 0 && (
        <>
          <Stack gap="sm" align="flex-start">
            <Text c="dimmed">{t.hint}</Text>
            {add}
          </Stack>
          {items.map((exam) => (
            <ExamCard key={exam.id} exam={exam} onEdit={() => setOpen(exam)} />
          ))}
        </>
      )}
      {open !== null && <ExamDialog exam={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </ReviewFrame>
  );
}
