import { Checkbox, Table, VisuallyHidden } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { texts } from '../../shared/texts.ts';
import classes from './channel-table.module.css';
import { CHANNELS, type PreferenceValues, TYPES } from './preferences-data.ts';

const t = texts.preferences;

/** Which kind of message comes by which way. */
export function ChannelTable({ form }: { form: UseFormReturnType<PreferenceValues> }) {
  return (
    <Table.ScrollContainer minWidth={260}>
      <Table verticalSpacing={6} horizontalSpacing={4} aria-label={t.channels}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <VisuallyHidden>{t.kind}</VisuallyHidden>
            </Table.Th>
            {CHANNELS.map((channel) => (
              <Table.Th key={channel} ta="center">
                {t.channel[channel]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {TYPES.map((type) => (
            <Table.Tr key={type}>
              <Table.Th scope="row" fw={500}>
                {t.type[type]}
              </Table.Th>
              {CHANNELS.map((channel) => (
                <Table.Td key={channel}>
                  <Checkbox
                    className={classes.box}
                    aria-label={t.by(t.type[type], t.channel[channel])}
                    {...form.getInputProps(`channels.${type}.${channel}`, { type: 'checkbox' })}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
