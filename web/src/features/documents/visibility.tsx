import { Select } from '@mantine/core';
import { IconLock, IconUsers, IconWorld } from '@tabler/icons-react';
import type { Document } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';

const t = texts.documents;
type Visibility = Document['visibility'];
const CHOICES = (['private', 'shared', 'public'] as const satisfies Visibility[]).map((value) => ({
  value,
  label: t.seenBy[value],
}));
const ICONS = { private: IconLock, shared: IconUsers, public: IconWorld };

/** Who can see a document, and what that means. */
export function VisibilityField(props: {
  value: Visibility;
  department: string | null;
  onChange: (value: Visibility) => void;
}) {
  const editors = props.department !== null && props.value !== 'private' && t.department(props.department);
  return (
    <Select
      label={t.visibility}
      description={[t.seenByHint[props.value], editors].filter(Boolean).join(' ')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={CHOICES}
      allowDeselect={false}
      leftSection={<VisibilityIcon of={props.value} />}
      value={props.value}
      onChange={(value) => value !== null && props.onChange(value as Visibility)}
    />
  );
}

export function VisibilityIcon({ of }: { of: Visibility }) {
  const Icon = ICONS[of];
  return <Icon size={16} stroke={1.75} aria-hidden />;
}
