import { Kbd, Switch, Table } from '@mantine/core';
import { Fragment, useState } from 'react';
import { Dialog } from '../../shared/dialog.tsx';
import { texts } from '../../shared/texts.ts';
import { areShortcutsOn, switchShortcuts } from './shortcut-setting.ts';

const t = texts.palette;
const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

const COMMAND = IS_APPLE ? '⌘' : 'Ctrl';

const ROWS: readonly [readonly string[], string][] = [
  [[COMMAND, 'K'], t.keys.palette],
  [[COMMAND, 'Z'], t.keys.undo],
  [['/'], t.keys.search],
  [['n'], t.keys.add],
  [['j'], texts.task.next],
  [['k'], texts.task.previous],
  [['x'], t.keys.select],
  [['g', 't'], texts.app.today],
  [['g', 'k'], texts.app.tasks],
  [['g', 'c'], texts.calendar.title],
  [['g', 'r'], texts.reviews.title],
  [['g', 'd'], texts.documents.title],
  [['g', 'a'], texts.analytics.title],
  [['g', 'n'], texts.notifications.title],
  [['g', 's'], texts.app.settings],
  [['?'], t.help],
];

/** Which keys do what. */
export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const [isOn, setIsOn] = useState(areShortcutsOn);
  return (
    <Dialog title={t.help} opened onClose={onClose}>
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {ROWS.map(([pressed, what]) => (
            <Table.Tr key={what}>
              <Table.Th scope="row" fw={400}>
                {what}
              </Table.Th>
              <Table.Td ta="right">
                {pressed.map((key, index) => (
                  <Fragment key={key}>
                    {index > 0 && ' '}
                    <Kbd>{key}</Kbd>
                  </Fragment>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        label={t.letters}
        description={t.lettersHint}
        checked={isOn}
        onChange={({ currentTarget: { checked } }) => {
          switchShortcuts(checked);
          setIsOn(checked);
        }}
      />
    </Dialog>
  );
}
