import { ActionIcon, Button, Group, Slider, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId } from 'react';
import { percent } from '../../shared/format.ts';
import { texts } from '../../shared/texts.ts';
import { useClock } from '../auth/account.ts';
import type { Prompt } from './review-data.ts';
import classes from './reviews.module.css';

const t = texts.reviews;
const MAX_PROMPTS = 50;
const RETENTION = { min: 70, max: 97 } as const;

export interface ReviewFormValues {
  /** In percent, as the slider shows it. */
  retention: number;
  prompts: Prompt[];
}

export const NEW_REVIEW: ReviewFormValues = { retention: 90, prompts: [] };

/** A question is what an answer hangs on. */
export function promptErrors({ prompts }: ReviewFormValues): Record<string, string> {
  const missing = prompts.flatMap(({ question }, index) => (question.trim() ? [] : [index]));
  return Object.fromEntries(missing.map((index) => [`prompts.${index}.question`, t.questionMissing]));
}

/** How sure one wants to be of remembering; `label` says of what. */
export function RetentionSlider(props: {
  label: string;
  hint?: string;
  value: number;
  onChange: (value: number) => void;
}) {
  const clock = useClock();
  const id = useId();
  const write = (value: number) => percent(value / 100, clock);
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500} id={id}>
          {props.label}
        </Text>
        <Text size="sm" fw={600}>
          {write(props.value)}
        </Text>
      </Group>
      {props.hint && (
        <Text size="xs" c="dimmed">
          {props.hint}
        </Text>
      )}
      <Slider
        {...RETENTION}
        value={props.value}
        onChange={props.onChange}
        label={null}
        thumbLabel={props.label}
        thumbProps={{ 'aria-valuetext': write(props.value) }}
        mt="xs"
      />
    </div>
  );
}

function PromptFields({ form, index }: { form: UseFormReturnType<ReviewFormValues>; index: number }) {
  const number = index + 1;
  return (
    <li className={classes.prompt}>
      <Group align="flex-start" gap="xs" wrap="nowrap">
        <Stack gap={6} flex={1}>
          <TextInput
            label={t.questionOf(number)}
            maxLength={2_000}
            {...form.getInputProps(`prompts.${index}.question`)}
          />
          <Textarea
            label={t.answerOf(number)}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={10_000}
            {...form.getInputProps(`prompts.${index}.answer`)}
          />
        </Stack>
        <ActionIcon
          variant="subtle"
          color="red"
          size={36}
          mt={24}
          aria-label={t.removePrompt(number)}
          onClick={() => form.removeListItem('prompts', index)}
        >
          <IconTrash size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Group>
    </li>
  );
}

/** The questions of a review, and how well it should be remembered. */
export function ReviewFields({ form }: { form: UseFormReturnType<ReviewFormValues> }) {
  const { prompts, retention } = form.values;
  return (
    <>
      <div>
        <Text size="sm" fw={500}>
          {t.prompts}
        </Text>
        <Text size="xs" c="dimmed">
          {t.promptsHint}
        </Text>
        <ol className={classes.prompts} aria-label={t.prompts}>
          {prompts.map((_prompt, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the form knows its fields by their place
            <PromptFields key={index} form={form} index={index} />
          ))}
        </ol>
        {prompts.length < MAX_PROMPTS && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => form.insertListItem('prompts', { question: '', answer: '' })}
          >
            {t.addPrompt}
          </Button>
        )}
      </div>
      <RetentionSlider
        label={t.retention}
        hint={t.retentionHint}
        value={retention}
        onChange={(value) => form.setFieldValue('retention', value)}
      />
    </>
  );
}
