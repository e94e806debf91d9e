import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';

/** The old way, for plain http on a local network, where the clipboard API does not exist. */
function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  (document.querySelector('[role="dialog"]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

export function CopyButton(props: { text: string; label: string; doneLabel: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    if (navigator.clipboard)
      await navigator.clipboard.writeText(props.text).catch(() => copyBySelection(props.text));
    else copyBySelection(props.text);
    setCopied(true);
  };
  const Icon = isCopied ? IconCheck : IconCopy;
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon size={16} aria-hidden />}
      onClick={() => void copy()}
    >
      {isCopied ? props.doneLabel : props.label}
    </Button>
  );
}
