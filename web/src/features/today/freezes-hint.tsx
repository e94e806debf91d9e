import { Tooltip } from '@mantine/core';
import { texts } from '../../shared/texts.ts';
import { Freezes } from './freezes.tsx';

/** The freezes with what they are; on its own, since what places a tooltip is a tenth of what Today loads. */
export function FreezesHint({ left }: { left: number }) {
  return (
    <Tooltip label={texts.day.freezesHint} multiline w={240}>
      <Freezes left={left} />
    </Tooltip>
  );
}
